"""A content as the two parts of a letter. The HTML is tables and inline styles: mail readers drop the rest.

The styles stand in letter.css and are put into the tags at the end; no class is left over.

No colour is set for text and ground, so that each reader's light or dark shows; what is set can be read on both.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from rongqiao.common.language import Bilingual

from .content import Content

NAME = Bilingual("融桥", "Rongqiao 融桥")
WHAT = Bilingual("产教融合信息服务平台", "Where enterprises and colleges find each other")
SENDER = Bilingual("由融桥发给 {to} · {url}", "Sent by Rongqiao to {to} · {url}")
NO_REPLY = Bilingual("这封信由系统发出，请不要直接回复。", "This letter was sent by a machine; please do not reply to it.")
UNSUBSCRIBE = Bilingual("不再接收这类信函", "Stop letters of this kind")
_BLANK_LINES = re.compile(r"\n\s*\n")
# Only a tag of the template's own can hold this: in words the quotes are written as &quot;.
_CLASS = re.compile(r' class="[a-z -]*"')
_STYLE = Path(__file__).with_name("templates") / "mailing" / "letter.css"
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=_STYLE.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """Both parts of a letter."""

    text: str
    html: str


def rendered(content: Content, *, to: str, because: Bilingual) -> Rendered:
    """The letter in the present language: text that stands alone, and HTML with the same words."""
    footer = [str(SENDER.format(to=to, url=settings.RONGQIAO_URL)), str(because), str(NO_REPLY)]
    return Rendered(_text(content, footer), _html(content, footer))


def _text(content: Content, footer: list[str]) -> str:
    parts = [f"{NAME} · {WHAT}", content.subject]
    parts += ["\n".join(block.lines()) for block in content.blocks]
    more = [f"{UNSUBSCRIBE}\n{content.unsubscribe}"] if content.unsubscribe else []
    return "\n\n".join([*parts, "\n".join(["-- ", *footer, *more])]) + "\n"


def _html(content: Content, footer: list[str]) -> str:
    context = {
        "content": content, "footer": footer, "name": NAME, "what": WHAT, "unsubscribe": UNSUBSCRIBE,
        "language": "en" if (get_language() or "").startswith("en") else "zh-CN",
    }  # fmt: skip
    page = _BLANK_LINES.sub("\n", render_to_string("mailing/letter.html", context))
    return _CLASS.sub("", _INLINER.inline(page))
