"""The vectors of one field in memory, and the nearest of them: of few vectors all are compared, of many those that look
near in a sketch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.embedded.sketches import Floats, Mask, Rows, Sketches

Keys = npt.NDArray[np.int64]
EXACT_ROWS = 8_192
"""So many rows are compared in the time that a look at their sketches takes."""
_SKETCHED_DIMS = 256
"""Fewer signs than this say too little, and fewer components are soon compared."""
_LOOKED_AT = 20
_SHARE = 25
"""Rows compared in 8 bits: 20 times as many as are wanted, and at least one in 25. Of the 200 nearest of 60,000 sentences
that finds .998 (half as many: .989)."""
_REFINED = 2
_GATHERED = 256


@dataclass(frozen=True, slots=True)
class Nearest:
    """An unchanging view of the vectors: rows never change, only `alive` says which still count."""

    rows: Floats
    keys: Keys
    alive: Mask
    sketches: Sketches

    def ranked(self, vector: Floats, limit: int, passing: Mask | None = None) -> tuple[Keys, Floats]:
        """Keys and cosines of the `limit` nearest, best first, equal ones by key; only rows of `passing`."""
        wanted = self.alive if passing is None else self.alive & passing
        number = int(np.count_nonzero(wanted))
        limit = min(limit, number)
        many = max(limit * _LOOKED_AT, number // _SHARE)
        if number <= EXACT_ROWS or 2 * many > number or len(vector) < _SKETCHED_DIMS:
            chosen = np.flatnonzero(wanted)
        else:
            chosen = self.sketches.nearest(vector, wanted, many, _REFINED * limit)
        scores = self.rows @ vector if len(chosen) == len(self.rows) else _products(self.rows, chosen, vector)
        return _best(self.keys[chosen], scores, limit)


def _products(rows: Floats, chosen: Rows, vector: Floats) -> Floats:
    """Products of some rows, gathered a few at a time: a copy of all would leave the processor's cache."""
    products = np.empty(len(chosen), dtype=np.float32)
    for start in range(0, len(chosen), _GATHERED):
        some = chosen[start : start + _GATHERED]
        np.dot(rows[some], vector, out=products[start : start + len(some)])
    return products


def _best(keys: Keys, scores: Floats, limit: int) -> tuple[Keys, Floats]:
    if 0 < limit < len(scores):
        edge = -np.partition(-scores, limit - 1)[limit - 1]
        best = np.flatnonzero(scores >= edge)
    else:
        best = np.arange(len(scores))
    order = best[np.lexsort((keys[best], -scores[best]))][:limit]
    return keys[order], scores[order]


class Matrix:
    """Grows by rows: a replaced vector gets a new row, so views taken before stay right.

    Not safe to change from several threads at once; views may be read by any number.
    """

    def __init__(self, dims: int) -> None:
        self._rows: Floats = np.empty((0, dims), dtype=np.float32)
        self._keys: Keys = np.empty(0, dtype=np.int64)
        self._alive: Mask = np.empty(0, dtype=bool)
        self._sketches = Sketches(0, dims)
        self._size = 0
        self._place: dict[int, int] = {}

    def change(self, keys: Sequence[int], vectors: Sequence[Floats | None]) -> None:
        """Sets the vector of each key; None takes it away."""
        self._alive = self._alive.copy()
        self.reserve(sum(vector is not None for vector in vectors))
        start = self._size
        for key, vector in zip(keys, vectors, strict=True):
            old = self._place.pop(key, None)
            if old is not None:
                self._alive[old] = False
            if vector is not None:
                self._append(key, vector)
        self._sketches.put(start, self._rows[start : self._size])

    def view(self) -> Nearest:
        size = self._size
        return Nearest(self._rows[:size], self._keys[:size], self._alive[:size], self._sketches)

    def _append(self, key: int, vector: Floats) -> None:
        row = self._size
        self._rows[row] = vector
        self._keys[row] = key
        self._alive[row] = True
        self._place[key] = row
        self._size += 1

    def reserve(self, more: int) -> None:
        """Makes room for so many more rows, leaving behind those that no longer count."""
        if self._size + more <= len(self._keys):
            return
        kept = np.flatnonzero(self._alive[: self._size])
        capacity = (len(kept) + more) * 5 // 4 + 64
        rows = np.empty((capacity, self._rows.shape[1]), dtype=np.float32)
        keys = np.empty(capacity, dtype=np.int64)
        rows[: len(kept)], keys[: len(kept)] = self._rows[kept], self._keys[kept]
        self._rows, self._keys, self._size = rows, keys, len(kept)
        self._sketches = self._sketches.kept(kept, capacity)
        self._alive = np.zeros(capacity, dtype=bool)
        self._alive[: len(kept)] = True
        self._place = {int(key): row for row, key in enumerate(keys[: len(kept)])}
