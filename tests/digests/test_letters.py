"""What QQ Mail and Outlook drop, as a list; every link leads somewhere; the text says all by itself."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from rongqiao.digests import services
from rongqiao.mailing import registry
from rongqiao.mailing.models import Letter
from rongqiao.mailing.rendering import rendered
from tests import world
from tests.digests.conftest import NEED, delivered
from tests.mailing.test_rendering import fit_for_mail

LANGUAGES = ("zh-hans", "en")
# Pages of the web application: the server answers nothing there by itself.
IN_THE_BROWSER = re.compile(r"/|/fits|/postings/\d+")
ADDRESS = re.compile(r"https?://[^\s\"'<>）]+")


class Seen(HTMLParser):
    """Tags, with their attributes and styles, of one letter."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def styles(self) -> list[tuple[str, str]]:
        """Every declaration, (name, value)."""
        each = [part for _, attributes in self.tags for part in attributes.get("style", "").split(";") if part.strip()]
        return [(name.strip(), value.strip()) for name, value in (part.split(":", 1) for part in each)]


def checked(html: str) -> None:
    """The checklist over one letter."""
    seen = Seen(html)
    names = [tag for tag, _ in seen.tags]
    # QQ Mail takes out <style>, <link>, <script>, forms and frames; Outlook draws with Word: no svg, no media.
    assert not {"style", "link", "script", "form", "input", "button", "iframe", "svg", "video", "canvas", "base"} & set(names)
    # No image is loaded from anywhere, so nobody learns when a letter was opened; one that there were would need words.
    images = [attributes for tag, attributes in seen.tags if tag == "img"]
    assert all(image.get("alt") and not image["src"].startswith("http") for image in images)
    assert "url(" not in html
    assert "@media" not in html
    assert "@import" not in html
    properties = dict(seen.styles())
    # Word's engine knows none of these; QQ Mail takes position and negative margins out.
    for dropped in ("position", "float", "flex", "grid", "gap", "transform", "background-image", "box-shadow", "z-index", "calc"):
        assert dropped not in properties
    assert all(value not in ("flex", "grid", "none") for name, value in seen.styles() if name == "display")
    assert not any(re.search(r"-\d", value) for name, value in seen.styles() if name.startswith("margin"))
    assert not any("var(" in value or "calc(" in value or "!important" in value for _, value in seen.styles())
    # Widths stand in the tables, which Outlook reads, and none is wider than a column.
    for tag, attributes in seen.tags:
        if tag == "table":
            assert attributes["role"] == "presentation"
            assert {"cellpadding", "cellspacing", "border"} <= set(attributes)
        if tag == "a":
            assert attributes["href"].startswith(("http://", "https://"))
        assert not {"class", "id", "onclick", "background"} & set(attributes)
    (html_tag,) = [attributes for tag, attributes in seen.tags if tag == "html"]
    assert html_tag["lang"] in ("zh-CN", "en")
    # Dark: no colour is set for text or ground but on the button, whose two go together.
    colours = {(name, value) for name, value in seen.styles() if name in ("color", "background-color")}
    grounds = {("background-color", value) for value in ("#0f6e60", "#d88445", "#37a09f")}
    assert colours <= {("color", "inherit"), ("color", "#ffffff")} | grounds
    assert "color-scheme" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_letter_passes_the_checklist(language: str) -> None:
    for kind in registry.kinds():
        with override(language):
            letter = rendered(kind.write(kind.sample), to="reader@mail.example", because=kind.because)
        checked(letter.html)
        fit_for_mail(letter.html)


@pytest.mark.parametrize(
    ("planted", "html"),
    [
        ("a style sheet", "<style>a{}</style>"), ("flex", '<p style="display:flex">x</p>'), ("svg", "<svg></svg>"),
        ("an image from elsewhere", '<img src="http://x" alt="x">'), ("a class", '<p class="x">x</p>'),
        ("position", '<p style="position:absolute">x</p>'), ("a dark text", '<p style="color:#111">x</p>'),
        ("a negative margin", '<p style="margin:-4px">x</p>'),
    ],
)  # fmt: skip
def test_the_checklist_finds_what_is_planted(planted: str, html: str) -> None:
    whole = f'<html lang="en"><meta name="color-scheme" content="light dark"><body>{html}</body></html>'
    with pytest.raises((AssertionError, KeyError)):
        checked(whole)
    checked(whole.replace(html, "<p>x</p>"))


@pytest.fixture
def letter(fitting, college, tell) -> Letter:
    """A whole one: new pairings, one that waits for an answer, one that runs out."""
    services.set_preference(person=college.person, kind_code="pairings", changes={"most": 20})
    first = tell(fitting.person).letter.text
    path = re.search(r"/l/[\w-]{43}", first)
    assert path is not None
    assert Client().post(path[0], {"answer": "interested"}).status_code == 200
    world.publish(fitting, "talent_need", "高级焊工", "焊接工艺与识图", **NEED)
    world.drain()
    offer = college.organisation.postings.get()
    type(offer).objects.filter(pk=offer.pk).update(expires_on=offer.confirmed_on)
    digest = tell(college.person)
    assert [section["code"] for section in digest.body["sections"]] == ["waiting", "suggested", "running_out"]
    return digest.letter


@pytest.mark.django_db
def test_a_real_one_passes_and_is_small(letter) -> None:
    checked(letter.html)
    assert len(letter.html.encode()) < 100_000
    assert all(len(line.encode()) < 998 for line in letter.html.splitlines())


@pytest.mark.django_db
def test_every_link_of_both_parts_leads_somewhere(letter, visitor) -> None:
    in_html = {attributes["href"] for tag, attributes in Seen(letter.html).tags if tag == "a"}
    in_text = set(ADDRESS.findall(letter.text))
    assert in_html <= in_text, "the text has every address"
    assert len(in_html) >= 10
    for address in sorted(in_html | in_text):
        path = address.removeprefix("http://127.0.0.1:8000") or "/"
        assert path.startswith("/"), address
        if IN_THE_BROWSER.fullmatch(path):
            continue
        assert resolve(path.partition("?")[0])
        assert visitor.get(path).status_code == 200, path
    posting = re.search(r"/postings/(\d+)", letter.text)
    assert posting is not None
    assert visitor.get(f"/api/v1/postings/{posting[1]}").status_code == 200


@pytest.mark.django_db
def test_the_text_stands_alone(letter) -> None:
    assert "<" not in letter.text
    body = re.sub(r"<[^>]+>", " ", letter.html.partition("<body")[2].partition(">")[2])
    words = {word for word in unescape(body).split() if word not in letter.text}
    assert words == set(), "in the HTML and not in the text"
    text = letter.text
    for part in ("等您答复", "看看谁合适", "快到期的信息", "有意向：http", "谢绝：http", "暂不：http", "不再接收这类信函"):
        assert part in text


@pytest.mark.django_db
def test_as_it_arrives_it_can_be_stopped_and_says_it_is_a_machine(letter, server) -> None:
    message = next(each.message for each in delivered(server) if each.to == letter.to)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "zh-CN"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
