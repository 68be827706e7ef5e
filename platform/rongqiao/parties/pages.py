"""The privacy notice as a page, for those who are asked to agree to it before they can sign in."""

from django.http import HttpRequest, HttpResponse

from rongqiao.mailing.content import Content, Paragraph
from rongqiao.mailing.web.page import page

from .privacy import CURRENT


def privacy(request: HttpRequest) -> HttpResponse:
    """`/privacy`: the notice in force, in the reader's language."""
    heading, *rest = (part.strip() for part in CURRENT.text.split("\n\n"))
    blocks = [Paragraph(part.replace("**", "")) for part in rest if part]
    return page(request, Content(heading.removeprefix("# "), blocks))
