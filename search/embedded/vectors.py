"""The vectors of one field in memory, and the nearest of them: of few vectors all are compared, of many those that look
near at a first look."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.embedded.shortlist import COMPONENTS, Floats, Mask, Rows, Shortlist

Keys = npt.NDArray[np.int64]
EXACT_ROWS = 5_000
"""So many rows are compared in the time that a first look takes."""
LATEST_ROWS = 2_000
"""So many rows may have come since the shortlist was made; they are all compared."""
_LISTED_DIMS = 128
"""Fewer components are soon compared."""
_LOOKED_AT = 5
"""Times as many rows are compared exactly as are wanted: of the 200 nearest of 100,000 that finds all but 2 in 10,000."""
_LEAST_LOOKED_AT = 1_000
_SHARE_LOOKED_AT = 400
"""And at least one row in so many: among a million more look alike."""
_GATHERED = 256


@dataclass(frozen=True, slots=True)
class Nearest:
    """An unchanging view of the vectors: rows never change, only `alive` says which still count."""

    rows: Floats
    keys: Keys
    alive: Mask
    shortlist: Shortlist | None = None

    def ranked(self, vector: Floats, limit: int, passing: Mask | None = None) -> tuple[Keys, Floats]:
        """Keys and cosines of the `limit` nearest, best first, equal ones by key; only rows of `passing`."""
        wanted = self.alive if passing is None else self.alive & passing
        number = int(np.count_nonzero(wanted))
        limit = min(limit, number)
        few = max(_LOOKED_AT * limit, _LEAST_LOOKED_AT, number // _SHARE_LOOKED_AT)
        chosen = self._chosen(vector, wanted, number, few)
        scores = self.rows @ vector if len(chosen) == len(self.rows) else _products(self.rows, chosen, vector)
        return _best(self.keys[chosen], scores, limit)

    def _chosen(self, vector: Floats, wanted: Mask, number: int, few: int) -> Rows:
        """The rows that are worth comparing, ascending."""
        if self.shortlist is None or number <= max(LATEST_ROWS, 2 * few):
            return np.flatnonzero(wanted)
        listed = self.shortlist.size
        latest = listed + np.flatnonzero(wanted[listed:])
        return np.concatenate([self.shortlist.nearest(vector, wanted, few), latest])


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
        self._shortlist: Shortlist | None = None
        self._size = 0
        self._place: dict[int, int] = {}

    def change(self, keys: Sequence[int], vectors: Sequence[Floats | None]) -> None:
        """Sets the vector of each key; None takes it away."""
        self._alive = self._alive.copy()
        self.reserve(sum(vector is not None for vector in vectors))
        for key, vector in zip(keys, vectors, strict=True):
            old = self._place.pop(key, None)
            if old is not None:
                self._alive[old] = False
            if vector is not None:
                self._append(key, vector)

    def view(self) -> Nearest:
        """The vectors as they are now, with a shortlist of all but the latest when there are many."""
        size = self._size
        rows = self._rows[:size]
        listed = self._shortlist.size if self._shortlist else 0
        if size > EXACT_ROWS and size - listed > LATEST_ROWS and _can_be_listed(rows.shape[1]):
            self._shortlist = self._shortlist.grown(rows) if self._shortlist else Shortlist(rows)
        return Nearest(rows, self._keys[:size], self._alive[:size], self._shortlist)

    def _append(self, key: int, vector: Floats) -> None:
        row = self._size
        self._rows[row] = vector
        self._keys[row] = key
        self._alive[row] = True
        self._place[key] = row
        self._size += 1

    def reserve(self, more: int) -> None:
        """Makes room for so many more rows, leaving behind those that no longer count once they are many."""
        if self._size + more <= len(self._keys):
            return
        kept = np.flatnonzero(self._alive[: self._size])
        if len(kept) > self._size * 3 // 4:
            self._move(slice(0, self._size), self._size, self._size + more)
        else:
            self._move(kept, len(kept), len(kept) + more)
            # The rows have other places now.
            self._shortlist = None

    def _move(self, kept: Rows | slice, number: int, least: int) -> None:
        capacity = least * 5 // 4 + 64
        rows = np.empty((capacity, self._rows.shape[1]), dtype=np.float32)
        keys = np.empty(capacity, dtype=np.int64)
        alive = np.zeros(capacity, dtype=bool)
        rows[:number], keys[:number], alive[:number] = self._rows[kept], self._keys[kept], self._alive[kept]
        self._rows, self._keys, self._alive, self._size = rows, keys, alive, number
        self._place = {int(keys[row]): int(row) for row in np.flatnonzero(alive)}


def _can_be_listed(dims: int) -> bool:
    return dims >= _LISTED_DIMS and dims % COMPONENTS == 0
