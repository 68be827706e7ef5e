"""The web application's built files: one page for every address a person may open, and what that page loads.

`npm run build` in `frontend/` writes them beside this file. Which files there are is read once, so no path is ever made
from what somebody asked for. Without a build these addresses do not exist and everything else works.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

BUILT = Path(__file__).with_name("built")
PAGE = "index.html"
# Names below assets/ carry a digest of their content; the others keep their name and must be asked for again.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# Styles of elements are set through the document's object model, which this policy allows; nothing inline is.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The first word of every address that the application knows; tests/frontend compares it with the router.
PLACES = frozenset(
    {
        "", "sign-in", "sign-up", "forgotten", "consent", "join", "home", "postings", "publish", "compare",
        "reviews", "notices", "imports", "organisation", "account", "second-step",
    }
)  # fmt: skip
COMPRESSIBLE = (".js", ".css", ".html", ".svg")


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of the build; `packed` is empty where compressing gains nothing."""

    content: bytes
    packed: bytes
    media_type: str


@cache
def built_files(folder: Path) -> dict[str, BuiltFile]:
    """Every file below the folder by its address; empty when nothing was built."""
    return {
        path.relative_to(folder).as_posix(): _read(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _read(path: Path) -> BuiltFile:
    content = path.read_bytes()
    packed = gzip.compress(content, mtime=0) if path.suffix in COMPRESSIBLE else b""
    return BuiltFile(content, packed, mimetypes.guess_type(path.name)[0] or "application/octet-stream")


def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """The application, for readers of pages; 404 with the same page where the application knows no such place.

    Programs that ask for JSON get the API's own 404.
    """
    files = built_files(BUILT)
    if request.method not in ("GET", "HEAD") or PAGE not in files:
        raise Http404
    if path in files and path != PAGE:
        return _answer(request, path)
    if "text/html" not in request.headers.get("Accept", ""):
        raise Http404
    get_token(request)
    response = _answer(request, PAGE)
    response.status_code = 200 if path.partition("/")[0] in PLACES else 404
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "same-origin"
    return response


def _answer(request: HttpRequest, name: str) -> HttpResponse:
    file = built_files(BUILT)[name]
    packed = bool(file.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(file.packed if packed else file.content, content_type=file.media_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = FOR_EVER if name.startswith("assets/") else ASK_AGAIN
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
