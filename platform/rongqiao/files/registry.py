"""What files are for. Rooms above register their purposes; this room knows none.

A purpose says which types it takes, how large and how many, and who may add and read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .inspection.formats import FORMATS
from .inspection.verdict import Format
from .models import StoredFile

# `parties.models.Person`: a room above, so its type cannot be named here.
Person = Any
MayAdd = Callable[[Person, int | None], bool]
MayRead = Callable[[Person, StoredFile], bool]


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose. `types` are media types of `inspection.formats`; `most_bytes` is of what is sent;
    `most_per_organisation` counts the files in use of one organisation, or of one person where there is none.

    `may_add(person, organisation id)` and `may_read(person, file)` decide alone; an operator has no way around.
    `may_remove(person, file)` may forbid to take away what has been relied upon; without it who may add may remove.
    """

    code: str
    zh: str
    en: str
    types: frozenset[str]
    most_bytes: int
    most_per_organisation: int
    may_add: MayAdd
    may_read: MayRead
    may_remove: MayRead | None = None

    def formats(self) -> list[Format]:
        """The types it takes, in the order of the table."""
        return [each for each in FORMATS.values() if each.media_type in self.types]

    def removable_by(self, person: Person, file: StoredFile) -> bool:
        """Whether the person may take the file away."""
        if self.may_remove is not None:
            return self.may_remove(person, file)
        return self.may_add(person, file.organisation_id)


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known; saying it again replaces. Raises ValueError for types that nobody can check."""
    unknown = purpose.types - set(FORMATS)
    if unknown or not purpose.types:
        raise ValueError(f"{purpose.code}: types must be some of {sorted(FORMATS)}, not {sorted(unknown)}")
    _purposes[purpose.code] = purpose


def unregister(code: str) -> None:
    """Forget a purpose (for tests)."""
    _purposes.pop(code, None)


def get(code: str) -> Purpose | None:
    """A purpose by its code."""
    return _purposes.get(code)


def purposes() -> list[Purpose]:
    """All, in the order in which they were registered."""
    return list(_purposes.values())
