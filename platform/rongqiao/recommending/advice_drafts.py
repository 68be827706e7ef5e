"""Which fields of a kind matching reads, and which value of a field would give a level or a number of places."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from rongqiao.postings.field_types import Choice, FieldType, Number, Rows
from rongqiao.postings.kind import Details, Kind

from .drafts import DESCRIPTION, PLACE, Draft

CODED = ("majors", "occupations", "skills", "certificates")
"""Parts of a kind that are lists of codes; a content has them under the same names."""


def rescored_fields(kind: Kind) -> frozenset[str]:
    """The fields whose filling can be tried out by scoring again: codes, level, number of places, place."""
    named = {getattr(kind, part) for part in CODED} | fields_read(kind.level) | fields_read(kind.capacity)
    return frozenset(named & set(kind.by_name)) | {PLACE}


def read_fields(kind: Kind) -> frozenset[str]:
    """All that matching reads of a kind: those, and the fields whose words are compared."""
    return rescored_fields(kind) | set(kind.body) | {DESCRIPTION}


class _Asked(dict[str, Any]):
    """Empty details that remember which fields were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return default

    def __missing__(self, name: str) -> None:
        self.names.add(name)


@lru_cache(maxsize=256)
def fields_read(part: Callable[[Details], Any]) -> frozenset[str]:
    """The fields that a part given as a function of the details reads (a level, a number of places)."""
    asked = _Asked()
    part(asked)
    return frozenset(asked.names)


def value_giving(draft: Draft, name: str, part: Callable[[Details], Any], wanted: int) -> Any:
    """A value of the field by which the part would be `wanted`; None when there is none."""
    tried = _values(draft.kind.by_name[name].type, wanted)
    return next((value for value in tried if part({**draft.details, name: value}) == wanted), None)


def _values(field_type: FieldType, wanted: int) -> Iterator[Any]:
    if isinstance(field_type, Choice):
        yield from (option.code for option in field_type.options)
    elif isinstance(field_type, Number) and field_type.low <= wanted <= field_type.high:
        yield wanted
    elif isinstance(field_type, Rows):
        numbers = {column.name: column.type for column in field_type.columns if isinstance(column.type, Number)}
        yield [{name: int(min(max(wanted, number.low), number.high)) for name, number in numbers.items()}]
