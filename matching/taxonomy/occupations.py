"""Occupations (中华人民共和国职业分类大典, 2022)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from matching.taxonomy.tables import Table, edition_of, plain, read_rows


@dataclass(frozen=True, slots=True)
class Occupation:
    """One entry; level is 大类, 中类, 小类 or 职业. `marks` holds L (绿色职业) and S (数字职业) where given.
    The parent is the nearest class above that the table holds (a class of one occupation has no row of its
    own)."""

    code: str
    name: str
    level: str
    parent: str
    marks: str


class Occupations(Table[Occupation]):
    """The occupations: exact names, else names without their ending (焊工, 数控车工, 护理员)."""

    def named(self, name: str) -> tuple[Occupation, ...]:
        """All entries of a name; 电商运营人员 and 电商运营 are the same where only one exists."""
        bare = plain(name)
        for spelling in (bare, *(bare + ending for ending in ("工", "员", "师", "人员", "工程技术人员"))):
            if spelling in self._names:
                return self._names[spelling]
        return ()


@cache
def occupations() -> Occupations:
    """The occupations, read once."""
    return Occupations(edition_of("occupations"), [Occupation(*row) for row in read_rows("occupations")[1]])
