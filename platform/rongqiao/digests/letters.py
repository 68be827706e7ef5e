"""A digest as a letter and as a page: the same blocks from what was composed."""

from collections.abc import Iterator, Mapping
from typing import Any

from rongqiao.common.language import Bilingual
from rongqiao.mailing.content import (
    Action,
    Bars,
    Block,
    Card,
    Cards,
    Choice,
    Content,
    Heading,
    Item,
    Items,
    Paragraph,
)
from rongqiao.mailing.registry import LetterKind, register

from . import answering
from .composing import SUGGESTED, Composed, Entry, Section, Suggestion, composed_from
from .kinds import KINDS

B = Bilingual
BECAUSE = {
    "pairings": B(
        "您在融桥上为单位发布信息，所以收到这封配对摘要。频率、时间和内容都可以改，也可以不再接收。",
        "You post for an organisation on Rongqiao, so you get this digest. How often, when and of what is yours to set, "
        "and you can stop it.",
    ),
    "searches": B(
        "您在融桥上收藏了检索，所以收到这封检索摘要。频率、时间和内容都可以改，也可以不再接收。",
        "You keep searches on Rongqiao, so you get this digest. How often, when and of what is yours to set, and you can "
        "stop it.",
    ),
}


def code_of(kind: str) -> str:
    """What the letter of a kind of digest is called."""
    return f"digest_{kind}"


def content_of(composed: Composed) -> Content:
    """A digest as blocks, without what only its letter has."""
    return Content(composed.subject, _blocks(composed, {}))


def write(context: Mapping[str, Any]) -> Content:
    """The letter: the digest, where to read it on the web, where to change what one gets."""
    composed = composed_from(context["body"])
    more = Items(
        [
            Item(B("在网页中查看", "Read it on the web"), context["page"]),
            Item(B("修改频率、时间或语言", "Change how often, when, or the language"), context["settings"]),
        ]
    )
    blocks = [*_blocks(composed, context["answers"]), Action(B("登录查看全部", "Sign in and see all"), "/fits"), more]
    return Content(composed.subject, blocks, unsubscribe=context["unsubscribe"])


def _blocks(composed: Composed, answers: Mapping[str, str]) -> list[Block]:
    """`answers` has the address of the page on which a suggestion is answered, by `answering.key`."""
    changes = [Paragraph(composed.changes)] if composed.changes else []
    return [*changes, *(block for section in composed.sections for block in _section(section, answers))]


def _section(section: Section, answers: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(section.heading)
    if section.suggestions:
        yield Cards([_card(each, answers.get(answering.key(each), "")) for each in section.suggestions])
    if section.entries:
        yield Items([Item(each.title, each.path, each.note) for each in section.entries])
    if section.more:
        yield Paragraph(section.more)


def _card(each: Suggestion, address: str) -> Card:
    bars = Bars(each.forward, each.reverse, each.word) if each.word else None
    choices = [Choice(label, f"{address}?{answering.SAID}={code}") for code, label in answering.ANSWERS.items() if address]
    return Card(each.title, each.path, each.note, bars, each.reason, choices)


_SUGGESTION = Suggestion(
    title="焊接技术应用", note="演示职业技术学院 · 重庆市万州区 · 对应您的「数控焊工」", path="/postings/7",
    reason="技能覆盖：具备 3/4 项，占 0.75：焊接、识图、打磨", word="很合适 0.82", forward=0.8, reverse=0.84, mutual=0.82,
    band="excellent", pairing=1, need=2, offer=7, organisation=1,
)  # fmt: skip
_LINKS = {
    **{name: f"https://rongqiao.example/l/{name}" for name in ("page", "settings", "unsubscribe")},
    "answers": {answering.key(_SUGGESTION): "https://rongqiao.example/l/answer"},
}
_SAMPLES = {
    "pairings": Composed(
        "1 个合适的配对：焊接技术应用", "自 11-20 以来：新增 1 个合适的配对。",
        [
            Section(SUGGESTED, "看看谁合适", [_SUGGESTION], more="还有 2 条，登录后可见。"),
            Section("running_out", "快到期的信息", entries=[Entry("数控焊工", "/postings/2", "有效期至 2026-12-08", False)]),
        ],
        told=1,
    ),
    "searches": Composed(
        "「焊工」等检索有 1 条新信息", "",
        [Section("search", "焊工", entries=[Entry("焊工（二保焊）", "/postings/9", "用工需求 · 演示机电有限公司")])], told=1,
    ),
}  # fmt: skip


def register_all() -> None:
    """Make the letters of all kinds known to the mail room."""
    for kind in KINDS.values():
        sample = {"body": _SAMPLES[kind.code].as_json(), **_LINKS}
        register(
            LetterKind(
                code_of(kind.code), kind.label.zh, kind.label.en, write, notice=False, secret=True, transactional=False,
                because=BECAUSE[kind.code], sample=sample,
            )
        )  # fmt: skip
