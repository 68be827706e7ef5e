"""The spellings of a vocabulary arranged for reading text from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.taxonomy.vocabulary import Skill, Vocabulary

_LATIN = re.compile("[a-z0-9]")
_SEPARATED = re.compile(r"(?<=[a-z0-9])[ \-./](?=[a-z0-9])")


@dataclass(frozen=True, slots=True)
class Reading:
    """One skill that a spelling may mean. `written` holds the case it must have, "" for any."""

    skill: str
    trade: str
    guarded: bool
    written: str
    context: tuple[str, ...]


class Lexicon:
    """spelling → readings, and for every first pair of characters the lengths worth trying, longest first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.readings: dict[str, tuple[Reading, ...]] = {word.lower(): () for word in vocabulary.not_skills}
        for skill in vocabulary:
            self._add(skill, vocabulary)
        lengths: dict[str, set[int]] = {}
        for spelling in self.readings:
            lengths.setdefault(spelling[:2], set()).add(len(spelling))
        self.lengths = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
        letters = "".join(spelling for spelling in self.readings if len(spelling) == 1)
        self.single_letters = re.compile(
            f"(?<![a-z0-9+#./-])(?<![a-z] )[{letters or ' '}](?![a-z0-9+#./-])(?! [a-z])"
        )

    def _add(self, skill: Skill, vocabulary: Vocabulary) -> None:
        trade = vocabulary.trades.get(skill.parent)
        context = skill.context + (trade.context if trade is not None else ())
        lower_context = tuple(word.lower() for word in context)
        for spelling in dict.fromkeys((skill.name, *skill.aliases)):
            for variant in variants(spelling.lower()):
                self._put(variant, Reading(skill.code, skill.parent, False, "", lower_context))
        for spelling in skill.guarded:
            reading = Reading(skill.code, skill.parent, True, spelling, lower_context)
            self._put(spelling.lower(), reading)

    def _put(self, spelling: str, reading: Reading) -> None:
        present = self.readings.get(spelling, ())
        if reading not in present:
            self.readings[spelling] = (*present, reading)

    def read(self, cased: str, lower: str, start: int, end: int) -> tuple[Reading, ...] | None:
        """The readings of lower[start:end]; None when it is no spelling or is part of a longer Latin word."""
        readings = self.readings.get(lower[start:end])
        if readings is None or end > len(lower) or not stands_alone(lower, start, end):
            return None
        if not readings:
            return readings
        written = cased[start:end]
        return tuple(one for one in readings if not one.written or one.written == written) or None


def stands_alone(lower: str, start: int, end: int) -> bool:
    """Whether a spelling is not cut out of a Latin word: "java" in javascript is, "python" in python3 is
    not."""
    first, last = lower[start], lower[end - 1]
    if start and (_is_latin(first) or first == ".") and _is_latin(lower[start - 1]):
        return False
    if not _is_latin(last):
        return not (last in "+#" and lower[end : end + 1] in ("+", "#"))
    rest = end
    while last.isalpha() and end - start > 2 and lower[rest : rest + 1].isdigit():
        rest += 1
    following = lower[rest : rest + 1]
    return not (_is_latin(following) or (following in "+#" and following != "" and end - start < 3))


def _is_latin(character: str) -> bool:
    return _LATIN.match(character) is not None


def variants(spelling: str) -> set[str]:
    """A lower-case spelling with its Latin parts joined, spaced or hyphened: node.js, nodejs, node-js."""
    return {spelling, *(_SEPARATED.sub(joint, spelling) for joint in ("", " ", "-"))}
