"""The name a file is shown by. It never decides where the file lies or what it is."""

import unicodedata
from pathlib import PurePosixPath

from .models import LONGEST_NAME

LONGEST_SUFFIX = 10
# Controls, formats (bidirectional overrides, zero width), surrogates, private use, unassigned, line separators.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(given: str) -> str:
    """Without folders, without characters one cannot see, at most 120 characters with its suffix kept."""
    visible = "".join(" " if unicodedata.category(each) in UNSEEN else each for each in given)
    name = " ".join(visible.replace("\\", "/").rpartition("/")[2].split()).strip(". ")
    suffix = PurePosixPath(name).suffix if suffix_of(name) else ""
    stem = name.removesuffix(suffix)
    return stem[: LONGEST_NAME - len(suffix)].rstrip(". ") + suffix


def suffix_of(name: str) -> str:
    """The part after the last dot, with the dot and in small letters; "" when there is none or it is a sentence."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if len(suffix) <= LONGEST_SUFFIX and " " not in suffix else ""


def with_suffix(name: str, suffixes: tuple[str, ...], otherwise: str) -> str:
    """A name that ends as its type does; `otherwise` for one of which nothing is left."""
    stem = name or otherwise
    if suffix_of(stem) in suffixes:
        return stem
    return stem[: LONGEST_NAME - len(suffixes[0])] + suffixes[0]
