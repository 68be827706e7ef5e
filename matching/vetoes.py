"""What rules a pair out whatever its score (一票否决); each rule is named in the bill as a gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.measures import Pairs
from matching.records import UNKNOWN_LEVEL, Batch

LARGEST_LEVEL_GAP = 1
"""An offer this many levels below the lowest degree accepted may still be recommended."""


@dataclass(frozen=True, slots=True)
class Veto:
    """A rule: its code, what it says, and the pairs that pass it."""

    code: str
    zh: str
    en: str
    passes: Callable[[Pairs], NDArray[np.bool_]]


def _kinds(pairs: Pairs) -> NDArray[np.bool_]:
    known = pairs.measures.weights.pairs
    suits = pairs.map_codes(lambda content: content.kind, lambda need, offer: float((need, offer) in known))
    suited: NDArray[np.bool_] = suits[pairs.content_index] > 0
    return suited


def _recommendable(pairs: Pairs) -> NDArray[np.bool_]:
    both: NDArray[np.bool_] = pairs.need.recommendable & pairs.offer.recommendable
    return both


def _level(pairs: Pairs) -> NDArray[np.bool_]:
    need, offer = pairs.need.level.astype(np.int64), pairs.offer.level
    unknown = (need == UNKNOWN_LEVEL) | (offer == UNKNOWN_LEVEL)
    passes: NDArray[np.bool_] = unknown | (need - offer <= LARGEST_LEVEL_GAP)
    return passes


def _places(pairs: Pairs) -> NDArray[np.bool_]:
    return _left(pairs.need) & _left(pairs.offer)


def _left(side: Batch) -> NDArray[np.bool_]:
    """Unknown is −1: only a known 0 rules out."""
    left: NDArray[np.bool_] = side.capacity != 0
    return left


def _organisations(pairs: Pairs) -> NDArray[np.bool_]:
    different: NDArray[np.bool_] = pairs.need.organisations != pairs.offer.organisations
    return different


VETOES = (
    Veto("kinds", "供需类型可以配对", "These kinds of need and offer may pair", _kinds),
    Veto("recommendable", "双方均开放且可推荐", "Both are open and may be recommended", _recommendable),
    Veto("level_floor", "层次低于最低学历不超过一级", "At most one level below the lowest degree", _level),
    Veto("places_left", "尚有名额", "Places are left", _places),
    Veto("other_organisation", "不属于同一单位", "Not of the same organisation", _organisations),
)


def apply(pairs: Pairs) -> dict[str, NDArray[np.bool_]]:
    """For each rule the pairs that pass it."""
    return {veto.code: np.broadcast_to(veto.passes(pairs), pairs.size) for veto in VETOES}
