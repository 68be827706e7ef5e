"""Chinese names as they are typed in Latin letters."""

import re
from collections.abc import Iterator


def full_and_initials(text: str) -> tuple[str, str]:
    """The whole pinyin and the first letters, lower case without tones: 重庆三峡学院 →
    (chongqingsanxiaxueyuan, cqsxxy).

    Readings follow the word (重庆 is chong, 重量 zhong). Latin letters and digits stand for themselves; the
    rest is left out.
    """
    syllables = list(_syllables(text))
    return "".join(whole for whole, _ in syllables), "".join(first for _, first in syllables)


def _syllables(text: str) -> Iterator[tuple[str, str]]:
    # Only now: its tables take a quarter of the start of any command, and few commands read them.
    from pypinyin import Style, lazy_pinyin

    for syllable in lazy_pinyin(text, style=Style.NORMAL, errors=_keep):
        typed = _NOT_TYPED.sub("", syllable.lower().replace("ü", "v"))
        if typed:
            yield typed, typed if syllable.startswith(_KEPT) else typed[0]


_NOT_TYPED = re.compile("[^0-9a-z]")
_KEPT = "\N{WORD JOINER}"


def _keep(other: str) -> str:
    """What is not Chinese stays whole, marked so that all of it counts as initials."""
    return _KEPT + other
