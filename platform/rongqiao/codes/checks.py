"""Codes that people fill in: resolved from a code or a name, or refused with the field's own error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from matching.taxonomy.industries import industries
from matching.taxonomy.majors import certificates, majors
from matching.taxonomy.occupations import occupations
from matching.taxonomy.regions import regions


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry that a filled-in value may mean."""

    code: str
    name: str


def resolve(system: str, value: str) -> Choice | None:
    """The entry of a code table that a code or an unambiguous name means; None for neither.

    `system`: region, industry, occupation, major, major_or_class or certificate.
    """
    return _RESOLVERS[system](value.strip()) if value.strip() else None


def is_ambiguous(system: str, value: str) -> bool:
    """Whether the value is the name of several entries, so that only a code can say which."""
    tables: dict[str, Callable[[], Any]] = {
        "major": majors, "industry": industries, "occupation": occupations, "certificate": certificates
    }  # fmt: skip
    return system in tables and len(tables[system]().named(value.strip())) > 1


def checked(system: str, value: str) -> str:
    """The code for what was filled in, "" for nothing; ValidationError `unknown_code` otherwise."""
    if not value.strip():
        return ""
    found = resolve(system, value)
    if found is None:
        raise ValidationError([ErrorDetail("", code="unknown_code")])
    return found.code


def name_of(system: str, code: str) -> str:
    """The name of a code, the code itself when it is unknown (an old code keeps its meaning)."""
    found = resolve(system, code) if code else None
    return found.name if found else code


def region_path(code: str) -> str:
    """A region with those above it: 重庆市万州区; "" for none."""
    return "".join(region.name for region in regions().path(code))


def _region(value: str) -> Choice | None:
    found = regions().get(value) or regions().find(value)
    return Choice(found.code, found.name) if found else None


def _by_code_or_name(table: Callable[[], Any]) -> Callable[[str], Choice | None]:
    def resolver(value: str) -> Choice | None:
        entry = table().get(value)
        if entry is None:
            named = table().named(value)
            entry = named[0] if len(named) == 1 else None
        return Choice(entry.code, entry.name) if entry else None

    return resolver


def _major(value: str) -> Choice | None:
    """What a college teaches stands on one level: a name that several levels share is not resolved."""
    entry = majors().get(value)
    if entry is None:
        named = majors().named(value)
        entry = named[0] if len(named) == 1 else None
    return Choice(entry.code, entry.name) if entry else None


# A need that names 护理 means it on every level (matching knows the others by name); 高职专科 stands for them.
_LEVELS_TRIED = (2, 3, 1)


def _major_or_class(value: str) -> Choice | None:
    """A need may name a major, a whole class (4603, 0809) or a group (46)."""
    names = majors().class_names
    if value in names:
        return Choice(value, names[value])
    named = majors().named(value)
    entry = majors().get(value) or min(named, key=lambda major: _LEVELS_TRIED.index(major.degree), default=None)
    if entry is not None:
        return Choice(entry.code, entry.name)
    codes = [
        code for code, name in names.items() if name == value or name.rstrip("类大") == value.rstrip("类大")
    ]
    return Choice(codes[0], names[codes[0]]) if codes else None


_RESOLVERS: dict[str, Callable[[str], Choice | None]] = {
    "region": _region,
    "industry": _by_code_or_name(industries),
    "occupation": _by_code_or_name(occupations),
    "certificate": _by_code_or_name(certificates),
    "major": _major,
    "major_or_class": _major_or_class,
}
