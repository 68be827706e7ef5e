"""Some introductions of the demo region, in several states: an inbox is not empty for those who sign in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rongqiao.introductions import services
from rongqiao.introductions.models import Introduction
from rongqiao.parties.models import Person
from rongqiao.postings.models import Posting

from .history import person
from .parties import SOURCE

# Who speaks for which organisation here.
SPEAKERS = {
    "jiangyuan": "hr", "dzzy": "college", "sxkj": "planning", "sxzy": "employment", "kzzz": "school",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Who says what to a need and an offer, one after the other: (organisation, answer or step, words)."""

    need: str
    offer: str
    said: Sequence[tuple[str, str, dict[str, Any]]] = field(default_factory=tuple)


FIRM, ASKS, AGREES = "jiangyuan", "interested", "interested"
INTRODUCTIONS = (
    Told("T002", "M025", [("kzzz", ASKS, {"places": 4, "comment": "演示：我校数控专业明年春季可安排"})]),
    Told("T002", "M001", [("dzzy", ASKS, {"days": 3, "places": 6})]),
    Told("T003", "M020", [(FIRM, ASKS, {"comment": "演示：想请机械专业的毕业班来看看"})]),
    Told("T004", "M042", [("sxzy", ASKS, {}), (FIRM, "declined", {"reason": "distance"})]),
    Told("T005", "M002", [("dzzy", ASKS, {}), (FIRM, "not_now", {})]),
    Told("R017", "B033", [(FIRM, ASKS, {})]),
    Told("T001", "E012", [("kzzz", ASKS, {}), (FIRM, AGREES, {}), (FIRM, "start_talks", {})]),
    Told("R003", "B059", [(FIRM, ASKS, {}), ("sxkj", AGREES, {}), ("sxkj", "start_talks", {})]),
)  # fmt: skip
MESSAGES = (
    (FIRM, "演示：老机床在二车间，周三下午都可以来看。"),
    ("sxkj", "演示：我们带两只加速度传感器过来，先测主轴箱。"),
)
TERMS = {
    "title": "老机床振动监测技术攻关（演示）", "level": "deepened", "form": "problem_solving", "mode": "service",
    "items": ["research", "teachers"], "participation": [], "summary": "演示：测点方案、三个月试运行、一份报告。",
}  # fmt: skip


def tell() -> None:
    """Tell them once: a region that has introductions already is left as people have made it."""
    if Introduction.objects.exists():
        return
    for told in INTRODUCTIONS:
        row = _carry_out(told)
    _sign(row)


def _carry_out(told: Told) -> Introduction:
    need, offer = _posting(told.need), _posting(told.offer)
    for who, said, words in told.said:
        by = _speaker(who)
        if said in ("interested", "not_now", "declined"):
            own = need if need.organisation.source_key == who else offer
            row = services.answer(
                person=by, organisation_id=own.organisation_id, need_id=need.pk, offer_id=offer.pk, answer=said, **words
            )
        else:
            row = services.take_step(person=by, introduction_id=row.pk, step_code=said)
    return row


def _sign(row: Introduction) -> None:
    """What the last two have written to each other and signed."""
    for who, text in MESSAGES:
        services.write(person=_speaker(who), introduction_id=row.pk, text=text)
    terms = services.propose(
        person=_speaker("sxkj"), introduction_id=row.pk, terms=TERMS, signatory="演示·发展规划处", position="处长"
    )
    services.sign(
        person=_speaker(FIRM), introduction_id=row.pk, number=str(terms.number), signatory="演示·总工", position="总工程师"
    )


def _posting(key: str) -> Posting:
    return Posting.objects.select_related("organisation").get(source=SOURCE, source_key=key)


def _speaker(organisation: str) -> Person:
    return person(SPEAKERS[organisation])
