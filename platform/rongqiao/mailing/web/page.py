"""Small pages without a script: one stylesheet of our own, allowed by its hash, and nothing from elsewhere."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from rongqiao.common.errors import Fault
from rongqiao.common.language import Bilingual, speaks_english

from ..content import Content
from ..rendering import NAME, WHAT

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; frame-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
FOOT = Bilingual("融桥只通过您收到的信函请您打开这样的页面。", "Rongqiao asks you to open pages like this only in its letters.")


def page(
    request: HttpRequest, content: Content, *, status: int = 200, button: str = "", form: Form | None = None,
    faults: Sequence[Fault] = (),
) -> HttpResponse:  # fmt: skip
    """A content as a page; with a `button` it is a form that posts to the same address."""
    context = {"title": content.subject, "content": content, "button": button, "form": form, "faults": faults}
    return framed(request, "mailing/page.html", {**context, "foot": FOOT}, status=status)


def framed(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of a template, with the headers that keep it to its reader.

    The referrer goes to ourselves and nobody else: with `no-referrer` browsers would send `Origin: null` when the
    form is posted, and the CSRF check would refuse every one of them.
    """
    more = {"style": mark_safe(STYLE), "name": NAME, "what": WHAT, "language": "en" if speaks_english() else "zh-CN"}  # noqa: S308
    response = HttpResponse(render_to_string(template, {**more, **context}, request), status=status)
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "same-origin"
    return kept_private(response)


def kept_private(response: HttpResponse) -> HttpResponse:
    """Not stored by anybody, not found by search engines."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
