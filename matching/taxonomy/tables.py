"""Reading of the code tables: plain tab-separated files beside this module, one standard each.

The first line of a file is a comment with three fields, standard, edition and date; the second names the
columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Generic, Protocol, TypeVar

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a table comes from (标准、版本、日期)."""

    standard: str
    edition: str
    date: str


class Entry(Protocol):
    """What every row of a code table has."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str: ...


Row = TypeVar("Row", bound=Entry)


@cache
def edition_of(table: str) -> Edition:
    """The edition of one table: "regions", "industries" …; reads only the first line."""
    with (FOLDER / f"{table}.tsv").open(encoding="utf-8") as lines:
        return Edition(*lines.readline().removeprefix("#").strip().split("\t"))


def read_rows(table: str) -> tuple[list[str], list[list[str]]]:
    """The column names and the rows of one table, all values as text."""
    lines = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    return lines[1].split("\t"), [line.split("\t") for line in lines[2:]]


def plain(name: str) -> str:
    """A name as it is compared: full width made half width, lower case, letters and digits only."""
    folded = unicodedata.normalize("NFKC", name).lower()
    if folded.isalnum():
        return folded
    return "".join(character for character in folded if character.isalnum() or character in "+#")


class Table(Generic[Row]):
    """One code table in memory: by code, by name, upwards and downwards."""

    def __init__(self, edition: Edition, rows: Sequence[Row]) -> None:
        self.edition = edition
        self._rows = {row.code: row for row in rows}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    @cached_property
    def _names(self) -> dict[str, tuple[Row, ...]]:
        return grouped(self, lambda row: plain(row.name))

    @cached_property
    def _children(self) -> dict[str, tuple[Row, ...]]:
        return grouped(self, lambda row: row.parent)

    def get(self, code: str) -> Row | None:
        """The row of a code, None if the table has no such code."""
        return self._rows.get(code)

    def named(self, name: str) -> tuple[Row, ...]:
        """All rows of this name, whatever its width, case, spaces and punctuation."""
        return self._names.get(plain(name), ())

    def ancestors(self, code: str) -> tuple[Row, ...]:
        """The rows above a code, the nearest first; empty for a top row or an unknown code."""
        above: list[Row] = []
        row = self.get(code)
        while row is not None and row.parent:
            row = self._rows[row.parent]
            above.append(row)
        return tuple(above)

    def children(self, code: str) -> tuple[Row, ...]:
        """The rows directly below a code; with "" the top rows."""
        return self._children.get(code, ())

    def siblings(self, code: str) -> tuple[Row, ...]:
        """The other rows under the same parent (相邻): none for top rows."""
        row = self.get(code)
        if row is None or not row.parent:
            return ()
        return tuple(other for other in self.children(row.parent) if other.code != row.code)

    def path(self, code: str) -> tuple[Row, ...]:
        """The row and all above it, from the top down; empty for an unknown code."""
        row = self.get(code)
        return () if row is None else (*reversed(self.ancestors(code)), row)

    def shared(self, one: str, other: str) -> tuple[Row, ...]:
        """The rows, from the top down, that are above both codes or are them; empty when nothing is
        shared."""
        paths = zip(self.path(one), self.path(other), strict=False)
        return tuple(left for left, right in paths if left.code == right.code)


def grouped(rows: Iterator[Row] | Table[Row], key: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    """The rows under each value of the key, in table order."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {value: tuple(members) for value, members in groups.items()}


@dataclass(frozen=True, slots=True)
class Retired:
    """A code that is no longer issued but keeps its meaning: 500234 开县, since 2016 part of 500154
    开州区."""

    code: str
    name: str
    successor: str
    until: str


@cache
def retired(system: str) -> dict[str, Retired]:
    """The retired codes of one system ("region"), by old code."""
    _, rows = read_rows("retired")
    return {old: Retired(old, name, new, until) for kind, old, name, new, until in rows if kind == system}
