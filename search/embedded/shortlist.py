"""A first look at many vectors, 4 bits for every 4 components (product quantisation, Jégou 2011), scanned in registers.

A sixteenth of the work of comparing all, and a sixteenth more memory. What looks near is compared exactly by the caller.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
COMPONENTS = 4
"""Of a vector, that are told by 4 bits together; its dimensions are a multiple of it."""
_BITS = 4
_LEARNT_FROM = 4_096
"""Rows that the 16 values of each 4 components are learnt from: more teach nothing."""
_ROUNDS = 8
_ALL = 1
"""Lists that rows are spread over, and lists looked into: without any but one all rows are compared, yet only the index with
lists can be told which rows to leave out."""


class Shortlist:
    """The first rows of a matrix in short. Never changes, so any number of threads may ask it."""

    def __init__(self, rows: Floats) -> None:
        self.size = self._learnt = len(rows)
        self._index = _learnt(rows)
        self._index.add(rows)

    def grown(self, rows: Floats) -> "Shortlist":
        """One of all these rows, which begin with those of this one; what was learnt is kept until they have doubled."""
        if len(rows) >= 2 * self._learnt:
            return Shortlist(rows)
        faiss = _faiss()
        larger = Shortlist.__new__(Shortlist)
        larger._index = faiss.clone_index(self._index)
        larger._index.add(rows[self.size :])
        larger.size, larger._learnt = len(rows), self._learnt
        return larger

    def nearest(self, vector: Floats, wanted: Mask, few: int) -> Rows:
        """At most `few` of the wanted rows, those that look nearest, ascending."""
        faiss = _faiss()
        allowed = faiss.IDSelectorBitmap(np.packbits(wanted[: self.size], bitorder="little"))
        parameters = faiss.SearchParametersIVF(sel=allowed, nprobe=_ALL)
        _, found = self._index.search(vector[None, :], few, params=parameters)
        return np.sort(found[0][found[0] >= 0])


def _learnt(rows: Floats) -> Any:
    faiss = _faiss()
    # One question has nothing to share out, and threads that wait for work keep the processor busy.
    faiss.omp_set_num_threads(1)
    dims = rows.shape[1]
    lists = faiss.IndexFlatIP(dims)
    index = faiss.IndexIVFPQFastScan(lists, dims, _ALL, dims // COMPONENTS, _BITS, faiss.METRIC_INNER_PRODUCT)
    index.by_residual = False
    index.pq.cp.niter = _ROUNDS
    index.train(rows[:: -(-len(rows) // _LEARNT_FROM)])
    return index


def _faiss() -> Any:
    """Imported by those who have so many vectors: it takes a third of a second and 40 MB. Its own types are not right."""
    import faiss

    return faiss
