"""Colleges (高校) from a public list: found by code or name, made unverified and claimable when unknown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from rongqiao.codes.pinyin import full_and_initials

from .models import InstitutionProfile, Organisation
from .vocabulary import PartyType, SchoolLevel, SchoolNature, VerifyStatus

# 专科 and 本科 as the list of colleges has them; what kind of 本科 it is the list does not say.
LEVELS = {
    "专科": SchoolLevel.VOCATIONAL_COLLEGE,
    "本科": SchoolLevel.BACHELOR,
    "职业本科": SchoolLevel.VOCATIONAL_BACHELOR,
}
NATURES = {"公办": SchoolNature.PUBLIC, "民办": SchoolNature.PRIVATE, "中外合作": SchoolNature.JOINT}


@dataclass(frozen=True, slots=True)
class College:
    """One row of the list. `code` is the 10-digit 学校标识码; `level` and `nature` are in its words."""

    name: str
    code: str
    department: str = ""
    region_code: str = ""
    level: str = ""
    nature: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def key(self) -> str:
        """What finds it again: the code, or the name of one that has none."""
        return self.code or self.name

    @property
    def organisation(self) -> dict[str, Any]:
        """Its fields as an organisation."""
        pinyin, initials = full_and_initials(self.name)
        return {
            "name": self.name, "pinyin": pinyin[:600], "initials": initials[:200],
            "region_code": self.region_code, "latitude": self.latitude, "longitude": self.longitude,
        }  # fmt: skip

    @property
    def profile(self) -> dict[str, Any]:
        """Its fields as an institution; an unknown word stays empty."""
        return {
            "department": self.department,
            "level": self._vocational() or LEVELS.get(self.level, ""),
            "nature": NATURES.get(self.nature, ""),
        }

    def _vocational(self) -> str:
        """A 本科 whose name says 职业大学 or 职业技术大学 is 职业本科."""
        vocational = self.level == "本科" and "职业" in self.name and self.name.endswith("大学")
        return SchoolLevel.VOCATIONAL_BACHELOR if vocational else ""


@transaction.atomic
def import_colleges(*, colleges: Iterable[College], source: str) -> tuple[int, int]:
    """Make the colleges whose code nobody has, or whose name where the list gives no code; known ones are left
    as they are. Returns (new, known)."""
    rows = {college.key: college for college in colleges}
    known = set(ids_by_code([college.code for college in rows.values() if college.code]))
    known |= set(ids_by_name([college.name for college in rows.values() if not college.code], [PartyType.COLLEGE]))
    new = [college for key, college in rows.items() if key not in known]
    made = [
        Organisation(
            party_type=PartyType.COLLEGE,
            claimable=True,
            source=source,
            source_key=college.key,
            **college.organisation,
        )
        for college in new
    ]
    Organisation.objects.bulk_create(made, batch_size=500)
    InstitutionProfile.objects.bulk_create(
        [
            InstitutionProfile(organisation=organisation, school_code=college.code, **college.profile)
            for organisation, college in zip(made, new, strict=True)
        ],
        batch_size=500,
    )
    return len(new), len(known)


def ids_by_code(codes: Collection[str]) -> dict[str, int]:
    """Institutions by 学校标识码 → id, in one query; suspended ones are left out."""
    found = InstitutionProfile.objects.filter(school_code__in=list(codes)).exclude(school_code="")
    found = found.exclude(organisation__verify_status=VerifyStatus.SUSPENDED)
    return dict(found.values_list("school_code", "organisation_id"))


def ids_by_name(names: Collection[str], party_types: Collection[str]) -> dict[str, list[int]]:
    """Organisations of these types by their whole name → ids, in one query; suspended ones are left out."""
    found = Organisation.objects.filter(name__in=list(names), party_type__in=list(party_types))
    found = found.exclude(verify_status=VerifyStatus.SUSPENDED)
    by_name: dict[str, list[int]] = {}
    for name, pk in found.values_list("name", "pk"):
        by_name.setdefault(name, []).append(pk)
    return by_name
