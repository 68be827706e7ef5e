"""How the codes of majors, industries and occupations are related: what matching asks of a taxonomy."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, Protocol

Language = Literal["zh", "en"]


class Taxonomy(Protocol):
    """Relations between codes. A code it does not know has no relations and is its own name."""

    def class_of(self, major: str) -> str | None:
        """The class (专业类) of a major or of a class itself, written alike on every level (6603 → 4603)."""

    def group_of(self, major: str) -> str | None:
        """The group or discipline (专业大类, 学科门类) of a major, class or group, alike on every level."""

    def same_name(self, major: str) -> Collection[str]:
        """The majors of the same name at other levels of education, without `major` itself."""

    def industry_distance(self, one: str, other: str) -> int | None:
        """Steps between two industries or chain neighbours (产业链邻近), 0 for the same; None when
        unrelated.
        """

    def occupation_parents(self, occupation: str) -> Collection[str]:
        """The groups above an occupation (小类, 中类, 大类), nearest first."""

    def name(self, code: str, language: Language) -> str:
        """The name of a code or skill id, the code itself when it has none."""


class NoTaxonomy:
    """Knows no relations: codes are related only to themselves."""

    def class_of(self, major: str) -> str | None:
        return None

    def group_of(self, major: str) -> str | None:
        return None

    def same_name(self, major: str) -> Collection[str]:
        return ()

    def industry_distance(self, one: str, other: str) -> int | None:
        return 0 if one == other else None

    def occupation_parents(self, occupation: str) -> Collection[str]:
        return ()

    def name(self, code: str, language: Language) -> str:
        return code
