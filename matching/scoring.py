"""Values into scores: weighted sums, calibration, the harmonic mean of both sides (互惠分).

Values and weights are whole ten-thousandths, so that sums are exact in any order and a reader gets the
same by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.features import BoolArray, Values, features_of
from matching.measures import Inputs, Pairs
from matching.records import FloatArray
from matching.vetoes import apply
from matching.weights import Profile, Weights

UNIT = 10_000
"""Values, weights and scores have four decimals."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One feature over all pairs: inputs and values at their grain, and for each pair its row there."""

    inputs: Inputs
    values: Values
    rows: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores of n pairs with everything they come from."""

    columns: Mapping[str, Column]
    gates: Mapping[str, BoolArray]
    passes: BoolArray
    forward: FloatArray
    reverse: FloatArray
    mutual: FloatArray


def rounded(values: FloatArray) -> FloatArray:
    """To four decimals, halves to even."""
    result: FloatArray = np.rint(values * UNIT) / UNIT
    return result


def settled(values: Values, neutral: float) -> Values:
    """Values to four decimals, the neutral one where a side does not say."""
    forward = _settled(values.forward, neutral)
    reverse = forward if values.reverse is values.forward else _settled(values.reverse, neutral)
    return Values(forward, reverse, values.known)


def _settled(column: FloatArray, neutral: float) -> FloatArray:
    return rounded(np.where(np.isnan(column), neutral, column))


def score(pairs: Pairs, profile: Profile, weights: Weights) -> Scored:
    """Score all pairs, whose kinds share one profile."""
    every = np.arange(pairs.size)
    columns: dict[str, Column] = {}
    for feature in features_of(weights):
        inputs = feature.measure(pairs)
        values = settled(feature.evaluate(inputs, weights), weights.neutral[feature.code])
        columns[feature.code] = Column(
            inputs, values, pairs.content_index if feature.grain == "content" else every
        )
    gates = apply(pairs)
    passes = np.logical_and.reduce(list(gates.values()))
    return Scored(columns, gates, passes, *combined(columns, profile))


def combined(columns: Mapping[str, Column], profile: Profile) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Forward, reverse and mutual scores of the pairs, from their features' values."""
    forward = calibrated(_sum(columns, profile.forward, "forward"), profile.forward_calibration)
    reverse = calibrated(_sum(columns, profile.reverse, "reverse"), profile.reverse_calibration)
    return forward, reverse, harmonic(forward, reverse)


def _sum(columns: Mapping[str, Column], side: Mapping[str, float], direction: str) -> FloatArray:
    """Σ w·x over the features, exactly, in units of 1e-8. Those of contents are summed before they are spread over
    the postings."""
    totals: dict[int, tuple[FloatArray, NDArray[np.intp]]] = {}
    for code, column in columns.items():
        weight = np.rint(side[code] * UNIT)
        values: FloatArray = getattr(column.values, direction)
        summed, _ = totals.setdefault(id(column.rows), (np.zeros(len(values)), column.rows))
        if weight:
            summed += weight * np.rint(values * UNIT)
    spread = [summed[rows] for summed, rows in totals.values()]
    total: FloatArray = np.sum(spread, axis=0) / UNIT**2
    return total


def calibrated(sums: FloatArray, calibration: tuple[float, float]) -> FloatArray:
    """σ(a·Σw·x + b) to four decimals."""
    slope, intercept = calibration
    return rounded(1 / (1 + np.exp(-(slope * sums + intercept))))


def harmonic(forward: FloatArray, reverse: FloatArray) -> FloatArray:
    """2qp/(q + p) to four decimals; 0 if both are 0."""
    both = forward + reverse
    return rounded(2 * forward * reverse / np.where(both > 0, both, 1.0))
