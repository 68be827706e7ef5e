"""Finding skills in text (技能识别): a dictionary of spellings, the longest match first, with places in the
original text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add

from matching.taxonomy.lexicon import Lexicon, Reading
from matching.taxonomy.misspelling import Misspellings
from matching.taxonomy.tables import plain
from matching.taxonomy.vocabulary import Vocabulary, vocabulary

WINDOW = 30
"""How many characters to either side of a guarded spelling are searched for its trade."""

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_LATIN_WORD = re.compile(r"[a-z][a-z0-9+#.]{4,}")
_AFFIXES = re.compile(
    "^(?:熟练|精通|掌握|熟悉|了解|具备|使用|运用|会|能)+"
    "|(?:技术|操作|使用|应用|能力|技能|软件|工具|开发|编程|经验|证书|证|基础)$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A skill in a text: `surface` is text[start:end] of the original. `score` is 1.0 for a known spelling,
    else how much of a misspelt one is right."""

    skill_id: str
    start: int
    end: int
    surface: str
    score: float

    @property
    def exact(self) -> bool:
        """Whether it stands there in a known spelling."""
        return self.score == 1.0


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched. `offsets[i]` is the original place of character i, with the end at the last
    index; None where both have the same places."""

    cased: str
    lower: str
    offsets: Sequence[int] | None

    def original(self, position: int) -> int:
        """The place in the original text of a place in the folded one."""
        return position if self.offsets is None else self.offsets[position]


def fold(text: str) -> Folded:
    """Full width made half width, compatibility characters resolved, case kept beside lower case."""
    cased = _FULL_WIDTH.sub(lambda wide: _HALF_WIDTH[wide[0]], text)
    lower = cased.lower()
    if len(lower) == len(cased) and unicodedata.is_normalized("NFKC", cased):
        return Folded(cased, lower, None)
    pieces: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        piece = unicodedata.normalize("NFKC", character)
        piece = piece if len(piece.lower()) == len(piece) else character
        pieces.append(piece if len(piece.lower()) == len(piece) else " ")
        offsets.extend([place] * len(pieces[-1]))
    cased = "".join(pieces)
    return Folded(cased, "".join(map(str.lower, cased)), [*offsets, len(text)])


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    readings: tuple[Reading, ...]


class SkillFinder:
    """Finds the skills of a vocabulary. Build it once: building takes tens of milliseconds, finding a
    fraction of one."""

    def __init__(self, words: Vocabulary | None = None) -> None:
        self.vocabulary = words or vocabulary()
        self.lexicon = Lexicon(self.vocabulary)
        self._misspelt = lru_cache(maxsize=20_000)(self.misspellings.nearest)

    @cached_property
    def misspellings(self) -> Misspellings:
        """Latin spellings of five letters and more, for what is nearly one of them."""
        return Misspellings(self.vocabulary)

    def find(self, text: str) -> list[Found]:
        """The skills a text names, in order, never overlapping; the same skill as often as it stands there.

        The longest spelling wins (Spring Boot, not Spring); Latin spellings stand as words; C++, C#, .NET
        and Node.js are read whole; Latin words of five letters and more may be misspelt. 不要求 and 无需
        are not understood.
        """
        folded = fold(text)
        matches = self._scan(folded)
        found = [self._found(text, folded, match, skill) for match, skill in self._settle(folded, matches)]
        found.extend(self._find_misspelt(text, folded, matches))
        found.sort(key=lambda one: one.start)
        return found

    def _scan(self, folded: Folded) -> list[_Match]:
        """All spellings from left to right, the longest at each place, none inside another."""
        lower, lexicon = folded.lower, self.lexicon
        lengths_of, spellings, reach = lexicon.lengths, lexicon.readings, 0
        starts: Iterable[int] = [
            place for place, pair in enumerate(map(add, lower, lower[1:])) if pair in lengths_of
        ]
        alone = [match.start() for match in lexicon.single_letters.finditer(lower)]
        if alone:
            starts = sorted({*starts, *alone})
        matches: list[_Match] = []
        for start in starts:
            if start < reach:
                continue
            for length in lengths_of.get(lower[start : start + 2], (1,)):
                if lower[start : start + length] not in spellings:
                    continue
                readings = lexicon.read(folded.cased, lower, start, start + length)
                if readings is not None:
                    reach = start + length
                    matches.append(_Match(start, reach, readings))
                    break
        return matches

    def _settle(self, folded: Folded, matches: Sequence[_Match]) -> list[tuple[_Match, str]]:
        """Each match with the skill it means; guarded spellings without their trade nearby are dropped."""
        settled = []
        for match in matches:
            if not match.readings:
                continue
            sure = [reading.skill for reading in match.readings if not reading.guarded]
            skill = sure[0] if sure else self._most_supported(folded, match, matches)
            if skill:
                settled.append((match, skill))
        return settled

    def _most_supported(self, folded: Folded, match: _Match, matches: Sequence[_Match]) -> str | None:
        """Of the readings of a guarded spelling the one whose trade is most in evidence around it."""
        around = folded.lower[max(0, match.start - WINDOW) : match.end + WINDOW]
        near = [
            reading
            for other in matches
            if other is not match and other.start < match.end + WINDOW and other.end > match.start - WINDOW
            for reading in other.readings
        ]
        best, most = None, 0
        for reading in match.readings:
            words = sum(word in around for word in reading.context)
            company = sum(1 if other.guarded else 2 for other in near if other.trade == reading.trade)
            if words * 3 + company > most:
                best, most = reading.skill, words * 3 + company
        return best

    def _find_misspelt(self, text: str, folded: Folded, matches: Sequence[_Match]) -> Iterable[Found]:
        """Latin words outside all matches that are nearly a spelling."""
        spans = iter([*((match.start, match.end) for match in matches), (len(folded.lower), 0)])
        taken_from, taken_to = next(spans)
        for word in _LATIN_WORD.finditer(folded.lower):
            start, end = word.start(), word.end() - (word[0][-1] == ".")
            while 0 < taken_to <= start:
                taken_from, taken_to = next(spans)
            nearest = self._misspelt(folded.lower[start:end]) if end <= taken_from else None
            if nearest is not None:
                first, last = folded.original(start), folded.original(end - 1) + 1
                yield Found(nearest[0], first, last, text[first:last], nearest[1])

    def _found(self, text: str, folded: Folded, match: _Match, skill: str) -> Found:
        start, end = folded.original(match.start), folded.original(match.end - 1) + 1
        return Found(skill, start, end, text[start:end], 1.0)

    def resolve(self, tag: str) -> tuple[str, float] | None:
        """The skill that an explicit tag means and how sure that is (1.0 for a known spelling); None if
        none is near.

        A tag needs no context: "PS" alone is Photoshop. Words around a skill (熟练…, …技术) are taken off.
        """
        bare = plain(tag)
        core = _AFFIXES.sub("", bare)
        for spelling in dict.fromkeys((bare, core, _AFFIXES.sub("", core))):
            known = self.vocabulary.named(spelling) if spelling else ()
            if known:
                return known[0].code, 1.0
        return self.misspellings.nearest_tag(core)
