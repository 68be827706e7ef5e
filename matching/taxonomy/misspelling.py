"""What a misspelt skill was meant to be (拼写纠错), by rapidfuzz."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from matching.taxonomy.tables import plain
from matching.taxonomy.vocabulary import Vocabulary

SHORTEST = 5
"""Letters a Latin word must have; shorter ones are too near to each other."""
TWO_EDITS_FROM = 8
TAG_CUTOFF = 80.0
"""rapidfuzz ratio that a tag of Chinese or mixed text must reach: one wrong character in five."""

_LATIN_SPELLING = re.compile(r"[a-z][a-z0-9+#. -]*[a-z0-9+#]")


class Misspellings:
    """Spellings by first letter, so that few are compared; a misspelt first letter is not understood."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._not_skills = {word.lower() for word in vocabulary.not_skills}
        self._tags: dict[str, str] = {}
        self._latin: dict[str, dict[str, str]] = {}
        for skill in vocabulary:
            for spelling in (skill.name, *skill.aliases):
                self._add(spelling.lower(), skill.code)

    def _add(self, spelling: str, code: str) -> None:
        self._tags.setdefault(plain(spelling), code)
        joined = spelling.replace(" ", "").replace("-", "")
        if len(joined) >= SHORTEST and _LATIN_SPELLING.fullmatch(spelling):
            self._latin.setdefault(spelling[0], {}).setdefault(joined, code)

    def nearest(self, word: str) -> tuple[str, float] | None:
        """(skill, share of letters that are right) for a lower-case Latin word: one edit, from eight
        letters on two, where swapping two letters is one. None when nothing is that near or the word is
        known not to be a skill."""
        if len(word) < SHORTEST or word in self._not_skills:
            return None
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        spellings = self._latin.get(word[0], {})
        best = process.extractOne(word, spellings.keys(), scorer=OSA.distance, score_cutoff=edits)
        if best is None:
            return None
        spelling, distance, _ = best
        return spellings[spelling], round(1 - distance / max(len(word), len(spelling)), 4)

    def nearest_tag(self, tag: str) -> tuple[str, float] | None:
        """(skill, score) for an explicit tag without spaces and punctuation, Latin or Chinese; None if none
        is near."""
        if tag.isascii():
            return self.nearest(tag)
        best = process.extractOne(tag, self._tags.keys(), scorer=fuzz.ratio, score_cutoff=TAG_CUTOFF)
        return None if best is None else (self._tags[best[0]], round(best[1] / 100, 4))
