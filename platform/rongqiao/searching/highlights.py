"""Which of the words are in a posting, and where: for people to see why it was found."""

import unicodedata
from collections.abc import Iterable

from matching.taxonomy.tables import plain

from .national import synonyms
from .understanding import Term, Understood

SNIPPET = 120
BEFORE = 30
MOST_MARKS = 20


def matched(understood: Understood, title: str, text: str, owner: str) -> list[str]:
    """The words of the question that a posting's title, text or owner has, as they stand there.

    Told with each row: who had typed H5 took a hit for 前端 to be a mistake.
    """
    haystack = plain("\n".join((title, text, owner)))
    return [word for term in understood.terms if (word := _found(term, haystack))]


def _found(term: Term, haystack: str) -> str:
    return next((word for word in spellings(term) if plain(word) in haystack), "")


def spellings(term: Term) -> list[str]:
    """All ways in which a term may stand in a text, the likeliest first."""
    others = [other for spelling in term.says for other in synonyms().get(plain(spelling), ())]
    names = [name.text for name in term.names]
    return list(dict.fromkeys(word for word in (*term.says, term.typed, *names, *others) if plain(word)))


def marks(words: Iterable[str], text: str) -> list[list[int]]:
    """Where the words stand in the text: [start, end) in characters, in order, without overlaps."""
    folded = "".join(_folded(character) for character in text)
    found: list[list[int]] = []
    for word in words:
        start = folded.find(word.lower()) if word else -1
        while start >= 0 and len(found) < MOST_MARKS:
            found.append([start, start + len(word)])
            start = folded.find(word.lower(), start + len(word))
    return _apart(sorted(found))


def _folded(character: str) -> str:
    """One character for one, so that places stay."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _apart(found: list[list[int]]) -> list[list[int]]:
    apart: list[list[int]] = []
    for mark in found:
        if apart and mark[0] < apart[-1][1]:
            apart[-1][1] = max(apart[-1][1], mark[1])
        else:
            apart.append(mark)
    return apart


def snippet(words: list[str], text: str) -> str:
    """The part of a text in which the first of the words stands; its beginning when none does."""
    found = marks(words, text)
    start = max(0, found[0][0] - BEFORE) if found else 0
    return text[start : start + SNIPPET]
