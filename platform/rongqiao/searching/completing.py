"""Completion while typing: names that begin with what is typed, by characters, pinyin or first letters (输入提示)."""

from collections.abc import Iterator
from dataclasses import dataclass

from matching.taxonomy.tables import plain
from search.analysis import normalise

from .live import live
from .names import KINDS, Name, Names
from .national import national

MOST = 10
LONGEST = 40
SHARE = {"title": 4, "organisation": 4, "major": 3, "occupation": 3, "region": 2, "skill": 2}
"""How many of each kind are proposed at most, so that none fills the list."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that may be meant: its name, what it is, the code or id, and whether somebody has posted of it."""

    text: str
    kind: str
    value: str
    posted: bool


def complete(typed: str, most: int = MOST) -> list[Proposal]:
    """What the beginning of a word may become, what there are postings of first. No question to index or database, but
    for the look at new names once in a few seconds."""
    words = plain(normalise(typed))
    if not words or len(words) > LONGEST:
        return []
    known = live.names()
    exact = words if not words.isascii() else ""
    found = list(dict.fromkeys((*_proposed(known, words, lively=True), *_proposed(national(), words, lively=False))))
    found.sort(key=lambda one: (not one.posted, not one.text.startswith(exact), KINDS.index(one.kind), len(one.text)))
    return list(_shared(found, most))


def _proposed(names: Names, words: str, *, lively: bool) -> Iterator[Proposal]:
    for spelling in names.beginning(words):
        for name in names.meanings(spelling):
            if name.kind in SHARE:
                yield _proposal(name, lively)


def _proposal(name: Name, lively: bool) -> Proposal:
    return Proposal(name.text, name.kind, name.values[0] if name.values else "", lively or not live.codes.isdisjoint(name.values))


def _shared(found: list[Proposal], most: int) -> Iterator[Proposal]:
    """The first of each kind, as many as its share; one text once."""
    left = dict(SHARE)
    told: set[str] = set()
    for one in found:
        if len(told) >= most:
            return
        if one.text not in told and left[one.kind]:
            left[one.kind] -= 1
            told.add(one.text)
            yield one
