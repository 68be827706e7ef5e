"""Deciding what is worth telling: pure functions over what was read, the same answer for the same input."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from matching.weights import BAND_CODES
from rongqiao.recommending.selectors import Fit

from .timing import Rhythm

MOST_OF_ONE = 3
"""Suggestions of one organisation in a letter: a large college must not fill it."""
DAYS_OF_A_WEEK_THAT_TELL = 5

SUGGESTED = "suggested"

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pick:
    """A pairing above the threshold that is told of; `before` is the band it had when it was last told of, "" for a new one."""

    candidate: Fit
    before: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is told, and how many more there were. `gone` of those told last time are no longer there."""

    picks: tuple[Pick, ...]
    new: int
    risen: int
    gone: int

    @property
    def left_over(self) -> int:
        return self.new + self.risen - len(self.picks)


def room(most: int, rhythm: str, told_this_week: int) -> int:
    """How many items fit into the next letter: what is left of the week's budget, for daily letters a fifth of it at most."""
    left = max(most - told_this_week, 0)
    return min(left, math.ceil(most / DAYS_OF_A_WEEK_THAT_TELL)) if rhythm == Rhythm.DAILY else left


def choose(
    candidates: Iterable[Fit], told: Mapping[Pair, str], last: Iterable[Pair], most: int
) -> Choice:
    """The best that were not told of yet, or have risen to a better band since; at most three of one organisation, and
    each posting across once, for the one of one's own that it fits best.

    `told` is pair → band when it was last told of; `last` are the pairs of the last digest.
    """
    ranked = sorted(candidates, key=_rank)
    fresh = [pick for candidate in ranked if (pick := _pick(candidate, told))]
    picks = _varied(fresh, most)
    risen = sum(1 for pick in fresh if pick.before)
    gone = len(set(last) - {candidate.pair for candidate in ranked})
    return Choice(tuple(picks), len(fresh) - risen, risen, gone)


def _varied(ranked: Iterable[Pick], most: int) -> list[Pick]:
    of_one: Counter[int] = Counter()
    shown: set[int] = set()
    picks: list[Pick] = []
    for pick in ranked:
        candidate = pick.candidate
        if len(picks) < most and candidate.other not in shown and of_one[candidate.other_organisation] < MOST_OF_ONE:
            of_one[candidate.other_organisation] += 1
            shown.add(candidate.other)
            picks.append(pick)
    return picks


def _rank(candidate: Fit) -> tuple[Any, ...]:
    """As in a posting's own list: a priority tag decides among those that agree to the hundredth."""
    return (-round(candidate.mutual * 100), not candidate.priority, -candidate.mutual, candidate.pairing)


def _pick(candidate: Fit, told: Mapping[Pair, str]) -> Pick | None:
    before = told.get(candidate.pair, "")
    if not before:
        return Pick(candidate)
    better = BAND_CODES.index(candidate.band) < BAND_CODES.index(before)
    return Pick(candidate, before) if better else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what, where to look at it, a remark. One that is not `fresh` comes along and is no reason to write."""

    title: str
    path: str = ""
    note: str = ""
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pairing in words: whose, why, how well it fits from either side (0–1). One that is not `fresh` comes along
    and is no reason to write."""

    title: str
    note: str
    path: str
    reason: str
    word: str
    forward: float
    reverse: float
    mutual: float
    band: str
    pairing: int
    need: int
    offer: int
    organisation: int
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a digest: suggestions or entries under a heading, and what was left out."""

    code: str
    heading: str
    suggestions: Sequence[Suggestion] = ()
    entries: Sequence[Entry] = ()
    more: str = ""

    @property
    def worth_a_letter(self) -> bool:
        return any(each.fresh for each in self.suggestions) or any(entry.fresh for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole digest in the words of one language. `reason` says why nothing is sent, "" when something is."""

    subject: str = ""
    changes: str = ""
    sections: Sequence[Section] = ()
    reason: str = ""
    told: int = 0
    searches: Sequence[int] = field(default_factory=tuple)

    @property
    def asked(self) -> list[Suggestion]:
        """All that can be answered, in the order in which they stand."""
        return [suggestion for section in self.sections for suggestion in section.suggestions]

    @property
    def suggested(self) -> list[Suggestion]:
        """Those that are told of by the platform, and not by a side that has said yes already."""
        return [each for section in self.sections if section.code == SUGGESTED for each in section.suggestions]

    def as_json(self) -> dict[str, Any]:
        """Plain data, to be kept."""
        return asdict(self)


def composed_from(kept: Mapping[str, Any]) -> Composed:
    """What was kept, as it was composed."""
    sections = [
        Section(**{
            **section,
            "suggestions": [Suggestion(**each) for each in section["suggestions"]],
            "entries": [Entry(**each) for each in section["entries"]],
        })
        for section in kept["sections"]
    ]  # fmt: skip
    return Composed(**{**kept, "sections": sections})


def settled(composed: Composed, *, budget_spent: bool) -> Composed:
    """The same if it is worth a letter, otherwise the reason why it is not."""
    if any(section.worth_a_letter for section in composed.sections):
        return composed
    return Composed(reason="budget_spent" if budget_spent else "nothing_new")
