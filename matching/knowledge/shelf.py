"""One table of knowledge as an index in memory: which rows are near a text, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.records import FloatArray
from matching.terms import Bag, spans
from matching.weights import KnowledgeConstants

Hashes = NDArray[np.uint32]
VECTOR_STEPS = 512
"""Components of stored vectors are whole numbers of 1/512; those of unit vectors seldom reach 1/4."""
_SATURATION = 1.2
_LENGTH_EFFECT = 0.5
_ASKED_TERMS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some rows of a table, by place, with weights that sum to 1 (or none)."""

    places: NDArray[np.intp]
    weights: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class BagTable:
    """The terms of each row in one analysis: row r holds hashes[starts[r]:starts[r + 1]]."""

    starts: NDArray[np.int64]
    hashes: Hashes
    counts: NDArray[np.uint16]
    totals: NDArray[np.int64] = field(init=False)

    @classmethod
    def of(cls, bags: Sequence[Bag]) -> BagTable:
        starts = np.cumsum([0, *(len(bag.hashes) for bag in bags)])
        hashes, counts = ([getattr(bag, name) for bag in bags] for name in ("hashes", "counts"))
        return cls(starts.astype(np.int64), np.concatenate(hashes), np.concatenate(counts))

    def __post_init__(self) -> None:
        below = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])
        object.__setattr__(self, "totals", np.diff(below[self.starts]))

    def mixed(self, rows: Rows) -> tuple[Hashes, FloatArray]:
        """The distinct terms of rows, and of each the sum of its shares of a row, weighed by the row."""
        starts = self.starts[rows.places]
        sizes = self.starts[rows.places + 1] - starts
        places = spans(starts, sizes)
        shares = self.counts[places] * np.repeat(rows.weights / self.totals[rows.places], sizes)
        hashes, distinct = np.unique(self.hashes[places], return_inverse=True)
        return hashes, np.bincount(distinct, weights=shares, minlength=len(hashes)).astype(np.float64)


class Shelf:
    """The rows of one table: their codes, terms and vectors, and an index from grams to rows."""

    def __init__(
        self, codes: Sequence[str], words: BagTable, grams: BagTable, vectors: NDArray[np.int8]
    ) -> None:
        self.codes = tuple(codes)
        self.words = words
        self.grams = grams
        self.vectors: NDArray[np.float32] = vectors.astype(np.float32) / np.float32(VECTOR_STEPS)
        rows = np.repeat(np.arange(len(codes)), np.diff(grams.starts))
        order = np.argsort(grams.hashes, kind="stable")
        self._rows = rows[order]
        self._terms, self._starts = np.unique(grams.hashes[order], return_index=True)
        self._ends = np.append(self._starts[1:], len(order))
        frequency = self._ends - self._starts
        self._idf = np.log1p((len(codes) - frequency + 0.5) / (frequency + 0.5))
        lengths = np.add.reduceat(grams.counts.astype(np.float64), grams.starts[:-1])
        slack = _SATURATION * (1 - _LENGTH_EFFECT + _LENGTH_EFFECT * lengths / lengths.mean())
        counts = grams.counts[order].astype(np.float64)
        self._saturated = counts / (counts + slack[self._rows])

    def nearest(self, grams: Bag, vector: NDArray[np.float32] | None, constants: KnowledgeConstants) -> Rows:
        """The rows nearest to a text, with weights: similarity over that of the nearest, to a power.

        Similarity is a mean of BM25 over the rows' grams, relative to the best row, and of the cosine; without a
        vector of the same encoder, BM25 alone.
        """
        similarity = self._lexical(grams)
        if vector is not None and self.fits(vector):
            dense = np.maximum(self.vectors @ vector, 0.0)
            similarity = constants.lexical * similarity + (1 - constants.lexical) * dense
        most = min(constants.nearest, len(similarity))
        places = np.argpartition(-similarity, most - 1)[:most]
        places = np.sort(places[similarity[places] > 0])
        if not len(places):
            return Rows(places, np.empty(0))
        weights = (similarity[places] / similarity[places].max()) ** constants.power
        return Rows(places, weights / weights.sum())

    def fits(self, vector: NDArray[np.float32] | None) -> bool:
        """Whether a vector can be compared with those of the rows."""
        return vector is not None and len(vector) == self.vectors.shape[1]

    def meaning(self, rows: Rows) -> NDArray[np.float32] | None:
        """The unit vector of the rows' weighted mean; None of no rows."""
        if not len(rows.places):
            return None
        mean = rows.weights.astype(np.float32) @ self.vectors[rows.places]
        unit: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return unit

    def _lexical(self, grams: Bag) -> FloatArray:
        """BM25 of the text's best grams for every row, over the best row's; zeros if none is shared."""
        places = np.minimum(np.searchsorted(self._terms, grams.hashes), len(self._terms) - 1)
        hit = self._terms[places] == grams.hashes
        terms, weights = places[hit], self._idf[places[hit]] * grams.counts[hit]
        best = np.lexsort((terms, -weights))[:_ASKED_TERMS]
        terms, weights = terms[best], weights[best]
        sizes = self._ends[terms] - self._starts[terms]
        entries = spans(self._starts[terms], sizes)
        scores = np.bincount(
            self._rows[entries],
            weights=np.repeat(weights, sizes) * self._saturated[entries],
            minlength=len(self.codes),
        ).astype(np.float64)
        best_score = float(scores.max(initial=0.0))
        return scores / best_score if best_score else scores
