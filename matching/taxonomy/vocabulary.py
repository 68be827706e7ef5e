"""The vocabulary of skills and tools (技能与工具词表), written for this project: names, other spellings,
trades."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from matching.taxonomy.tables import Edition, Table, edition_of, plain, read_rows

KINDS = ("skill", "tool", "software", "process", "material", "equipment", "certificate", "language")


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill. `aliases` are spellings that mean it wherever they stand. `guarded` ones are short or
    ambiguous (C, PS, AI): they count only as written and near something of their trade. `broader` is the
    code of the skill this one is a case of (氩弧焊 → 焊接) or ""; `parent` is the trade."""

    code: str
    name: str
    english: str
    kind: str
    parent: str
    broader: str
    aliases: tuple[str, ...]
    guarded: tuple[str, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade (行当) that skills belong to; `context` are words that show that a text speaks of it."""

    code: str
    name: str
    context: tuple[str, ...]
    parent: str = ""


class Vocabulary(Table[Skill]):
    """The skills, their trades, and the words that look like skills but are not."""

    def __init__(
        self, edition: Edition, rows: list[Skill], trades: Table[Trade], not_skills: frozenset[str]
    ) -> None:
        super().__init__(edition, rows)
        self.trades = trades
        self.not_skills = not_skills

    @cached_property
    def _spellings(self) -> dict[str, Skill]:
        found: dict[str, Skill] = {}
        for open_spellings in (True, False):
            for skill in self:
                for spelling in (skill.name, *skill.aliases) if open_spellings else skill.guarded:
                    found.setdefault(plain(spelling), skill)
        return found

    def named(self, name: str) -> tuple[Skill, ...]:
        """The skill of a name or other spelling, guarded ones included; of several the first in the file."""
        found = self._spellings.get(plain(name))
        return () if found is None else (found,)

    def broader(self, code: str) -> tuple[Skill, ...]:
        """The skills that this one is a case of, the nearest first."""
        found: list[Skill] = []
        skill = self.get(code)
        while skill is not None and skill.broader:
            skill = self._rows[skill.broader]
            found.append(skill)
        return tuple(found)

    def narrower(self, code: str) -> tuple[Skill, ...]:
        """The skills that are cases of this one, directly."""
        return tuple(skill for skill in self if skill.broader == code)


def split_list(cell: str) -> tuple[str, ...]:
    """The parts of a cell separated by |; none for an empty one."""
    return tuple(cell.split("|")) if cell else ()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    skills = [
        Skill(code, name, english, kind, trade, broader, *map(split_list, (aliases, guarded, context)))
        for code, name, english, kind, trade, broader, aliases, guarded, context in read_rows("skills")[1]
    ]
    trades = [Trade(code, name, split_list(context)) for code, name, context in read_rows("trades")[1]]
    not_skills = frozenset(word for (word,) in read_rows("not_skills")[1])
    return Vocabulary(edition_of("skills"), skills, Table(edition_of("trades"), trades), not_skills)
