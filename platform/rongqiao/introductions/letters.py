"""What the two sides are told by letter and as a notice. No letter holds a contact, a secret word or a comment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rongqiao.common.language import Bilingual
from rongqiao.mailing.content import Action, Content, Facts, Paragraph
from rongqiao.mailing.registry import LetterKind, register

from .vocabulary import REASONS

Context = Mapping[str, Any]
B = Bilingual


@dataclass(frozen=True, slots=True)
class Telling:
    """One letter: its label, subject and sentence (with {organisation}, {own}, {other}, {due}, {reason} to fill in),
    what its button says. `dated`: it names the day until which an answer is awaited."""

    code: str
    label: Bilingual
    subject: Bilingual
    sentence: Bilingual
    button: Bilingual
    dated: bool = False


LOOK = B("查看对接", "See the introduction")
ANSWER = B("去答复", "Answer")

TELLINGS: dict[str, Telling] = {
    telling.code: telling
    for telling in (
        Telling(
            "introduction_asked", B("对接邀请", "Asked for an introduction"),
            B("{organisation} 有意与您对接", "{organisation} would like to meet you"),
            B(
                "{organisation} 看到您的“{own}”，愿意用“{other}”与您对接。您同意后，双方才会看到彼此的联系方式。",
                "{organisation} saw your “{own}” and offers “{other}”. Contacts open to both only when you agree.",
            ),
            ANSWER, dated=True,
        ),
        Telling(
            "introduction_reminder", B("对接提醒", "Reminder of an introduction"),
            B("{organisation} 还在等您的答复", "{organisation} is still waiting for your answer"),
            B(
                "关于“{own}”与“{other}”的对接，请在期限前答复；暂不考虑也可以直说。到期后自动关闭，这是唯一一次提醒。",
                "Please answer about “{own}” and “{other}” in time; “not now” is an answer too. It closes by itself on that day, "
                "and this is the only reminder.",
            ),
            ANSWER, dated=True,
        ),
        Telling(
            "introduction_confirmed", B("双方确认", "Both confirmed"),
            B("{organisation} 同意对接", "{organisation} agrees to meet"),
            B(
                "“{own}”与“{other}”已双向确认。登录后可以查看对方的联系方式并留言。",
                "“{own}” and “{other}”: both sides have said yes. Sign in to see the contact and to write.",
            ),
            LOOK,
        ),
        Telling(
            "introduction_declined", B("对接未成", "Not this time"),
            B("关于“{other}”的对接这次没有成", "No introduction to “{other}” this time"),
            B("{organisation} 的答复：{reason}。", "{organisation} says: {reason}."),
            LOOK,
        ),
        Telling(
            "introduction_timed_out", B("对接超时", "An introduction timed out"),
            B("关于“{other}”的对接到期未获答复", "No answer about “{other}” in time"),
            B(
                "“{own}”与“{other}”的对接已到期关闭。需要的话，任一方仍可以重新提出。",
                "The introduction of “{own}” and “{other}” has closed on its day. Either side may ask again.",
            ),
            LOOK,
        ),
        Telling(
            "introduction_terms", B("待签约", "Terms to sign"),
            B("{organisation} 填写了签约内容，请确认", "{organisation} has put down the terms: please read and sign"),
            B("关于“{own}”与“{other}”的合作约定，等您查看并签署。", "The terms about “{own}” and “{other}” wait for your name."),
            LOOK,
        ),
        Telling(
            "introduction_signed", B("已签约", "Signed"),
            B("与 {organisation} 的合作已签约", "The cooperation with {organisation} is signed"),
            B(
                "“{own}”与“{other}”的合作约定双方均已签署，可以打印。",
                "Both have signed the terms about “{own}” and “{other}”. The record can be printed.",
            ),
            LOOK,
        ),
        Telling(
            "introduction_message", B("新留言", "A new message"),
            B("{organisation} 给您留言", "{organisation} has written to you"),
            B(
                "关于“{own}”与“{other}”的对接有新留言，请登录查看。",
                "There is a new message about “{own}” and “{other}”. Sign in to read it.",
            ),
            LOOK,
        ),
    )
}  # fmt: skip


def _writer(telling: Telling) -> Callable[[Context], Content]:
    def write(context: Context) -> Content:
        known = REASONS.get(context.get("reason", ""))
        words = {**context, "reason": known.civil if known else ""}
        dated = [Facts([(B("请在此前答复", "Answer by"), context["due"])])] if telling.dated else []
        return Content(
            telling.subject.format(**words),
            (Paragraph(telling.sentence.format(**words)), *dated, Action(telling.button, context["url"])),
        )

    return write


SAMPLE = {
    "organisation": "演示职业技术学院", "own": "焊工", "other": "焊接技术", "due": "2026-12-08 18:00", "reason": "time",
    "url": "https://rongqiao.example/introductions/1",
}  # fmt: skip


def register_all() -> None:
    """Make the letters known."""
    for telling in TELLINGS.values():
        register(
            LetterKind(
                telling.code, telling.label.zh, telling.label.en, _writer(telling), notice=True, secret=False, sample=SAMPLE,
            )
        )  # fmt: skip
