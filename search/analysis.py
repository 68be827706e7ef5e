"""Text into terms (分词): dictionary words and character 1-2-grams, side by side.

Grams win on short titles, words on long descriptions, so both are kept. The same function
serves documents and queries, for every engine: engines only split on white space.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from operator import add

import rjieba

_TEXTS_AT_ONCE = 250
LONGEST_TERM = 64
"""Characters of a term that count; longer runs (keys, base64, no spaces) are cut there."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER = rf"[^\W_{_CJK}]"
# A run of Chinese characters, or a term of another script: .net, node.js, c++, c#, 3.5, c++17 → c++ 17.
_RUN = re.compile(rf"([{_CJK}]+)|((?:(?<!{_OTHER})\.)?{_OTHER}+(?:\.{_OTHER}+)*(?:\+\+|[+#](?!{_OTHER}))?)")
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
    Grams: every Chinese character and every pair of neighbours, terms of other scripts whole.
    Punctuation gives nothing.
    """
    chinese: list[str] = []
    others: list[str] = []
    for run, other in _RUN.findall(normalise(text)):
        if run:
            chinese.append(run)
        else:
            others.append(other[:LONGEST_TERM])
    words = [word for word in rjieba.cut_for_search(" ".join(chinese)) if word != " "]
    words += others
    words += _parts(others)
    return Tokens(tuple(words), tuple(_grams(chinese) + others))


def _grams(runs: Iterable[str]) -> list[str]:
    grams: list[str] = []
    for run in runs:
        grams += run
        grams += map(add, run, run[1:])
    return grams


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
                yield Tokens(
                    tuple(words.split(" ") if words else ()), tuple(grams.split(" ") if grams else ())
                )

    def close(self) -> None:
        self._pool.shutdown()


def _sent(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Two strings a text are sent sooner than a thousand terms; no term has a space."""
    return [(" ".join(tokens.words), " ".join(tokens.grams)) for tokens in map(analyse, texts)]
