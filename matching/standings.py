"""Measuring how two organisations have acted: the inputs of past cooperation, response rate and priority (履约与优先)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from matching.records import Batch, FloatArray, Standing

if TYPE_CHECKING:
    from matching.measures import Inputs, Pairs

_NAN = float("nan")


def cooperation(pairs: Pairs) -> Inputs:
    """done, broken: cooperations of the two organisations that were carried out and that were broken off."""
    if not (pairs.need.standings or pairs.offer.standings):
        return {name: np.full(pairs.size, _NAN) for name in ("done", "broken")}
    (needs, needing), (offers, offering) = (_spread(side, pairs.size) for side in (pairs.need, pairs.offer))
    found = [_between(*each) for each in zip(needs, needing, offers, offering, strict=True)]
    done, broken = np.array(found, dtype=np.float64).reshape(-1, 2).T
    return {"done": done, "broken": broken}


def _spread(side: Batch, size: int) -> tuple[list[Standing | None], list[int]]:
    standings = list(side.standings) or [None] * len(side)
    organisations = side.organisations.tolist()
    return (standings * size, organisations * size) if len(side) == 1 else (standings, organisations)


def _between(
    need: Standing | None, needing: int, offer: Standing | None, offering: int
) -> tuple[float, float]:
    """What either side's standing holds of the other; the need's where both do."""
    if need and offering in need.partners:
        return need.partners[offering]
    if offer and needing in offer.partners:
        return offer.partners[needing]
    return (0.0, 0.0) if need or offer else (_NAN, _NAN)


def response(pairs: Pairs) -> Inputs:
    """need_asked, need_answered, offer_asked, offer_answered: introductions put to each side, and answered."""
    return {
        f"{name}_{part}": _told(side, lambda standing, part=part: float(getattr(standing, part)), pairs.size)  # type: ignore[misc]
        for name, side in (("need", pairs.need), ("offer", pairs.offer))
        for part in ("asked", "answered")
    }


def priority(pairs: Pairs) -> Inputs:
    """need, offer: priority tags of each side."""
    return {
        name: _told(side, lambda standing: float(len(standing.priority)), pairs.size)
        for name, side in (("need", pairs.need), ("offer", pairs.offer))
    }


def _told(side: Batch, number: Callable[[Standing], float], size: int) -> FloatArray:
    """One number for each pair; NaN where nobody tells."""
    if not side.standings:
        return np.full(size, _NAN)
    told = np.array([number(standing) if standing else _NAN for standing in side.standings])
    return np.broadcast_to(told, size).copy()
