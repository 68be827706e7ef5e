"""The national code tables as the matcher asks for them: one object over all systems."""

from __future__ import annotations

from typing import Literal

from matching.taxonomy.industries import industries
from matching.taxonomy.majors import certificates, majors
from matching.taxonomy.occupations import occupations
from matching.taxonomy.regions import regions
from matching.taxonomy.vocabulary import vocabulary


class StandardTaxonomy:
    """The relations between codes that `matching` asks for; each table is read on first use."""

    def class_of(self, major: str) -> str | None:
        """The class (专业类) of a major or class, written alike on every level; None if unknown."""
        return majors().class_of(major)

    def group_of(self, major: str) -> str | None:
        """The group (专业大类, 学科门类) of a major, class or group, written alike on every level; None if
        unknown."""
        return majors().group_of(major)

    def same_name(self, major: str) -> frozenset[str]:
        """The majors of the same name on other levels, without the major itself."""
        return majors().same_name(major)

    def industry_distance(self, one: str, other: str) -> int | None:
        """Steps between two industries: 0 the same, 2 chain neighbours, 3 same 门类; None if unrelated."""
        return industries().steps(one, other)

    def occupation_parents(self, occupation: str) -> tuple[str, ...]:
        """The codes of the groups above an occupation, nearest first."""
        return tuple(row.code for row in occupations().ancestors(occupation))

    def name(self, code: str, language: Literal["zh", "en"] = "zh") -> str:
        """The name of a code of any system, else the code itself. Only skills have English names."""
        skill = vocabulary().get(code)
        if skill is not None:
            return skill.english if language == "en" and skill.english else skill.name
        for table in (majors(), occupations(), certificates(), industries()):
            entry = table.get(code)
            if entry is not None:
                return entry.name
        return majors().class_names.get(code) or regions().name(code) or code
