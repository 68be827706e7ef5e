"""What answers teach the lists: pairs that were declined stay away, and what an organisation keeps declining comes later.

A lesson moves a pairing down its list and never touches its score, which stays what its bill says; the list names it.
Rooms above register who knows them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.expressions import Combinable

from matching.records import Side
from rongqiao.common.language import Bilingual
from rongqiao.postings.models import Posting


@dataclass(frozen=True, slots=True)
class Lowering:
    """Postings across for which `where` (lookups of a posting) holds come `by` later (0–1, in points of the mutual
    score), for a reason that is shown."""

    where: Mapping[str, Any]
    by: float
    because: Bilingual

    def holds(self, posting: Posting) -> bool:
        """Whether it is about this posting (the lookups are equalities and beginnings, of columns and details)."""
        return all(_value_of(posting, name) is not None and _fits(posting, name, wanted) for name, wanted in self.where.items())


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is known for one posting or for all of an organisation: which pairs (need, offer) to leave out, and which postings
    across to lower."""

    left_out: frozenset[tuple[int, int]] = frozenset()
    lowerings: Sequence[Lowering] = field(default_factory=tuple)


Teacher = Callable[[int, Side, int | None], Lessons]
"""From an organisation, the side on which it stands, and one posting of it; None: all that it posts there."""
_teachers: list[Teacher] = []


def register(teacher: Teacher) -> None:
    """Have somebody asked for the lessons of an organisation."""
    if teacher not in _teachers:
        _teachers.append(teacher)


def of(posting: Posting) -> Lessons:
    """All that is known for a posting."""
    return of_owner(posting.organisation_id, posting.kind_of.side, posting.pk)


def of_owner(organisation_id: int, side: Side, posting_id: int | None = None) -> Lessons:
    """All that is known for what an organisation posts on a side."""
    known = [teacher(organisation_id, side, posting_id) for teacher in _teachers]
    left_out = frozenset().union(*(each.left_out for each in known))
    return Lessons(left_out, tuple(lowering for each in known for lowering in each.lowerings))


def ranked(lessons: Lessons, other: str) -> Combinable:
    """The mutual score less what the lessons take, as an expression over pairings; `other` names the posting across."""
    score: Combinable = F("mutual")
    for lowering in lessons.lowerings:
        where = Q(**{f"{other}__{name}": wanted for name, wanted in lowering.where.items()})
        score = score - Case(When(where, then=Value(lowering.by)), default=Value(0.0), output_field=FloatField())
    return score


def said(lessons: Lessons, posting: Posting) -> list[str]:
    """Why a posting stands lower than its score, in the reader's language."""
    return [str(lowering.because) for lowering in lessons.lowerings if lowering.holds(posting)]


def _value_of(posting: Posting, lookup: str) -> Any:
    name = lookup.removesuffix("__startswith")
    return posting.details.get(name.removeprefix("details__")) if name.startswith("details__") else getattr(posting, name)


def _fits(posting: Posting, lookup: str, wanted: Any) -> bool:
    value = _value_of(posting, lookup)
    return str(value).startswith(str(wanted)) if lookup.endswith("__startswith") else bool(value == wanted)
