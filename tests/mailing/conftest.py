"""Kinds of letter and purposes of links for the tests, and a real mail server."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest

from rongqiao.common.errors import Problem, from_code
from rongqiao.common.language import Bilingual
from rongqiao.mailing import links, registry
from rongqiao.mailing.content import Action, Block, Content, Facts, Item, Items, Paragraph, Quote
from rongqiao.mailing.models import Link
from tests.servers import smtp
from tests.servers.smtp import MailServer

SAMPLE = {"who": "渝东机电", "what": "焊工（数控方向）", "url": "/postings/7", "said": "盼复。\n周三下午可面谈。"}


def written(context: Mapping[str, Any]) -> Content:
    """A letter with one of each block."""
    blocks: list[Block] = [
        Paragraph(Bilingual("{who} 回应了您的供求信息。", "{who} has answered your posting.").format(who=context["who"])),
        Facts([(Bilingual("单位", "Organisation"), context["who"]), (Bilingual("信息", "Posting"), context["what"])]),
        Quote(context["said"]),
        Items([Item(context["what"], context["url"], context["said"]), Item(context["who"])]),
        Action(Bilingual("查看", "Look at it"), context["url"]),
    ]
    return Content(Bilingual("{who} 有回音", "An answer of {who}").format(who=context["who"]), blocks)


def bulk(context: Mapping[str, Any]) -> Content:
    """A letter one may say no to."""
    content = written(context)
    return Content(content.subject, content.blocks, unsubscribe="/l/no-more")


KINDS = (
    registry.LetterKind("test plain", "测试", "Test", written, notice=False, secret=False, sample=SAMPLE),
    registry.LetterKind("test noticed", "通知", "Noticed", written, notice=True, secret=False, sample=SAMPLE),
    registry.LetterKind("test secret", "密信", "Secret", written, notice=False, secret=True, sample=SAMPLE),
    registry.LetterKind("test bulk", "周报", "Digest", bulk, notice=False, secret=False, transactional=False, sample=SAMPLE),
)


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    for kind in KINDS:
        registry.register(kind)
    yield
    for kind in KINDS:
        registry.unregister(kind.code)


class NameForm(forms.Form):
    """What an invitation asks for."""

    name = forms.CharField(label="姓名", max_length=20, help_text="与证件一致")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)


class Purpose:
    """A purpose that remembers what was done with it."""

    def __init__(self) -> None:
        self.done: list[tuple[int, dict[str, Any]]] = []

    def describe(self, link: Link) -> Content:
        return Content(Bilingual("接受邀请", "Accept the invitation"), [Paragraph(f"{link.payload.get('who', '渝东机电')}")])

    def act(self, link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
        if cleaned.get("name") == "nobody":
            raise Problem(from_code("wrong_state", "name"), status=409)
        self.done.append((link.pk, dict(cleaned)))
        return Content(Bilingual("办好了", "Done"), [Paragraph(Bilingual("您可以登录了。", "You can sign in now."))])


@pytest.fixture
def purpose() -> Iterator[Purpose]:
    """A purpose `test` with one button."""
    made = Purpose()
    links.register(links.LinkPurpose("test", made.describe, None, made.act))
    yield made
    links.unregister("test")


@pytest.fixture
def asking() -> Iterator[Purpose]:
    """A purpose `asking` with a form."""
    made = Purpose()
    links.register(links.LinkPurpose("asking", made.describe, lambda link: NameForm, made.act, Bilingual("接受", "Accept")))
    yield made
    links.unregister("asking")


Send = Callable[..., Any]


@pytest.fixture
def send(db: None) -> Send:
    """Write a letter of a test kind with the sample's words."""
    from rongqiao.mailing import services

    def wrote(kind: str = "test plain", to: str = "reader@mail.example", **more: Any) -> Any:
        return services.send(kind=kind, to=to, context={**SAMPLE, **more.pop("context", {})}, **more)

    return wrote


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A real mail server, to which the letters go."""
    with smtp.server() as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", made.port, 2
        yield made
