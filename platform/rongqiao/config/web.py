"""The web application's built files: one page for every address a person may open, and what that page loads.

`npm run build` in `frontend/` writes them beside this file. Which files there are is read once, so no path is ever made
from what somebody asked for. Without a build a plain page says so, and everything else works.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

from .heads import with_head

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
        "", "sign-in", "sign-up", "forgotten", "consent", "join", "home", "postings", "publish", "search", "fits",
        "compare", "roll-over", "reviews", "notices", "imports", "organisation", "account", "second-step",
        "introductions", "records", "digests",
    }
)  # fmt: skip
UNBUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>融桥</title>
<p>融桥在运行，网页还没有构建。接口都在 <a href="/api/v1/schema">/api/v1/schema</a>。运行 <code>python3 run.py demo</code>，
或者在 <code>frontend/</code> 里运行 <code>npm ci &amp;&amp; npm run build</code>，然后重新启动。
<p lang="en">Rongqiao runs, but its pages are not built. The API is there: <a href="/api/v1/schema">/api/v1/schema</a>. Run
<code>python3 run.py demo</code>, or <code>npm ci &amp;&amp; npm run build</code> in <code>frontend/</code>, and start it again.
"""
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

    Programs that ask for JSON get the API's own 404. One that takes anything, as a monitor does, gets the front page.
    """
    files = built_files(BUILT)
    if request.method not in ("GET", "HEAD"):
        raise Http404
    if path in files and path != PAGE:
        return _answer(request, path)
    accepted = request.headers.get("Accept", "")
    if "text/html" not in accepted and not (path == "" and "*/*" in accepted):
        raise Http404
    get_token(request)
    response = _place(request, path, files[PAGE].content) if PAGE in files else HttpResponse(UNBUILT, status=404)
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "same-origin"
    return response


def _place(request: HttpRequest, path: str, page_as_built: bytes) -> HttpResponse:
    """The page as it is sent for a place: what a shared link shows of it stands in its head."""
    content = with_head(page_as_built, path)
    # Who is signed in may see more than everybody: the page will ask.
    known = path.partition("/")[0] in PLACES and (content is not None or request.user.is_authenticated)
    response = HttpResponse(content or page_as_built, status=200 if known else 404)
    response["Cache-Control"] = ASK_AGAIN
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
