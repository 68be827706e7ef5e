"""Text into terms (分词): dictionary words and character 1-2-grams, side by side.

Grams win on short titles, words on long descriptions, so both are kept. The same function
serves documents and queries, for every engine: engines only split on white space.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context

import numpy as np
import rjieba

_TEXTS_AT_ONCE = 250
LONGEST_TERM = 64
"""Characters of a term that count; longer runs (keys, base64, no spaces) are cut there."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER = rf"[^\W_{_CJK}]"
_CHINESE = re.compile(rf"[{_CJK}]+")
_NOT_CHINESE = re.compile(rf"[^{_CJK}]+")
# A term of another script: .net, node.js, c++, c#, 3.5, c++17 → c++ 17.
_TERM = re.compile(rf"(?:(?<!{_OTHER})\.)?{_OTHER}+(?:\.{_OTHER}+)*(?:\+\+|[+#](?!{_OTHER}))?")
_CODE, _CODES = "<u4", "utf-32-le"
_WIDE = tuple((wide, chr(ord(wide) - 0xFEE0)) for wide in "，：；（）！？")
"""Nearly every Chinese text has these, and nothing else that is spelled anew: to replace them takes a twentieth of the time."""
# Everything that is neither printed nor white space: controls, formats (zero width), surrogates, private use.
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The terms of one text in its order, repeats kept."""

    words: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By the sizes and the beginnings: a text of a thousand terms is looked up in caches again and again."""
        return hash((len(self.words), len(self.grams), self.words[:16], self.grams[:16]))

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.words + other.words, self.grams + other.grams)


def normalise(text: str) -> str:
    """The text in one spelling: NFKC (全角→半角), lower case, no control characters, single spaces."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub(" ", _UNPRINTED.sub(" ", text.lower())).strip()


def analyse(text: str) -> Tokens:
    """Words and grams of a text.

    Words: 搜索引擎 segmentation of Chinese runs (a long word also gives the words inside it), then
    the terms of other scripts (c++, c#, .net, node.js whole; a dotted term also gives its parts).
    Grams: every Chinese character, then every pair of neighbours, then terms of other scripts whole.
    Punctuation gives nothing.
    """
    runs, words, others = _read(normalise(text))
    characters = runs.replace(" ", "")
    pairs = [run[place : place + 2] for run in runs.split(" ") for place in range(len(run) - 1)]
    return Tokens((*words, *others, *_parts(others)), (*characters, *pairs, *others))


def _read(text: str) -> tuple[str, list[str], list[str]]:
    """Chinese runs with spaces between them, their words, and the terms of other scripts."""
    runs = _NOT_CHINESE.sub(" ", text).strip()
    words = [word for word in rjieba.cut_for_search(runs) if word != " "]
    return runs, words, [term[:LONGEST_TERM] for term in _TERM.findall(_CHINESE.sub(" ", text))]


def _sent(texts: Sequence[str]) -> list[tuple[str, str]]:
    """`analyse` of each as two strings, which are sent sooner than a thousand terms; no term has a space."""
    read = [_read(normalise(text)) for text in texts]
    pairs = _pairs([runs for runs, _, _ in read])
    return [
        (" ".join([*words, *others, *_parts(others)]), " ".join((*runs.replace(" ", ""), *some, *others)))
        for (runs, words, others), some in zip(read, pairs, strict=True)
    ]


def _pairs(texts: Sequence[str]) -> list[list[str]]:
    """Neighbouring characters of each text, none across a space: all at once, because in Python's own steps this took longer
    than cutting the words."""
    codes = np.frombuffer("\n".join([*texts, ""]).encode(_CODES), dtype=_CODE)
    printed = codes > ord(" ")
    first = np.flatnonzero(printed[:-1] & printed[1:])
    spaced = np.full((len(first), 3), ord(" "), dtype=_CODE)
    spaced[:, 0], spaced[:, 1] = codes[first], codes[first + 1]
    pairs = spaced.tobytes().decode(_CODES).split()
    ends = np.searchsorted(first, np.cumsum([len(text) + 1 for text in texts])).tolist()
    return [pairs[start:end] for start, end in pairwise((0, *ends))]


def _parts(terms: Iterable[str]) -> list[str]:
    dotted = [term for term in terms if "." in term]
    return [part for term in dotted for part in term.split(".") if len(part) > 1]


class Tokeniser:
    """`analyse` for many texts, in processes of its own: segmentation holds the interpreter's lock, so threads gain nothing."""

    def __init__(self, processes: int = 2) -> None:
        # Spawned, not forked: a process that has threads (an index's writer is one) cannot safely be forked.
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))

    def analyse(self, texts: Sequence[str]) -> Iterator[Tokens]:
        """The terms of each text, in order."""
        parts = [texts[start : start + _TEXTS_AT_ONCE] for start in range(0, len(texts), _TEXTS_AT_ONCE)]
        for answers in self._pool.map(_sent, parts):
            for words, grams in answers:
                yield Tokens(tuple(words.split()), tuple(grams.split()))

    def close(self) -> None:
        self._pool.shutdown()
