"""What the region's postings show: do those that say a thing fare better than those that do not?

For each field that cannot be tried out by scoring, postings of the kind that say it are compared with those that do not, on
three outcomes. A difference counts only when both groups are large enough and its whole interval lies above 0. Postings
differ in more than one field: this is a comparison and no proof of a cause, and the sentences say so.
"""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

from django.core.cache import cache
from django.db.models import OuterRef, Subquery

from matching.weights import BAND_CODES, load_weights
from rongqiao.postings.cleaning import BASE
from rongqiao.postings.field_types import Rows
from rongqiao.postings.kind import Kind
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

from .advice_drafts import rescored_fields
from .drafts import DESCRIPTION, Draft
from .models import Pairing

LEAST = 10
"""A group of fewer says nothing."""
READ = 2_000
"""The latest postings of a kind that are compared."""
KEPT_SECONDS = 3_600
CONFIDENCE = 0.99
Z = 2.5758
"""Of a two-sided interval of 99 %: some thirty differences of a kind are looked at, at 95 % one or two would be chance."""
CONCLUDED = OPEN | {"met", "expired"}
REACHED = frozenset({"in_talks", "partly_met", "met"})
GOAL = "goal"
_FIGURE = re.compile(
    r"[≤≥<>＜＞±]\s*\d|(?<![A-Za-z0-9.\-])\d+(?:\.\d+)?\s*"
    r"(?:[%％‰℃°]|(?:[kcmuµμn]?m|HRC|k?W|k?V|m?A|k?Hz|[MG]Hz|[MkG]?Pa|k?g|t|ms|s|min|h|dB|ppm|rpm)(?![A-Za-z])"
    r"|微米|毫米|厘米|公斤|千克|吨|秒|分钟|小时|倍|万次|个百分点|丝)"
)
"""A number that measures something: 0.02mm, 98%, ≤3; not S7-1200, 2026年 or 3人."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """One posting: what it says, and how it fared (None: not known)."""

    details: Mapping[str, Any]
    description: str
    outcomes: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Group:
    """Postings of one kind that say a thing, or that do not: how many, and their mean outcome."""

    count: int
    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A difference that holds: its interval lies above 0."""

    field: str
    outcome: str
    having: Group
    lacking: Group
    low: float
    high: float

    @property
    def difference(self) -> float:
        """Of the two means."""
        return round(self.having.mean - self.lacking.mean, 4)

    def as_basis(self) -> dict[str, Any]:
        """The numbers that let a reader recompute the interval."""
        return {
            "outcome": self.outcome,
            "with": asdict(self.having),
            "without": asdict(self.lacking),
            "interval": [self.low, self.high],
            "confidence": CONFIDENCE,
        }


def of_kind(kind: Kind) -> tuple[Comparison, ...]:
    """What holds for postings of a kind; worked out once an hour."""
    name = f"advice.experience.{kind.code}"
    try:
        return cache.get_or_set(name, lambda: comparisons(kind, _seen(kind)), KEPT_SECONDS) or ()
    except Exception:
        log.exception("advice: the cache is away; experience is read from the database")
        return comparisons(kind, _seen(kind))


def is_silent(draft: Draft, name: str) -> bool:
    """Whether a draft does not say a thing. What was filled in but could not be read is not silence."""
    if name in BASE:
        return draft.lacks(name)
    return name not in draft.unread and not says(draft.kind, name, draft.details, draft.base.get(DESCRIPTION, ""))


def says(kind: Kind, name: str, details: Mapping[str, Any], description: str) -> bool:
    """Whether a posting says a thing. Targets are said by a number: in a goal, or in the description."""
    if name == DESCRIPTION:
        return bool(description)
    if not wants_figure(kind, name):
        return details.get(name) is not None
    goals = (str(row.get(GOAL, "")) for row in details.get(name) or [])
    return any(re.search(r"\d", goal) for goal in goals) or bool(_FIGURE.search(description))


def wants_figure(kind: Kind, name: str) -> bool:
    """Whether a field is a table of goals."""
    field = kind.by_name.get(name)
    return field is not None and isinstance(field.type, Rows) and GOAL in {column.name for column in field.type.columns}


def comparisons(kind: Kind, seen: Sequence[Seen]) -> tuple[Comparison, ...]:
    """For each field the first outcome, most telling first, in which those who say it fare better."""
    names = {field.name for field in kind.fields if not field.private and not field.required} | {DESCRIPTION}
    found = (_comparison(kind, name, seen) for name in sorted(names - rescored_fields(kind)))
    return tuple(each for each in found if each is not None)


def _comparison(kind: Kind, name: str, seen: Sequence[Seen]) -> Comparison | None:
    sides: dict[bool, list[Seen]] = {True: [], False: []}
    for each in seen:
        sides[says(kind, name, each.details, each.description)].append(each)
    for outcome in OUTCOMES:
        having, lacking = (_known(sides[side], outcome) for side in (True, False))
        if min(len(having), len(lacking)) >= LEAST:
            first, second = _group(having), _group(lacking)
            low, high = interval(first, second, share=outcome in SHARES)
            if low > 0:
                return Comparison(name, outcome, first, second, low, high)
    return None


def _known(rows: Iterable[Seen], outcome: str) -> list[float]:
    return [value for row in rows if (value := row.outcomes[outcome]) is not None]


def _group(values: Sequence[float]) -> Group:
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return Group(len(values), round(mean, 4), round(variance, 6))


def interval(having: Group, lacking: Group, *, share: bool) -> tuple[float, float]:
    """Of the difference of two means: the normal one. Of two shares: with one success and one failure added to each
    (Agresti and Caffo, 2000), because with all or none of ten the normal one has no width."""
    if share:
        having, lacking = _padded(having), _padded(lacking)
    middle = having.mean - lacking.mean
    half = Z * sqrt(having.variance / having.count + lacking.variance / lacking.count)
    return round(middle - half, 4), round(middle + half, 4)


def _padded(group: Group) -> Group:
    count = group.count + 2
    share = (group.mean * group.count + 1) / count
    return Group(count, share, share * (1 - share))


def _seen(kind: Kind) -> list[Seen]:
    """The latest postings of a kind that were published, with their best pairing: one query."""
    side = kind.side
    best = Pairing.objects.filter(**{side: OuterRef("pk")}).order_by("-mutual", "id").values("mutual")[:1]
    rows = Posting.objects.filter(kind=kind.code, status__in=CONCLUDED).annotate(best=Subquery(best))
    found = rows.order_by("-published_at", "-id").values_list("details", "description", "status", "best")[:READ]
    good = dict(load_weights().bands)[BAND_CODES[1]]
    return [Seen(details, description, _outcomes(status, best, good)) for details, description, status, best in found]


SHARES = ("reached", "good")
OUTCOMES = (*SHARES, "mutual")
"""Came to talks or was met; its best pairing lies in one of the two upper bands; the score of its best pairing."""


def _outcomes(status: str, best: float | None, good: float) -> dict[str, float | None]:
    """Only what is open has pairings."""
    return {
        "reached": float(status in REACHED),
        "good": None if best is None else float(best >= good),
        "mutual": best,
    }
