"""The demo's letters, read from the folder they were written to. Secret ones too: the demo's accounts are public."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from rongqiao.common.language import Bilingual

from .page import framed, kept_private

MOST_LISTED = 200
_NAME = re.compile(r"[A-Za-z0-9-]{1,120}")
# The letter is shown as mail readers do: no script, nothing loaded, links open in the whole window.
BODY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)
WORDS = {
    "title": Bilingual("演示信函", "Letters of the demo"),
    "explanation": Bilingual(
        "演示环境不向外发信。平台写出的每一封信都保存在这里，最新的在前。",
        "The demo sends no mail. Every letter the platform wrote is kept here, newest first.",
    ),
    "none": Bilingual("还没有信函。", "No letters yet."),
    "back": Bilingual("← 全部信函", "← All letters"),
    "as_html": Bilingual("网页格式", "As HTML"),
    "as_text": Bilingual("纯文本格式", "As plain text"),
    "foot": Bilingual("仅演示环境有此页面。", "Only the demo has this page."),
}
HEADERS = {
    "From": Bilingual("发件人", "From"),
    "To": Bilingual("收件人", "To"),
    "Date": Bilingual("时间", "Date"),
    "Message-ID": Bilingual("编号", "Message-ID"),
}


def only_where_shown(view: Any) -> Any:
    """Elsewhere than in a demo there is no such page."""

    @wraps(view)
    @require_safe
    def guarded(request: HttpRequest, **parts: str) -> HttpResponse:
        if not settings.RONGQIAO_MAIL_SHOWN:
            raise Http404
        response: HttpResponse = view(request, **parts)
        return response

    return guarded


@only_where_shown
def letters(request: HttpRequest) -> HttpResponse:
    """All, newest first."""
    paths = sorted(_folder().glob("*.eml"), reverse=True)[:MOST_LISTED]
    rows = [{"address": f"/demo/letters/{path.stem}", **_summary(path, _read(path))} for path in paths]
    return framed(request, "mailing/shown_list.html", {**WORDS, "letters": rows})


@only_where_shown
def one_letter(request: HttpRequest, name: str) -> HttpResponse:
    """Headers, the HTML as a mail reader would show it, the text beside it."""
    path = _path(name)
    message = _read(path)
    summary = _summary(path, message)
    headers = [(label, summary["date"] if header == "Date" else str(message[header])) for header, label in HEADERS.items()]
    context = {
        **WORDS, "title": summary["subject"], "headers": headers, "wide": True, "text": _part(message, "plain"),
        "body_address": f"/demo/letters/{name}/body",
    }  # fmt: skip
    return framed(request, "mailing/shown_one.html", context)


@only_where_shown
@xframe_options_sameorigin
def body(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, shut in."""
    html = _part(_read(_path(name)), "html").replace("<head>", '<head><base target="_top">', 1)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = BODY_POLICY
    return kept_private(response)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _path(name: str) -> Path:
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return path


def _read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _summary(path: Path, message: EmailMessage) -> dict[str, str]:
    """Subject, recipient, and when it was written, as the platform's clock shows it."""
    moment = datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
    return {"subject": str(message["Subject"]), "to": str(message["To"]), "date": f"{moment:%Y-%m-%d %H:%M:%S}"}


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""
