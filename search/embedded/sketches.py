"""A first look at vectors: their signs and their components in 8 bits, a thirty-second and a quarter of the whole.

Vectors on the same side of most coordinate planes are near each other (Charikar 2002), and to compare 64 signs takes the
processor one step. What looks near by its signs is compared in 8 bits, and what is still near, by the caller, exactly.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
_WORD = 64
_BLOCK = 16_384
"""Rows at a time, so that what is worked on stays in the processor's cache."""
_GATHERED = 256


class Sketches:
    """Grows with a matrix of as many rows; rows written once never change, so views of them stay right."""

    def __init__(self, capacity: int, dims: int) -> None:
        self._signs = np.zeros((-(-dims // _WORD), capacity), dtype=np.uint64)
        self._small = np.zeros((capacity, dims), dtype=np.int8)
        self._scale = np.zeros(capacity, dtype=np.float32)

    def put(self, start: int, rows: Floats) -> None:
        """Sketches the rows from that place on."""
        end = start + len(rows)
        self._signs[:, start:end] = _signs(rows).T
        scale = np.maximum(np.abs(rows).max(axis=1, initial=0.0), np.finfo(np.float32).tiny) / 127
        self._small[start:end] = np.rint(rows / scale[:, None])
        self._scale[start:end] = scale

    def kept(self, rows: Rows, capacity: int) -> "Sketches":
        """A larger one that begins with these rows."""
        larger = Sketches(capacity, self._small.shape[1])
        larger._signs[:, : len(rows)] = self._signs[:, rows]
        larger._small[: len(rows)] = self._small[rows]
        larger._scale[: len(rows)] = self._scale[rows]
        return larger

    def nearest(self, vector: Floats, wanted: Mask, many: int, few: int) -> Rows:
        """The rows, `few` of those wanted, that look nearest: the best in 8 bits of the `many` best by their signs."""
        differing = self._differing(vector, len(wanted))
        differing[~wanted] = never = self._signs.shape[0] * _WORD + 1
        edge = np.searchsorted(np.bincount(differing, minlength=never).cumsum(), many)
        rows = np.flatnonzero(differing <= min(int(edge), never - 1))
        if len(rows) <= few:
            return rows
        rough = self._rough(vector, rows)
        return np.sort(rows[np.argpartition(-rough, few - 1)[:few]])

    def _differing(self, vector: Floats, size: int) -> npt.NDArray[np.uint16]:
        """In how many signs each of the first rows differs from the vector."""
        asked = _signs(vector[None, :]).T
        total = np.empty(size, dtype=np.uint16)
        for start in range(0, size, _BLOCK):
            block = total[start : start + _BLOCK]
            unlike = self._signs[:, start : start + len(block)] ^ asked
            np.add.reduce(np.bitwise_count(unlike), axis=0, dtype=np.uint16, out=block)
        return total

    def _rough(self, vector: Floats, rows: Rows) -> Floats:
        """Products with the vector, from 8 bits."""
        products = np.empty(len(rows), dtype=np.float32)
        wide = np.empty((_GATHERED, self._small.shape[1]), dtype=np.float32)
        for start in range(0, len(rows), _GATHERED):
            small = np.take(self._small, rows[start : start + _GATHERED], axis=0, mode="clip")
            # Widened block by block: a whole copy in 32 bits would leave the cache.
            wide[: len(small)] = small
            np.dot(wide[: len(small)], vector, out=products[start : start + len(small)])
        products *= self._scale[rows]
        return products


def _signs(rows: Floats) -> npt.NDArray[np.uint64]:
    """(rows, words): a bit for each component, set when it is positive."""
    packed = np.packbits(rows > 0, axis=1)
    padded = np.zeros((len(rows), -(-rows.shape[1] // _WORD) * 8), dtype=np.uint8)
    padded[:, : packed.shape[1]] = packed
    return padded.view(np.uint64)
