"""What a reader gives: one value with its span and the kind of evidence it stands on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rongqiao.common.language import Bilingual

from .text import Text


@dataclass(frozen=True, slots=True)
class Found:
    """A value read from original[start:end]. `evidence` names a class in the reader's table of confidences; `doubt`
    says why somebody must be asked whatever the class."""

    value: Any
    start: int
    end: int
    evidence: str
    doubt: Bilingual | None = None

    def overlaps(self, other: "Found") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


Find = Callable[[Text], list[Found]]


@dataclass(frozen=True)
class Reader:
    """How one field is read. `confidence`: of each class of evidence the share that was right on labelled texts;
    below `least` the value is asked about. `many`: a list of values, else the values compete for one place."""

    name: str
    find: Find
    confidence: Mapping[str, float]
    least: float = 0.9
    many: bool = False
    choose: Callable[[list[Found]], list[Found]] = field(default=lambda found: found)


def once(find: Find, text: Text) -> list[Found]:
    """What a reader finds, read once for each text."""
    if find not in text.memory:
        text.memory[find] = find(text)
    return text.memory[find]  # type: ignore[return-value]


def longest(found: Iterable[Found]) -> list[Found]:
    """In order of place; of overlapping ones the longest, of equally long ones the first given."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: each.start - each.end):
        if not any(one.overlaps(other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)
