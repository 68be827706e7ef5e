"""Offers in columns (按列存放): what scoring a need against many of them reads, arranged once for each content.

Columns only grow. What was read from them stays right while others add to them, in any number of threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from matching.coverage import PrunedQuery, Vector, cosines_of, shares
from matching.records import Content, FloatArray
from matching.terms import Bag, spans

MOST_KEPT = 150_000
"""Contents arranged at a time; when there are more, one begins anew."""

_BYTE = 255
_WORTH_LISTING = 500
"""Texts from which on it is worth knowing where each term stands."""

Places = NDArray[np.int64]


class Column:
    """An array that grows at its end. Views of it stay right."""

    def __init__(self, dtype: DTypeLike, *width: int) -> None:
        self._held: NDArray[Any] = np.empty((0, *width), dtype=dtype)
        self.size = 0

    def extend(self, values: NDArray[Any]) -> None:
        size = self.size + len(values)
        if size > len(self._held):
            larger = np.empty((size * 5 // 4 + 64, *self._held.shape[1:]), dtype=self._held.dtype)
            larger[: self.size] = self._held[: self.size]
            self._held = larger
        self._held[self.size : size] = values
        self.size = size

    @property
    def values(self) -> NDArray[Any]:
        return self._held[: self.size]


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Terms (ascending hashes) and the numbers they were given, each in the order in which it came."""

    hashes: NDArray[np.uint32]
    numbers: NDArray[np.int32]

    @classmethod
    def empty(cls) -> Numbering:
        return cls(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int32))

    def grown(self, hashes: NDArray[np.uint32]) -> Numbering:
        """With numbers for those of these terms that had none."""
        distinct = np.unique(hashes)
        new = distinct[self.of(distinct) < 0]
        if not len(new):
            return self
        places = np.searchsorted(self.hashes, new)
        numbers = np.arange(len(self.hashes), len(self.hashes) + len(new), dtype=np.int32)
        return Numbering(np.insert(self.hashes, places, new), np.insert(self.numbers, places, numbers))

    def of(self, hashes: NDArray[np.uint32]) -> NDArray[np.int32]:
        """The numbers of terms, −1 of those that have none."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, dtype=np.int32)
        places = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        numbers: NDArray[np.int32] = np.where(self.hashes[places] == hashes, self.numbers[places], -1)
        return numbers

    def marked(self, hashes: NDArray[np.uint32]) -> NDArray[Any]:
        """For each number 1 + the place of its term among `hashes`, 0 for the others; one byte each where that is
        enough, for it is read in no order."""
        marks = np.zeros(len(self.hashes), dtype=np.uint8 if len(hashes) < _BYTE else np.int32)
        numbers = self.of(hashes)
        places = np.flatnonzero(numbers >= 0)
        marks[numbers[places]] = places + 1
        return marks


class TermColumns:
    """The terms of many texts, one text after another, ascending by hash within each, with a number for each term."""

    def __init__(self, dtype: DTypeLike) -> None:
        self.numbering = Numbering.empty()
        self.terms = Column(np.int32)
        self.numbers = Column(dtype)
        self.starts = Column(np.int64)
        self._postings: Postings | None = None

    def add(self, texts: Sequence[tuple[NDArray[np.uint32], NDArray[Any]]]) -> None:
        """Texts as (hashes, a number for each)."""
        hashes = np.concatenate([text for text, _ in texts])
        self.numbering = self.numbering.grown(hashes)
        ends = self.terms.size + np.cumsum([len(text) for text, _ in texts])
        self.starts.extend(np.concatenate([[self.terms.size], ends[:-1]]))
        self.terms.extend(self.numbering.of(hashes))
        self.numbers.extend(np.concatenate([numbers for _, numbers in texts]))

    def of(self, rows: Places) -> TermRows:
        starts = self.starts.values
        ends = np.append(starts[1:], self.terms.size)
        return TermRows(
            self.numbering, self.terms.values, self.numbers.values, starts[rows], ends[rows] - starts[rows],
            rows, self._up_to_date() if len(starts) >= _WORTH_LISTING else None,
        )  # fmt: skip

    def _up_to_date(self) -> Postings:
        """Where each term stands, among all texts but the latest."""
        held = self._postings
        if held is None or self.starts.size > held.texts * 9 // 8:
            held = self._postings = Postings.of(self)
        return held


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each term the texts that hold it (倒排), of the first `texts` texts: those of the term with number n stand at
    starts[n] to starts[n + 1]."""

    texts: int
    starts: Places
    rows: NDArray[np.int32]
    numbers: NDArray[Any]

    @classmethod
    def of(cls, columns: TermColumns) -> Postings:
        terms, starts = columns.terms.values, columns.starts.values
        order = np.argsort(terms, kind="stable")
        sizes = np.diff(np.append(starts, len(terms)))
        rows = np.repeat(np.arange(len(starts), dtype=np.int32), sizes)
        held = np.bincount(terms, minlength=len(columns.numbering.hashes))
        return cls(
            len(starts), np.concatenate([[0], np.cumsum(held)]), rows[order], columns.numbers.values[order]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Where terms that were asked stand: the row, the term's place among those asked, the number beside it."""

    rows: Places
    asked: Places
    numbers: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class TermRows:
    """The terms of some texts among `TermColumns`."""

    numbering: Numbering
    terms: NDArray[np.int32]
    numbers: NDArray[Any]
    starts: Places
    sizes: Places
    rows: Places
    postings: Postings | None = None

    def find(self, hashes: NDArray[np.uint32]) -> Found:
        """Every row's terms that are among `hashes` (ascending), each row's in the order of their hashes. Looked up
        under the terms where that is less to read, else read off the rows."""
        held = self.postings
        if held and len(self.rows) and int(self.rows.max()) < held.texts:
            numbers = self.numbering.of(hashes)
            asked = np.flatnonzero((numbers >= 0) & (numbers < len(held.starts) - 1))
            starts = held.starts[numbers[asked]]
            sizes = held.starts[numbers[asked] + 1] - starts
            if sizes.sum() < self.sizes.sum():
                return self._looked_up(held, asked, starts, sizes)
        return self._read_off(hashes)

    def _looked_up(self, held: Postings, asked: Places, starts: Places, sizes: Places) -> Found:
        places = spans(starts, sizes)
        # Where a row is wanted, and where not; the same row wanted twice is not known to happen.
        wanted = np.full(held.texts, -1, dtype=np.int32)
        wanted[self.rows] = np.arange(len(self.rows))
        rows = wanted[held.rows[places]]
        hits = np.flatnonzero(rows >= 0)
        terms = np.repeat(asked, sizes)[hits]
        return Found(rows[hits].astype(np.int64), terms, held.numbers[places[hits]].astype(np.float64))

    def _read_off(self, hashes: NDArray[np.uint32]) -> Found:
        ends = np.cumsum(self.sizes)
        places = spans(self.starts, self.sizes)
        marks = self.numbering.marked(hashes)[self.terms[places]]
        hits = np.flatnonzero(marks)
        rows = np.searchsorted(ends, hits, side="right")
        return Found(rows, marks[hits].astype(np.int64) - 1, self.numbers[places[hits]].astype(np.float64))

    def covered(
        self, queries: Sequence[PrunedQuery], lengths: FloatArray, slack: FloatArray
    ) -> list[FloatArray]:
        """For each query the share of its weight that each text covers: what `coverage.coverages` says of offers."""
        asked = np.unique(np.concatenate([query.hashes for query in queries]))
        found = self.find(asked)
        saturated = found.numbers + slack[found.rows]
        shared = []
        for query in queries:
            weights = np.zeros(len(asked))
            weights[np.searchsorted(asked, query.hashes)] = query.weights
            weighed = weights[found.asked] * found.numbers / saturated
            covered = np.bincount(found.rows, weights=weighed, minlength=len(self.sizes)).astype(np.float64)
            shared.append(shares(covered, np.full(len(lengths), query.total), lengths))
        return shared

    def named_in(self, text: Bag, totals: FloatArray, slack: float) -> FloatArray:
        """The share of each query's weight that one text covers; the rows are queries, their numbers weights."""
        found = self.find(text.hashes)
        counts = text.counts[found.asked].astype(np.float64)
        weighed = found.numbers * counts / (counts + slack)
        covered = np.bincount(found.rows, weights=weighed, minlength=len(self.sizes)).astype(np.float64)
        return shares(covered, totals, np.full(len(totals), text.length))


class VectorColumns:
    """Stepped vectors in sixteen bits; a row of −1 stands for none."""

    def __init__(self) -> None:
        self.vectors: Column | None = None

    def add(self, vectors: Iterable[Vector]) -> int:
        """Put vectors at the end; gives the row of the first."""
        held = np.array(list(vectors), dtype=np.int16)
        if self.vectors is None:
            self.vectors = Column(np.int16, held.shape[1])
        first = self.vectors.size
        self.vectors.extend(held)
        return first

    def cosines(self, one: Vector | None, rows: Places) -> FloatArray:
        """See `coverage.cosines`."""
        result = np.full(len(rows), np.nan)
        known = np.flatnonzero(rows >= 0)
        if one is not None and len(known) and self.vectors is not None:
            result[known] = cosines_of(self.vectors.values[rows[known]].astype(np.float32), one)
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the columns need to know of an offer besides its terms; `taught` is the same for all offers of these
    majors, None where the offer's own vector stands for it."""

    title: PrunedQuery
    vector: Vector | None
    taught: Vector | None
    majors: tuple[int, ...]

    @property
    def trained(self) -> Vector | None:
        """What the offer trains for."""
        return self.vector if self.taught is None else self.taught


@dataclass(frozen=True, slots=True, eq=False)
class OfferRows:
    """Some offers among the columns."""

    words: TermRows
    grams: TermRows
    titles: TermRows
    title_totals: FloatArray
    lengths: tuple[FloatArray, FloatArray]
    vectors: VectorColumns
    own: Places
    taught: Places
    majors: Sequence[tuple[int, ...]]

    def meant(self, one: Vector | None) -> FloatArray:
        """Cosine with each offer's own vector."""
        return self.vectors.cosines(one, self.own)

    def trained(self, one: Vector | None) -> FloatArray:
        """Cosine with what each offer's majors train for."""
        return self.vectors.cosines(one, self.taught)


class OfferColumns:
    """All offers met so far."""

    def __init__(self, tell: Callable[[Content], Told], most: int = MOST_KEPT) -> None:
        self._tell = tell
        self._most = most
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._rows: dict[Content, int] = {}
        self._words, self._grams, self._titles = (
            TermColumns(dtype) for dtype in (np.uint16, np.uint16, np.float64)
        )
        self._lengths = Column(np.float64, 2)
        self._totals = Column(np.float64)
        self._vectors = VectorColumns()
        self._own, self._taught = Column(np.int64), Column(np.int64)
        self._taught_rows: dict[tuple[int, ...], int] = {}
        self._majors: list[tuple[int, ...]] = []

    def of(self, contents: Sequence[Content]) -> OfferRows:
        """These offers, each named once, arranged now if they were not."""
        with self._lock:
            new = [content for content in dict.fromkeys(contents) if content not in self._rows]
            if len(self._rows) + len(new) > self._most:
                self._begin()
                new = list(dict.fromkeys(contents))
            if new:
                self._add(new)
            rows = np.array([self._rows[content] for content in contents], dtype=np.int64)
            lengths = self._lengths.values[rows]
            return OfferRows(
                words=self._words.of(rows),
                grams=self._grams.of(rows),
                titles=self._titles.of(rows),
                title_totals=self._totals.values[rows],
                lengths=(lengths[:, 0], lengths[:, 1]),
                vectors=self._vectors,
                own=self._own.values[rows],
                taught=self._taught.values[rows],
                majors=[self._majors[row] for row in rows.tolist()],
            )

    def _add(self, contents: Sequence[Content]) -> None:
        told = [self._tell(content) for content in contents]
        bags = [content.terms for content in contents]
        self._words.add([(bag.words.hashes, bag.words.counts) for bag in bags])
        self._grams.add([(bag.grams.hashes, bag.grams.counts) for bag in bags])
        self._titles.add([(one.title.hashes, one.title.weights) for one in told])
        self._totals.extend(np.array([one.title.total for one in told]))
        self._lengths.extend(np.array([(bag.words.length, bag.grams.length) for bag in bags]))
        self._own.extend(self._added([one.vector for one in told]))
        self._taught.extend(self._shared(told))
        self._majors += [one.majors for one in told]
        first = len(self._rows)
        self._rows.update((content, first + number) for number, content in enumerate(contents))

    def _added(self, vectors: Sequence[Vector | None]) -> Places:
        """Rows of vectors, −1 for none."""
        rows = np.full(len(vectors), -1, dtype=np.int64)
        known = [number for number, vector in enumerate(vectors) if vector is not None]
        if known:
            first = self._vectors.add(vector for vector in vectors if vector is not None)
            rows[known] = np.arange(first, first + len(known))
        return rows

    def _shared(self, told: Sequence[Told]) -> Places:
        """Rows of what majors train for, one for all offers of the same majors; of no known major the offer's own."""
        by_majors = [() if one.taught is None else one.majors for one in told]
        new = {
            majors: one.taught
            for majors, one in zip(by_majors, told, strict=True)
            if majors and majors not in self._taught_rows
        }
        self._taught_rows.update(zip(new, self._added(list(new.values())).tolist(), strict=True))
        own = self._own.values[self._own.size - len(told) :].tolist()
        rows = (self._taught_rows.get(majors, row) for majors, row in zip(by_majors, own, strict=True))
        return np.array(list(rows), dtype=np.int64)
