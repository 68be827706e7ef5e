"""Answering from the letter: one link for each pairing, which leads to a small page; only its button answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from rongqiao.common.language import Bilingual, both
from rongqiao.introductions import services as introductions
from rongqiao.introductions.vocabulary import CHOSEN, REASONS
from rongqiao.mailing import links
from rongqiao.mailing.content import Action, Content, Facts, Paragraph
from rongqiao.mailing.links import LinkPurpose
from rongqiao.mailing.models import Link
from rongqiao.parties.models import Person
from rongqiao.postings import selectors as postings
from rongqiao.postings.content import public_title
from rongqiao.postings.models import Posting

from .composing import Composed, Suggestion
from .models import Digest

B = Bilingual
ANSWER = "digest_answer"
DAYS = 14
SAID = "said"
"""The parameter of the address that says which answer's button in the letter was pressed."""

ANSWERS: dict[str, Bilingual] = {
    "interested": B("有意向", "Interested"),
    "declined": B("谢绝", "Decline"),
    "not_now": B("暂不", "Not now"),
}
_DONE = {
    "interested": B(
        "已告诉对方您有意向。双方都同意后，联系方式才会相互可见。",
        "They are told that you are interested. Contacts are shown once both sides have agreed.",
    ),
    "declined": B("已谢绝，对方会看到一句客气的说明。", "Declined. They read a civil sentence about it."),
    "not_now": B("已记下，暂时不再提起。", "Noted; it is left alone for now."),
}


def key(suggestion: Suggestion) -> str:
    """What one suggestion's link is found by."""
    return f"{suggestion.organisation}-{suggestion.need}-{suggestion.offer}"


def links_for(digest: Digest, composed: Composed) -> dict[str, str]:
    """A new link for each thing that can be answered, good once and for DAYS."""
    asked = {key(each): each for each in composed.asked}
    payloads = [
        {"digest": digest.pk, "organisation": each.organisation, "need": each.need, "offer": each.offer}
        for each in asked.values()
    ]
    made = links.make_many(
        purpose=ANSWER, person_id=digest.person_id, email=digest.person.email, payloads=payloads, days=DAYS
    )
    return dict(zip(asked, made, strict=True))


class AnswerForm(forms.Form):
    """One of three answers; who declines says why."""

    answer = forms.ChoiceField(
        label=both("您的答复", "Your answer"), widget=forms.RadioSelect,
        choices=[(code, both(label.zh, label.en)) for code, label in ANSWERS.items()],
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=both("谢绝的原因", "Why you decline"), required=False,
        help_text=both("仅谢绝时填写；对方看到的是客气的说法", "Only when you decline; the other side reads a civil form of it"),
        choices=[("", "—"), *((code, both(each.label.zh, each.label.en)) for code, each in REASONS.items() if code in CHOSEN)],
    )  # fmt: skip
    comment = forms.CharField(
        label=both("补充一句（可不填）", "A word more (optional)"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        declines = cleaned.get("answer") == "declined"
        if declines and not cleaned.get("reason"):
            raise forms.ValidationError({"reason": str(B("请选一条原因", "Choose a reason"))})
        return cleaned if declines else {**cleaned, "reason": ""}


def _asked(link: Link) -> tuple[Person, Posting, Posting]:
    """Who is asked, about their own posting and the one across; gone when either is not there any more."""
    person = Person.objects.filter(pk=link.person_id or 0, is_active=True).first()
    both_there = postings.in_order([link.payload["need"], link.payload["offer"]])
    for own, across in (both_there, both_there[::-1]) if len(both_there) == 2 else ():
        if own.organisation_id == link.payload["organisation"] and postings.is_owner(person, own):
            assert person is not None
            return person, own, across
    raise links.gone()


def describe(link: Link) -> Content:
    """What is answered; looking at it says nothing to anybody."""
    _, own, across = _asked(link)
    rows = [
        (B("对方", "They"), across.organisation.name),
        (B("信息", "Posting"), public_title(across.kind_of, across.title, across.details)),
        (B("对应您的", "For your"), public_title(own.kind_of, own.title, own.details)),
    ]
    return Content(B("答复这个配对", "Answer this pairing"), [Facts(rows)])


def initial_of(link: Link, request: HttpRequest) -> dict[str, Any]:
    """The answer whose button was pressed in the letter."""
    said = request.GET.get(SAID, "")
    return {"answer": said} if said in ANSWERS else {}


def act(link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
    """Say it in the name of the organisation."""
    person, _, _ = _asked(link)
    introductions.answer(
        person=person, organisation_id=link.payload["organisation"], need_id=link.payload["need"],
        offer_id=link.payload["offer"], answer=cleaned["answer"], reason=cleaned["reason"], comment=cleaned["comment"],
        via="letter",
    )  # fmt: skip
    return Content(
        B("已答复：{answer}", "Answered: {answer}").format(answer=ANSWERS[cleaned["answer"]]),
        [
            Paragraph(_DONE[cleaned["answer"]]),
            Paragraph(B("30 分钟内登录后可以撤销。", "Within 30 minutes you can sign in and take it back.")),
            Action(B("登录查看", "Sign in and look"), "/"),
        ],
    )


def register_purpose() -> None:
    """Make the link known to the mail room."""
    links.register(
        LinkPurpose(
            ANSWER, describe, lambda link: AnswerForm, act, both("确认答复", "Send the answer"), initial=initial_of
        )
    )
