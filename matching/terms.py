"""The terms of a text as sorted hashes: what the text relevance (文本相关) of two contents is counted
from.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

TITLE_TIMES = 2
"""A term of the title counts this many times a term of the body."""

_FIRST_CHINESE = "\u3400"
_RUNS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9]+")
_LARGEST_COUNT = 65_535
_HEADER = struct.Struct("<II")


class TokensLike(Protocol):
    """What an analysis of a text gives: dictionary words and character 1-2-grams."""

    @property
    def words(self) -> Sequence[str]: ...

    @property
    def grams(self) -> Sequence[str]: ...


def term_hash(term: str) -> int:
    """The 32-bit hash under which a term is counted; the same on every machine."""
    return crc32(term.encode())


def title_grams(title: str) -> list[str]:
    """The character grams of a short name: every Chinese character and pair of neighbours, other words whole.

    The same as an analysis gives for names, which keep no tokens of their own once title and body are counted.
    """
    grams: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", title).lower()):
        grams += [*run, *map("".join, pairwise(run))] if run > _FIRST_CHINESE else [run]
    return grams


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The distinct terms of one text in one analysis.

    `hashes` (uint32) ascend, `counts` (uint16) say how often each occurs, `length` is the sum of the counts.
    """

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint16]
    length: float

    @classmethod
    def of(cls, title: Iterable[str], body: Iterable[str]) -> Bag:
        tally: Counter[int] = Counter()
        for term, count in Counter(title).items():
            tally[term_hash(term)] += TITLE_TIMES * count
        for term, count in Counter(body).items():
            tally[term_hash(term)] += count
        hashes = np.array(sorted(tally), dtype=np.uint32)
        counts = np.array([min(tally[int(term)], _LARGEST_COUNT) for term in hashes], dtype=np.uint16)
        return cls.from_arrays(hashes, counts)

    @classmethod
    def from_arrays(cls, hashes: NDArray[np.uint32], counts: NDArray[np.uint16]) -> Bag:
        return cls(hashes, counts, float(counts.sum(dtype=np.int64)))


def spans(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """All places of spans of texts that stand one after another, one span after another."""
    ends = np.cumsum(sizes)
    places = np.repeat(starts - (ends - sizes), sizes)
    places += np.arange(len(places))
    return places


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Words and grams of one content, kept apart. Compared and hashed by identity: it never changes."""

    words: Bag
    grams: Bag

    @classmethod
    def of(cls, title: TokensLike, body: TokensLike) -> Terms:
        """Count the terms of a title (each twice) and a body."""
        return cls(Bag.of(title.words, body.words), Bag.of(title.grams, body.grams))

    @classmethod
    def empty(cls) -> Terms:
        return cls(Bag.of((), ()), Bag.of((), ()))

    def to_bytes(self) -> bytes:
        """Six bytes a term, little-endian; `from_bytes` gives the same terms back."""
        parts = [_HEADER.pack(len(self.words.hashes), len(self.grams.hashes))]
        for bag in (self.words, self.grams):
            parts += [bag.hashes.astype("<u4").tobytes(), bag.counts.astype("<u2").tobytes()]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Terms:
        """Read what `to_bytes` wrote. Raises ValueError when the length does not fit the header."""
        if len(data) < _HEADER.size:
            raise ValueError("terms: shorter than their header; build them again from the text")
        words, grams = _HEADER.unpack_from(data)
        if len(data) != _HEADER.size + 6 * (words + grams):
            raise ValueError("terms: length does not fit the header; build them again from the text")
        start = _HEADER.size
        return cls(_read_bag(data, start, words), _read_bag(data, start + 6 * words, grams))


def _read_bag(data: bytes, start: int, size: int) -> Bag:
    hashes = np.frombuffer(data, dtype="<u4", count=size, offset=start)
    counts = np.frombuffer(data, dtype="<u2", count=size, offset=start + 4 * size)
    return Bag.from_arrays(hashes.astype(np.uint32, copy=False), counts.astype(np.uint16, copy=False))
