"""Majors (专业): the vocational catalogue of 2021 with later additions, and the undergraduate catalogue;
certificates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from matching.taxonomy.tables import Table, edition_of, grouped, plain, read_rows

# 1 中职, 2 高职专科, 3 本科 (职业, 应用 and 普通): the ordinals of `matching.records`.
DEGREES = {"中职": 1, "高职专科": 2, "职教本科": 3, "本科": 3}
# The first digit of a vocational code says the level: 中职 6, 7; 高职专科 4, 5; 职教本科 2, 3. The rest is
# shared.
_LEVEL_NEUTRAL = {"6": "4", "2": "4", "7": "5", "3": "5"}
_CONTROLLED = re.compile("[TK]{1,2}$")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Major:
    """One major; `code` has no T or K. class is 专业类, group is 专业大类 or, of undergraduate majors,
    学科门类."""

    code: str
    name: str
    level: str
    class_code: str
    class_name: str
    group_code: str
    group_name: str

    @property
    def parent(self) -> str:
        """The code of the class (专业类)."""
        return self.class_code

    @property
    def degree(self) -> int:
        """The level as an ordinal: 1 中职, 2 高职专科, 3 本科."""
        return DEGREES[self.level]


def level_neutral(code: str) -> str:
    """A class, group or major code as 高职专科 writes it, so that the levels of one trade compare: 6602 →
    4602. Undergraduate codes, which begin with 0 or 1, stay."""
    return _LEVEL_NEUTRAL.get(code[:1], code[:1]) + code[1:]


class Majors(Table[Major]):
    """The majors of all levels, by code and name, with their class and group across levels."""

    def get(self, code: str) -> Major | None:
        """The major of a code; 080717T and 520101K are 080717 and 520101."""
        return super().get(code) or super().get(_CONTROLLED.sub("", code.strip().upper()))

    def named(self, name: str) -> tuple[Major, ...]:
        """The majors of a name on every level; "软件技术专业" and "软件技术（移动开发）" are 软件技术."""
        for spelling in (name, _REMARK.sub("", name)):
            bare = plain(spelling)
            found = self._names.get(bare) or self._names.get(bare.removesuffix("专业"))
            if found:
                return found
        return ()

    def find(self, name: str, level: str | None = None) -> Major | None:
        """The one major of a name on a level; without a level only if no other level has the name."""
        found = [major for major in self.named(name) if level in (None, major.level)]
        return found[0] if len(found) == 1 else None

    def class_of(self, code: str) -> str | None:
        """The class (专业类) of a major or of a class itself, written alike on every level (660103 →
        4601)."""
        major = self.get(code)
        found = code if major is None else major.class_code
        return level_neutral(found) if len(found) == 4 and found in self.class_names else None

    def group_of(self, code: str) -> str | None:
        """The group (专业大类, 学科门类) of a major, class or group, written alike on every level (660103 →
        46)."""
        major = self.get(code)
        found = code[:2] if major is None else major.group_code
        return level_neutral(found) if code in self.class_names or major is not None else None

    def same_name(self, code: str) -> frozenset[str]:
        """The codes of the other majors that have the same name (护理: 720201, 520201, 320201)."""
        major = self.get(code)
        if major is None:
            return frozenset()
        return frozenset(other.code for other in self._names[plain(major.name)]) - {major.code}

    @cached_property
    def _classes(self) -> dict[str, tuple[Major, ...]]:
        return grouped(self, lambda major: level_neutral(major.class_code))

    @cached_property
    def class_names(self) -> dict[str, str]:
        """Names of classes and groups by the code their level writes (4602 → 自动化类, 46 → 装备制造大类)."""
        return {major.class_code: major.class_name for major in self} | {
            major.group_code: major.group_name for major in self
        }

    def neighbours(self, code: str) -> tuple[Major, ...]:
        """The other majors of the same class, on every level."""
        major = self.get(code)
        members = self._classes.get(self.class_of(code) or "", ())
        return tuple(other for other in members if other is not major)


@cache
def majors() -> Majors:
    """The majors of all levels, read once."""
    return Majors(edition_of("majors"), [Major(*row) for row in read_rows("majors")[1]])


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: X… 职业技能等级证书 (1+X), Q… 职业资格证书; `majors` are the codes whose profile names
    it. The codes are this project's own numbers: no national table numbers them."""

    code: str
    name: str
    kind: str
    majors: tuple[str, ...]
    parent: str = ""


class Certificates(Table[Certificate]):
    """The certificates, by name with or without 证, 证书, 职业资格."""

    def named(self, name: str) -> tuple[Certificate, ...]:
        """All certificates of a name: 护士执业资格证书, 1+X建筑信息模型(BIM) …"""
        bare = plain(name).removeprefix("1+x")
        for ending in (
            "",
            "证",
            "证书",
            "资格证",
            "资格证书",
            "职业资格证书",
            "执业资格证书",
            "职业技能等级证书",
        ):
            found = self._names.get(bare.removesuffix(ending))
            if found:
                return found
        return ()

    @cached_property
    def _by_major(self) -> dict[str, tuple[Certificate, ...]]:
        found: dict[str, list[Certificate]] = {}
        for certificate in self:
            for major in certificate.majors:
                found.setdefault(major, []).append(certificate)
        return {major: tuple(members) for major, members in found.items()}

    def of_major(self, major: str) -> tuple[Certificate, ...]:
        """The certificates that the profile of a major names."""
        return self._by_major.get(major, ())


@cache
def certificates() -> Certificates:
    """The certificates, read once."""
    rows = [
        Certificate(code, name, kind, tuple(codes.split()))
        for code, name, kind, codes in read_rows("certificates")[1]
    ]
    return Certificates(edition_of("certificates"), rows)
