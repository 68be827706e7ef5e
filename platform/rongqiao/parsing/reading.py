"""From a text to its fields: every reader of the kind, the values that compete weighed, doubtful ones to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rongqiao.common.language import Bilingual

from .found import Found, Reader
from .text import Text

CONFLICT = Bilingual("文中有几种说法，请选定一种", "The text says several different things: choose one")
UNSURE = Bilingual("不能确定，请核对原文", "Not sure: check it against the text")


@dataclass(frozen=True, slots=True)
class Read:
    """One value of a field: with the spans it stands on, how sure it is, and whether somebody must be asked."""

    name: str
    value: Any
    spans: tuple[tuple[int, int], ...]
    confidence: float
    ask: bool
    why: Bilingual | None = None


def read(text: Text, readers: Iterable[Reader]) -> list[Read]:
    """What the readers find: lists item by item, single fields at most once."""
    return [one for reader in readers for one in read_one(text, reader)]


def read_one(text: Text, reader: Reader) -> list[Read]:
    """What one reader finds, weighed."""
    found = reader.find(text)
    if reader.many:
        return [_weighed(reader, one, ()) for one in found]
    rivals = reader.choose(found) if found else []
    if not rivals:
        return []
    best = max(rivals, key=lambda one: (reader.confidence[one.evidence], -one.start))
    others = [one for one in rivals if one.value != best.value]
    same = tuple(
        (one.start, one.end) for one in rivals if one is not best and (one.value == best.value or others)
    )
    if others:
        return [Read(reader.name, best.value, ((best.start, best.end), *same), 0.5, True, CONFLICT)]
    return [_weighed(reader, best, same)]


def _weighed(reader: Reader, one: Found, more: tuple[tuple[int, int], ...]) -> Read:
    confidence = reader.confidence[one.evidence]
    ask = confidence < reader.least or one.doubt is not None
    why = one.doubt or (UNSURE if ask else None)
    return Read(reader.name, one.value, ((one.start, one.end), *more), confidence, ask, why)
