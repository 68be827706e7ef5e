"""How an inspection ends: with what was found, or with a refusal that says why."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


class Refused(Exception):
    """The file is not taken. `code` is a code of error; `zh` and `en` say what exactly was found."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True, slots=True)
class Found:
    """What the content is: pages of a document, pixels of a picture; None where that means nothing."""

    media_type: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A type of file that can be accepted.

    `recognise(start, source)` looks at the first kilobyte, and at the file only if it must. `inspect(source,
    target)` raises Refused or says what it found; what it writes to `target`, if anything, is kept instead.
    `inline`: a browser may show it by itself.
    """

    media_type: str
    suffixes: tuple[str, ...]
    zh: str
    en: str
    recognise: Callable[[bytes, Path], bool]
    inspect: Callable[[Path, Path], Found]
    inline: bool = False


def active(zh: str, en: str) -> Refused:
    """Something that would do more than be looked at."""
    return Refused("file_active_content", zh, en)


def broken(zh: str, en: str) -> Refused:
    """Not whole, or not as its standard says."""
    return Refused("file_broken", zh, en)


def bomb(zh: str, en: str) -> Refused:
    """Small as it lies there, too large to be opened."""
    return Refused("file_bomb", zh, en)


def unsafe(zh: str, en: str) -> Refused:
    """Holds something that a file of its type has no need of."""
    return Refused("file_unsafe", zh, en)
