"""How sure a score is (可信度): how far it could move if what nobody said were told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.scoring import UNIT, calibrated, harmonic

FIRM, FAIR = 0.15, 0.35
"""Widths of the range up to which a score is called firm, and fair."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """The mutual score with every unknown feature at its worst and at its best, and a word for the width of this
    range: firm, fair or loose."""

    low: float
    high: float
    code: str


def confidence(bill: Mapping[str, Any]) -> Confidence:
    """Read from a bill alone, of whatever version: `low` ≤ its mutual score ≤ `high`."""
    low, high = (_mutual(bill, unknown) for unknown in (0.0, 1.0))
    width = high - low
    return Confidence(low, high, "firm" if width <= FIRM else "fair" if width <= FAIR else "loose")


def _mutual(bill: Mapping[str, Any], unknown: float) -> float:
    """The mutual score if every unknown feature were worth `unknown` to both sides."""
    sides = []
    for side, weight, value in (
        ("forward", "weight", "value"),
        ("reverse", "reverse_weight", "reverse_value"),
    ):
        units = sum(
            round(term[weight] * UNIT) * round((term[value] if term["known"] else unknown) * UNIT)
            for term in bill["terms"]
        )
        slope, intercept = bill["calibration"][side]
        sides.append(calibrated(np.array(units / UNIT**2), (slope, intercept)))
    return float(harmonic(*sides))
