"""A pasted text as the readers see it: folded character by character, so that every place in it is a place in the
original; cut into clauses, and into segments by the headings people write (岗位职责, 任职要求, 公司简介)."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import rjieba

from .headings import HEADING, Segment, part_of

# One character each, or the places would no longer be those of the original.
_DASHES = dict.fromkeys("‐‑‒–—―−－﹣─━", "-")
_TILDES = dict.fromkeys("～〜∼˜", "~")
_OTHER = {"。": "。", "｡": "。", "﹕": ":", "︰": ":", "﹔": ";", "“": '"', "”": '"', "‘": "'", "’": "'"}
_FOLDED = {**_DASHES, **_TILDES, **_OTHER}
_LISTED = ("Nl", "No")  # ①, ⅱ: 年 after ① is not one year
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp")

_CLAUSE_ENDS = re.compile(
    r"[。;!?\n•●◆■★☆▪◇○§]|(?<![\d.])\d{1,2}(?:[、)]|[.](?!\d))|[(]\d{1,2}[)]|[一二三四五六七八九十][、](?=[^、,。;]{2})"
)
_PHRASE_ENDS = re.compile(r"[,。;!?\n•●◆■★☆▪◇○§|]|(?<![\d.])\d{1,2}(?:[、)]|[.](?!\d))")


@lru_cache(maxsize=50_000)
def _fold(character: str) -> str:
    """The character in half width and small letters; a blank for what is not seen, a bullet for ①."""
    if character in _FOLDED:
        return _FOLDED[character]
    if character in "\n\r\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return " "
    if category in _LISTED:
        return "•"
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def fold(words: str) -> str:
    """The same number of characters, folded."""
    return "".join(map(_fold, words))


def pattern(expression: str) -> re.Pattern[str]:
    """A pattern over folded text in which a blank stands for up to two blanks (3 年 以上)."""
    return re.compile(expression.replace(" ", "[ \t]{0,2}"))


@dataclass(frozen=True)
class Text:
    """`original` is what was pasted, `plain` the same folded, place for place. `hidden` are spans (contacts) that
    no reader sees and that are in no words taken from the text."""

    original: str
    hidden: tuple[tuple[int, int], ...] = ()

    @cached_property
    def plain(self) -> str:
        """The folded text; hidden spans are blanks."""
        plain = fold(self.original)
        for start, end in self.hidden:
            plain = plain[:start] + " " * (end - start) + plain[end:]
        return plain

    def without(self, spans: Iterable[tuple[int, int]]) -> "Text":
        """The same text with further spans hidden."""
        return Text(self.original, tuple(sorted({*self.hidden, *spans})))

    def words(self, start: int, end: int) -> str:
        """The original's words of a span without what is hidden and without invisible characters."""
        kept, place = [], start
        for first, last in self.hidden:
            if last > place and first < end:
                kept.append(self.original[place : max(place, first)])
                place = max(place, last)
        kept.append(self.original[place:end] if place < end else "")
        return "".join(map(_seen, "".join(kept))).strip()

    @cached_property
    def segments(self) -> list[Segment]:
        """The text cut at its headings; what stands before the first is of the part ""."""
        heads = [(found.start(), found.end(), part_of(found)) for found in HEADING.finditer(self.plain)]
        edges = [(0, 0, ""), *heads]
        ends = [head[0] for head in heads] + [len(self.plain)]
        return [Segment(part, head, start, end) for (head, start, part), end in zip(edges, ends, strict=True)]

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [segment.head for segment in self.segments]

    def part(self, place: int) -> str:
        """The part of the text that a place lies in: duties, asked, pay, company …, "" before any heading."""
        return self.segments[max(0, bisect_right(self._segment_starts, place) - 1)].part

    @cached_property
    def memory(self) -> dict[object, object]:
        """What readers have read already that others build on; goes with the text."""
        return {}

    @cached_property
    def word_edges(self) -> frozenset[int]:
        """Where words begin and end, by the dictionary."""
        edges, place = {0}, 0
        for word in rjieba.cut(self.plain):
            place += len(word)
            edges.add(place)
        return frozenset(edges)

    @cached_property
    def _clause_edges(self) -> list[int]:
        return self._edges(_CLAUSE_ENDS)

    @cached_property
    def _phrase_edges(self) -> list[int]:
        return self._edges(_PHRASE_ENDS)

    def _edges(self, ends: re.Pattern[str]) -> list[int]:
        """Where pieces begin and end: at marks, and around headings."""
        heads = {edge for segment in self.segments for edge in (segment.head, segment.start)}
        return sorted({0, len(self.plain), *heads, *(found.end() for found in ends.finditer(self.plain))})

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The sentence or item of a list around a span."""
        return _around(self._clause_edges, start, end)

    def phrase(self, start: int, end: int) -> tuple[int, int]:
        """The words between commas around a span."""
        return _around(self._phrase_edges, start, end)

    def before(self, start: int, most: int = 12) -> str:
        """What stands before a place within its clause, folded, at most so many characters."""
        return self.plain[max(self.clause(start, start)[0], start - most) : start]

    def after(self, end: int, most: int = 12) -> str:
        """What stands behind a place within its clause, folded, at most so many characters."""
        return self.plain[end : min(self.clause(end, end)[1], end + most)]

    def clauses(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The spans of the clauses between two places, blanks trimmed, empty ones left out."""
        end = len(self.plain) if end is None else end
        edges = [start, *(edge for edge in self._clause_edges if start < edge < end), end]
        return [trimmed for first, last in pairwise(edges) if (trimmed := self.trim(first, last))]

    def trim(self, start: int, end: int) -> tuple[int, int] | None:
        """The span without blanks and marks at its ends; None when nothing is left."""
        piece = self.plain[start:end]
        left = len(piece) - len(piece.lstrip(_MARKS))
        right = len(piece.rstrip(_MARKS))
        return (start + left, start + right) if right > left else None


_MARKS = " \t\n,.。;:!?、•●◆■★☆▪◇○§|-=*#>\"'"


def _seen(character: str) -> str:
    return (
        character if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Cn") else " "
    )


def _around(edges: list[int], start: int, end: int) -> tuple[int, int]:
    first = edges[max(0, bisect_right(edges, start) - 1)]
    place = bisect_right(edges, max(start, end - 1))
    return first, edges[min(place, len(edges) - 1)]
