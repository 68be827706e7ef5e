"""Industries (国民经济行业分类, GB/T 4754-2017) and the fields in urgent need that policy names
(急需紧缺领域)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from matching.taxonomy.tables import Table, edition_of, plain, read_rows

LEVELS = ("门类", "大类", "中类", "小类")
DIVISION = 2
"""The depth of a 大类."""


@dataclass(frozen=True, slots=True)
class Industry:
    """One class of the standard; level is 门类, 大类, 中类 or 小类. The code carries its letter: C3911."""

    code: str
    name: str
    level: str
    parent: str


class Industries(Table[Industry]):
    """The industries: codes with or without their letter, names with or without 业."""

    @cached_property
    def _digits(self) -> dict[str, str]:
        return {row.code[1:]: row.code for row in self if row.code[1:]}

    def get(self, code: str) -> Industry | None:
        """The industry of a code; "3911" means C3911, since digits are unique across the letters."""
        return super().get(code) or super().get(self._digits.get(code, ""))

    def named(self, name: str) -> tuple[Industry, ...]:
        """All industries of a name; 汽车制造 and 汽车制造业 are the same."""
        bare = plain(name)
        for spelling in (bare, bare + "业", bare.removesuffix("业"), bare.removesuffix("行业") + "业"):
            if spelling in self._names:
                return self._names[spelling]
        return ()

    def steps(self, one: str, other: str) -> int | None:
        """How far two industries lie apart: 0 the same, 1 same 中类, 2 same 大类 or neighbours in a chain
        (产业链上下游), 3 same 门类 only; a class and what it contains count as two members of it. None
        otherwise and for unknown codes."""
        left, right = self.get(one), self.get(other)
        if left is None or right is None:
            return None
        if left is right:
            return 0
        shared = len(self.shared(left.code, right.code))
        if shared < DIVISION and {left.code[:3], right.code[:3]} in chain_links():
            return len(LEVELS) - DIVISION
        return len(LEVELS) - shared if shared else None


@cache
def chain_links() -> frozenset[frozenset[str]]:
    """Pairs of 大类 of which one delivers to the other, this project's own table."""
    return frozenset(frozenset((upstream, downstream)) for upstream, downstream, _ in read_rows("chains")[1])


@cache
def industries() -> Industries:
    """The industries, read once."""
    return Industries(edition_of("industries"), [Industry(*row) for row in read_rows("industries")[1]])


@dataclass(frozen=True, slots=True)
class Field:
    """A field that policy asks programmes to serve (国办发〔2017〕95号 二（六）); kind says in which of its
    sentences it is named. `industries` are prefixes of GB/T 4754 codes, this project's own reading."""

    code: str
    name: str
    kind: str
    industries: tuple[str, ...]
    parent: str = ""

    def covers(self, industry: str) -> bool:
        """Whether an industry code belongs to the field."""
        return industry.startswith(self.industries)


@cache
def fields() -> Table[Field]:
    """The fields in urgent need, read once."""
    rows = [
        Field(code, name, kind, tuple(codes.split())) for code, name, kind, codes in read_rows("fields")[1]
    ]
    return Table(edition_of("fields"), rows)


def fields_of(industry: str) -> tuple[Field, ...]:
    """The fields an industry code belongs to."""
    return tuple(field for field in fields() if field.covers(industry))
