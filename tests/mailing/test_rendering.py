"""Text and HTML say the same; the HTML is what mail readers show; no word from outside breaks out of either."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from rongqiao.common.language import Bilingual
from rongqiao.mailing import registry
from rongqiao.mailing.connection import message_of
from rongqiao.mailing.content import (
    Action,
    Content,
    Facts,
    Item,
    Items,
    Paragraph,
    Quote,
    one_line,
    plain,
    web_address,
)
from rongqiao.mailing.models import Letter
from rongqiao.mailing.rendering import rendered

LANGUAGES = ("zh-hans", "en")
TAGS = {"html", "head", "meta", "title", "body", "table", "tbody", "tr", "td", "h1", "h2", "div", "a", "br"}
ATTRIBUTES = {
    "lang", "charset", "name", "content", "style", "role", "width", "cellpadding", "cellspacing", "border", "align",
    "valign", "bgcolor", "href",
}  # fmt: skip
PROPERTIES = {
    "margin", "padding", "width", "max-width", "font-family", "font-size", "font-weight", "line-height", "letter-spacing",
    "text-align", "text-decoration", "word-break", "border-top", "border-bottom", "border-left", "border-radius", "opacity",
    "color", "background-color", "border-top-color", "white-space", "padding-right", "display", "border",
}  # fmt: skip
WITHOUT_END = {"meta", "br"}


class Looked(HTMLParser):
    """What a letter's HTML consists of. Fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "head" not in self.open:
            self.words += data.split()

    def handle_comment(self, data: str) -> None:
        pytest.fail("a comment")

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Tags and attributes without their values."""
        return [(tag, tuple(attributes)) for tag, attributes in self.tags]


def fit_for_mail(html: str) -> Looked:
    """The checklist: what the common mail readers keep, and nothing that loads, moves or runs."""
    assert len(html.encode()) <= 100_000
    looked = Looked(html)
    for tag, attributes in looked.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        assert int((attributes.get("width") or "0").removesuffix("%")) <= 600
        for declaration in filter(str.strip, (attributes.get("style") or "").split(";")):
            name, value = map(str.strip, declaration.split(":", 1))
            assert name in PROPERTIES, declaration
            assert "url(" not in value
            assert "expression" not in value
            assert name != "max-width" or int(value.removesuffix("px")) <= 600
            assert name != "display" or value == "inline-block"
        if href := attributes.get("href"):
            assert re.match(r"https?://[^\s\"'<>]+$", href)
    return looked


def both_parts(content: Content, to: str = "reader@mail.example"):
    return rendered(content, to=to, because=registry.BECAUSE)


def kinds() -> list[registry.LetterKind]:
    return registry.kinds()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_renders_in_both_languages(language: str) -> None:
    assert len(kinds()) >= 4
    for kind in kinds():
        with override(language):
            content = kind.write(kind.sample)
            letter = both_parts(content)
        looked = fit_for_mail(letter.html)
        text = letter.text.split()
        missing = [word for word in looked.words if word not in text and not any(word in each for each in text)]
        assert missing == [], f"{kind.code}: in the HTML and not in the text"
        assert content.subject in letter.text
        assert ('lang="en"' in letter.html) == (language == "en")
        assert all(len(line) < 900 for line in letter.html.splitlines()), "SMTP takes lines of 998 bytes"


def test_the_footer_says_who_sends_it_to_whom_and_why() -> None:
    with override("en"):
        letter = both_parts(Content("Hello", [Paragraph("x")], unsubscribe="/l/no-more"))
    for part in (letter.text, letter.html):
        assert "Sent by Rongqiao to reader@mail.example" in part
        assert "http://127.0.0.1:8000/l/no-more" in part
        assert "because you have an account" in part


def test_an_action_prints_its_address_in_the_text() -> None:
    action = Action(Bilingual("查看", "Look"), "/postings/7")
    assert action.lines() == ["查看", "http://127.0.0.1:8000/postings/7"]
    assert both_parts(Content("s", [action])).text.count("http://127.0.0.1:8000/postings/7") == 1


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", "http://", "ftp://a.example", "https://a b.example", "",
     "https://a.example/\"onclick=", "https://a.example/\nx", "\thttps://a.example", "mailto:a@b.example", "/a\"b", "/a b", "https:///x"],
)  # fmt: skip
def test_what_is_no_web_address_becomes_no_link(url: str) -> None:
    assert web_address(url) == ""
    letter = both_parts(Content("s", [Action("Press", url), Items([Item("title", url)])]))
    assert "Press" in letter.text
    assert "<a " not in letter.html


@pytest.mark.parametrize("url", ["https://a.example", "http://a.example:8000/l/x?y=1&z=2", "/postings/7"])
def test_what_is_one_becomes_one(url: str) -> None:
    assert web_address(url).endswith(url)


def test_what_fools_the_eye_or_the_database_is_left_out() -> None:
    assert plain("a\0b\x1b[31m\u202ecod.exe\ud800\x7f") == "ab[31mcod.exe"
    assert plain("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"
    assert one_line(" a\n\n b\t c ") == "a b c"
    assert plain("字" * 100_000) == "字" * 3_999 + "…"


CONTROL = st.sampled_from(
    [
        "\r\nBcc: all@mail.example", "\n\n<html>", "\0", "\u202e", "\ud800", "</td></table>", "<!--", "-->", "<style>",
        "<script>alert(1)</script>", "\"'>", "&lt;", "{{ 7|add:7 }}", "{% load x %}", "=?utf-8?q?=0a?=", "%0d%0a", "\x85",
        "\u2028", "<img src=x onerror=1>", "javascript:alert(1)", "]]>", "\n.\n", "\n-- \n",
    ]
)  # fmt: skip
HOSTILE = st.lists(st.one_of(CONTROL, st.text(max_size=20)), max_size=6).map("".join)


def content_of(words: list[str]) -> Content:
    """Every place where a word can stand, filled."""
    a, b, c, d, e, f, g, h, i = words
    return Content(
        a, [Paragraph(b), Facts([(c, d)]), Quote(e), Items([Item(f, "https://a.example", g), Item("t", h, "n")]), Action(i, "/x")]
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(HOSTILE, min_size=9, max_size=9))
def test_no_word_breaks_out_of_the_html_or_into_a_header(words: list[str]) -> None:
    content = content_of(words)
    letter = both_parts(content)
    looked = fit_for_mail(letter.html)
    tame = Looked(both_parts(content_of(["w"] * 9)).html)
    # Lines and notes that are empty or have breaks change only these tags.
    loose = {"br", "div", "a"}
    assert [tag for tag, _ in looked.tags if tag not in loose] == [tag for tag, _ in tame.tags if tag not in loose]
    row = Letter(subject=content.subject, text=letter.text, html=letter.html, to="a@b.example", message_id="<1@b.example>")
    message = message_of(row).message()
    assert {name.lower() for name in message.keys()} == {  # noqa: SIM118  (a message iterates over nothing else)
        "content-type", "mime-version", "subject", "from", "to", "date", "message-id", "auto-submitted", "content-language",
    }  # fmt: skip
    assert message.as_bytes()
    head = message.as_bytes().split(b"\n\n")[0]
    assert b"\nBcc" not in head
