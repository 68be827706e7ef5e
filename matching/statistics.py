"""How rare a term or a skill is among the distinct contents: one fixed snapshot (快照) that scores refer
to.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.records import Content
from matching.terms import Bag, term_hash

_HEADER = struct.Struct("<QddIII")
_CHUNK = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Frequencies:
    """In how many contents each term stands: ascending hashes (uint32) and counts (uint32)."""

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint32]

    @classmethod
    def empty(cls) -> Frequencies:
        return cls(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32))

    def of(self, hashes: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The number of contents that hold each of `hashes`; 0 for a term never seen."""
        if not len(self.hashes):
            return np.zeros(len(hashes))
        places = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        found = self.hashes[places] == hashes
        return np.where(found, self.counts[places], 0).astype(np.float64)


class _Counting:
    """Adds up document frequencies in chunks, so that memory stays near the size of the vocabulary."""

    def __init__(self) -> None:
        self.total = Frequencies.empty()
        self.pending: list[NDArray[np.uint32]] = []

    def add(self, hashes: NDArray[np.uint32]) -> None:
        self.pending.append(hashes)
        if len(self.pending) >= _CHUNK:
            self.merge()

    def merge(self) -> Frequencies:
        hashes = np.concatenate([self.total.hashes, *self.pending])
        ones = np.ones(len(hashes) - len(self.total.hashes), dtype=np.uint32)
        distinct, places = np.unique(hashes, return_inverse=True)
        counts = np.bincount(places, weights=np.concatenate([self.total.counts, ones]))
        self.total = Frequencies(distinct.astype(np.uint32), counts.astype(np.uint32))
        self.pending = []
        return self.total


@dataclass(frozen=True, slots=True, eq=False)
class TermStatistics:
    """Document frequencies of words, grams and skills, and average lengths, over `contents` distinct
    contents.

    `version` names the snapshot by its own bytes. What the snapshot has never seen weighs 1; an empty
    snapshot therefore weighs everything 1.
    """

    contents: int
    average_words: float
    average_grams: float
    words: Frequencies
    grams: Frequencies
    skills: Frequencies
    version: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", blake2b(self.to_bytes(), digest_size=8).hexdigest())

    @classmethod
    def empty(cls) -> TermStatistics:
        return cls(0, 1.0, 1.0, Frequencies.empty(), Frequencies.empty(), Frequencies.empty())

    @classmethod
    def from_contents(cls, contents: Iterable[Content]) -> TermStatistics:
        """Count once over the distinct contents; their order changes nothing."""
        words, grams, skills = _Counting(), _Counting(), _Counting()
        total = word_length = gram_length = 0
        for content in contents:
            total += 1
            word_length += int(content.terms.words.length)
            gram_length += int(content.terms.grams.length)
            words.add(content.terms.words.hashes)
            grams.add(content.terms.grams.hashes)
            skills.add(np.array([term_hash(skill) for skill in content.skills], dtype=np.uint32))
        if not total:
            return cls.empty()
        averages = max(1.0, word_length / total), max(1.0, gram_length / total)
        return cls(total, *averages, words.merge(), grams.merge(), skills.merge())

    def word_idf(self, bag: Bag) -> NDArray[np.float64]:
        return self._idf(self.words.of(bag.hashes))

    def gram_idf(self, bag: Bag) -> NDArray[np.float64]:
        return self._idf(self.grams.of(bag.hashes))

    def held_word_idf(self, hashes: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The weights of words that no text here need have said: 0 for those that no content holds."""
        return self._held_idf(self.words, hashes)

    def held_gram_idf(self, hashes: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The same of grams."""
        return self._held_idf(self.grams, hashes)

    def _held_idf(self, table: Frequencies, hashes: NDArray[np.uint32]) -> NDArray[np.float64]:
        frequencies = table.of(hashes)
        return np.where((frequencies > 0) | (self.contents == 0), self._idf(frequencies), 0.0)

    def skill_idf(self, skills: Iterable[str]) -> dict[str, float]:
        """How much each skill weighs in a skill coverage (技能覆盖)."""
        asked = sorted(skills)
        hashes = np.array([term_hash(skill) for skill in asked], dtype=np.uint32)
        return dict(zip(asked, self._idf(self.skills.of(hashes)).tolist(), strict=True))

    def _idf(self, frequencies: NDArray[np.float64]) -> NDArray[np.float64]:
        """ln(1 + (N − n + ½)/(n + ½)) as in BM25 (Robertson and Zaragoza 2009), to four decimals; unseen:
        1.
        """
        idf = np.log1p((self.contents - frequencies + 0.5) / (frequencies + 0.5))
        rounded: NDArray[np.float64] = np.where(frequencies > 0, np.rint(idf * 1e4) / 1e4, 1.0)
        return rounded

    def to_bytes(self) -> bytes:
        tables = (self.words, self.grams, self.skills)
        sizes = [len(table.hashes) for table in tables]
        parts = [_HEADER.pack(self.contents, self.average_words, self.average_grams, *sizes)]
        for table in tables:
            parts += [table.hashes.astype("<u4").tobytes(), table.counts.astype("<u4").tobytes()]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> TermStatistics:
        """Read what `to_bytes` wrote. Raises ValueError when the length does not fit the header."""
        if len(data) < _HEADER.size:
            raise ValueError("term statistics: shorter than their header; take a new snapshot")
        contents, average_words, average_grams, *sizes = _HEADER.unpack_from(data)
        if len(data) != _HEADER.size + 8 * sum(sizes):
            raise ValueError("term statistics: length does not fit the header; take a new snapshot")
        tables, start = [], _HEADER.size
        for size in sizes:
            hashes = np.frombuffer(data, dtype="<u4", count=size, offset=start).astype(np.uint32)
            counts = np.frombuffer(data, dtype="<u4", count=size, offset=start + 4 * size).astype(np.uint32)
            tables.append(Frequencies(hashes, counts))
            start += 8 * size
        return cls(contents, average_words, average_grams, *tables)
