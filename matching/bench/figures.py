"""Figures of a ranking (评测指标): recall, nDCG and reciprocal rank among the first k; percentiles of
times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

import numpy as np

from matching.records import FloatArray

_RESAMPLES = 2_000


def recall(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Share of the relevant documents (grade above 0) that stand among the first k."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Discounted gain of the first k over the best possible: gain 2^grade − 1, discount log2 (Järvelin
    2002).
    """
    best = _discounted(sorted(grades.values(), reverse=True)[:k])
    return _discounted([grades.get(document, 0) for document in ranked[:k]]) / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """One over the place of the first relevant document among the first k; 0 if there is none."""
    places = (place for place, document in enumerate(ranked[:k], start=1) if grades.get(document, 0) > 0)
    return 1.0 / next(places, float("inf"))


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds: median and 95th percentile."""
    p50, p95 = np.percentile(np.array(seconds) * 1e3, [50, 95]) if seconds else (0.0, 0.0)
    return {"ms_p50": round(float(p50), 2), "ms_p95": round(float(p95), 2)}


def _discounted(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1)))


def mean(figures: Sequence[float] | FloatArray) -> float:
    """To four decimals; 0 of none."""
    return round(float(np.mean(figures)), 4) if len(figures) else 0.0


def interval(figures: Sequence[float] | FloatArray) -> tuple[float, float]:
    """Where the mean of as many other queries lies in 95 of 100 cases: percentile bootstrap, one fixed seed."""
    if not len(figures):
        return 0.0, 0.0
    drawn = np.random.default_rng(0).integers(0, len(figures), size=(_RESAMPLES, len(figures)))
    low, high = np.percentile(np.asarray(figures, dtype=np.float64)[drawn].mean(axis=1), [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
