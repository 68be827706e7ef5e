"""What of a need an offer has and what it lacks, as codes: the matched and the missing items of a feature
(证据).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from matching.measures import Measures
from matching.records import Record
from matching.relations import Relations

Item = dict[str, str]
"""`code`, an item asked; for majors and occupations also `offer`, the code that answers it, and
`relation`.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Items in the order of their codes."""

    matched: list[Item] = field(default_factory=list)
    missing: list[Item] = field(default_factory=list)


def evidence(code: str, need: Record, offer: Record, measures: Measures) -> Evidence:
    """The evidence of one feature; empty for features that are plain numbers."""
    if code == "text":
        return _text(need, measures)
    finder = _FINDERS.get(code)
    return finder(need, offer, measures.relations) if finder else Evidence()


def _text(need: Record, measures: Measures) -> Evidence:
    """The occupations nearest to the need's text, whose terms were looked for in the offer's."""
    about = measures.prepared(need.content).understanding
    return Evidence([{"code": code} for code in about.occupations] if about else [])


def _skills(need: Record, offer: Record, relations: Relations) -> Evidence:
    return _asked(need.content.skills, offer.content.skills)


def _certificates(need: Record, offer: Record, relations: Relations) -> Evidence:
    return _asked(need.content.certificates, offer.content.certificates)


def _asked(asked: frozenset[str], offered: frozenset[str]) -> Evidence:
    return Evidence(
        [{"code": code} for code in sorted(asked & offered)],
        [{"code": code} for code in sorted(asked - offered)],
    )


def _majors(need: Record, offer: Record, relations: Relations) -> Evidence:
    related = [
        {"code": asked, "offer": has, "relation": relation}
        for asked in sorted(need.content.majors)
        for has in sorted(offer.content.majors)
        if (relation := relations.major_relation(asked, has))
    ]
    if related or not offer.content.majors:
        return Evidence(matched=sorted(related, key=lambda item: -relations.closeness(item["relation"]))[:1])
    return Evidence(missing=[{"code": code} for code in sorted(need.content.majors)])


def _occupations(need: Record, offer: Record, relations: Relations) -> Evidence:
    steps = [
        (relations.occupation_steps(asked, has), asked, has)
        for asked in sorted(need.content.occupations)
        for has in sorted(offer.content.occupations)
    ]
    if not steps:
        return Evidence()
    _, asked, has = min(steps)
    return Evidence(matched=[{"code": asked, "offer": has}])


_FINDERS: dict[str, Callable[[Record, Record, Relations], Evidence]] = {
    "major": _majors,
    "skills": _skills,
    "occupation": _occupations,
    "certificates": _certificates,
}
