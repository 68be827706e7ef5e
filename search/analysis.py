"""Text into terms (分词): dictionary words and character 1-2-grams, side by side.

Grams win on short titles, words on long descriptions, so both are kept. The same function
serves documents and queries, for every engine: engines only split on white space.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import rjieba

LONGEST_TERM = 64
"""Characters of a term that count; longer runs (keys, base64, no spaces) are cut there."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER = rf"[^\W_{_CJK}]"
# A run of Chinese characters, or a term of another script: .net, node.js, c++, c#, 3.5, c++17 → c++ 17.
_RUN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)|(?P<other>(?:(?<!{_OTHER})\.)?{_OTHER}+(?:\.{_OTHER}+)*(?:\+\+|[+#](?!{_OTHER}))?)"
)
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
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub(" ", _UNPRINTED.sub(" ", text.lower())).strip()


def analyse(text: str) -> Tokens:
    """Words and grams of a text.

    Words: 搜索引擎 segmentation of Chinese runs (a long word also gives the words inside it), then
    the terms of other scripts (c++, c#, .net, node.js whole; a dotted term also gives its parts).
    Grams: every Chinese character and every pair of neighbours, terms of other scripts whole.
    Punctuation gives nothing.
    """
    chinese: list[str] = []
    others: list[str] = []
    for run in _RUN.finditer(normalise(text)):
        (chinese if run.lastgroup == "cjk" else others).append(run[0])
    others = [term[:LONGEST_TERM] for term in others]
    words = [word for word in rjieba.cut_for_search(" ".join(chinese)) if word != " "]
    words += others
    words += _parts(others)
    return Tokens(tuple(words), tuple(_grams(chinese) + others))


def _grams(runs: Iterable[str]) -> list[str]:
    grams: list[str] = []
    for run in runs:
        grams += run
        grams += map("".join, pairwise(run))
    return grams


def _parts(terms: Iterable[str]) -> list[str]:
    dotted = [term for term in terms if "." in term]
    return [part for term in dotted for part in term.split(".") if len(part) > 1]
