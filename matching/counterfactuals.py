"""What would change a score (若…则…): one change of the need at a time, scored exactly like any other
pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from matching.records import Batch, Record

if TYPE_CHECKING:
    from matching.pipeline import Pairing

LEAST_GAIN = 0.005
"""A smaller gain would read as +0.00."""
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a need: which, and to what.

    level: lowest degree accepted lowered to `to`; major: `to` accepted as well; skill, certificate: `to`
    no longer asked; place: any place will do; capacity: `to` places asked; confirmed: confirmed again on
    `to` (ISO day).
    """

    change: str
    to: str | int | None

    def apply(self, need: Record) -> Record:
        """The need with this change. Raises KeyError for a change that is not in the table."""
        return _APPLY[self.change](need, self.to)


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A change, the mutual score it leads to, its gain, and whether it lifts the veto that stood."""

    change: Change
    mutual: float
    gain: float
    opens: bool

    def as_item(self) -> dict[str, Any]:
        return {
            "change": self.change.change,
            "to": self.change.to,
            "mutual": self.mutual,
            "gain": self.gain,
            "opens": self.opens,
        }


def counterfactuals(pairing: Pairing) -> list[Counterfactual]:
    """The changes that help, greatest gain first: at most five, those that lift a veto before the others."""
    changes = list(possible_changes(pairing))
    if not changes:
        return []
    variants = Batch.of([change.apply(pairing.need) for change in changes])
    scored = pairing.matcher.evaluate(
        pairing.offer, "offer", pairing.need.content.kind, variants, pairing.today
    )
    found = [
        Counterfactual(
            change=change,
            mutual=float(mutual),
            gain=round(float(mutual) - pairing.mutual, 4),
            opens=bool(passes) and not pairing.passes,
        )
        for change, mutual, passes in zip(changes, scored.mutual, scored.passes, strict=True)
    ]
    helping = [one for one in found if one.opens or one.gain >= LEAST_GAIN]
    return sorted(helping, key=lambda one: (not one.opens, -one.gain, str(one.change)))[:MOST_SHOWN]


def possible_changes(pairing: Pairing) -> Iterator[Change]:
    """Every change worth trying, in a fixed order."""
    need, offer = pairing.need, pairing.offer
    if need.level and offer.level and offer.level < need.level:
        yield Change("level", need.level - 1)
    if need.content.majors:
        yield from (Change("major", code) for code in sorted(offer.content.majors - need.content.majors))
    yield from (Change("skill", code) for code in sorted(need.content.skills - offer.content.skills))
    yield from (
        Change("certificate", code) for code in sorted(need.content.certificates - offer.content.certificates)
    )
    if need.place and offer.place:
        yield Change("place", None)
    if need.capacity and offer.capacity and offer.capacity < need.capacity:
        yield Change("capacity", offer.capacity)
    if need.confirmed < pairing.today:
        yield Change("confirmed", pairing.today.isoformat())


def _level(need: Record, to: Any) -> Record:
    return replace(need, level=to)


def _major(need: Record, to: Any) -> Record:
    return replace(need, content=replace(need.content, majors=need.content.majors | {to}))


def _skill(need: Record, to: Any) -> Record:
    return replace(need, content=replace(need.content, skills=need.content.skills - {to}))


def _certificate(need: Record, to: Any) -> Record:
    return replace(need, content=replace(need.content, certificates=need.content.certificates - {to}))


def _place(need: Record, to: Any) -> Record:
    return replace(need, place=None)


def _capacity(need: Record, to: Any) -> Record:
    return replace(need, capacity=to)


def _confirmed(need: Record, to: Any) -> Record:
    return replace(need, confirmed=date.fromisoformat(to))


_APPLY = {
    "level": _level,
    "major": _major,
    "skill": _skill,
    "certificate": _certificate,
    "place": _place,
    "capacity": _capacity,
    "confirmed": _confirmed,
}
