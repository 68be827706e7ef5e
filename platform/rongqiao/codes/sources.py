"""What each code table holds, read from the library's files into unsaved rows."""

from collections.abc import Callable, Iterator
from typing import Any

from matching.taxonomy import (
    Edition,
    Major,
    certificates,
    edition_of,
    fields,
    industries,
    majors,
    occupations,
    regions,
    vocabulary,
)
from matching.taxonomy.tables import Table

from .models import CodeEntry, System

_FILES = {
    System.REGION: "regions",
    System.INDUSTRY: "industries",
    System.OCCUPATION: "occupations",
    System.MAJOR: "majors",
    System.CERTIFICATE: "certificates",
    System.FIELD: "fields",
    System.SKILL: "skills",
}


def edition_label(edition: Edition) -> str:
    """An edition in one line, as shown beside a code."""
    return f"{edition.standard}，{edition.edition}，{edition.date}"


def rows_of(system: System) -> list[CodeEntry]:
    """The entries of a table as unsaved rows, without pinyin."""
    edition = edition_label(edition_of(_FILES[system]))
    rows = list(_ROWS[system]())
    for row in rows:
        row.system, row.edition = system, edition
    return rows


def _regions() -> Iterator[CodeEntry]:
    table = regions()
    for row in table:
        path = table.full_name(row.parent)
        lat, lng = (row.lat, row.lng) if row.located else (None, None)
        yield CodeEntry(
            code=row.code, name=row.name, level=row.level, parent=row.parent, path=path,
            spellings=joined((row.short,)), lat=lat, lng=lng,
        )  # fmt: skip
    for old in table.retired.values():
        above = table.ancestors(old.code)
        parent = above[0].code if above else ""
        yield CodeEntry(
            code=old.code, name=old.name, parent=parent, path=table.full_name(parent),
            valid_until=old.until, replaced_by=old.successor,
        )  # fmt: skip


def _industries() -> Iterator[CodeEntry]:
    for row in industries():
        yield CodeEntry(
            code=row.code, name=row.name, level=row.level, parent=row.parent,
            path=name_above(industries(), row.code), spellings=joined((row.code[1:],)),
        )  # fmt: skip


def _occupations() -> Iterator[CodeEntry]:
    for row in occupations():
        path = name_above(occupations(), row.code)
        yield CodeEntry(code=row.code, name=row.name, level=row.level, parent=row.parent, path=path)


def name_above(table: Table[Any], code: str) -> str:
    """The name of the row directly above a code, "" for a top row."""
    above = table.ancestors(code)
    return str(above[0].name) if above else ""


def _majors() -> Iterator[CodeEntry]:
    classes: dict[str, Major] = {}
    for major in majors():
        classes.setdefault(major.class_code, major)
        path = f"{major.group_name}{major.class_name}"
        yield CodeEntry(
            code=major.code, name=major.name, level=major.level, parent=major.class_code, path=path
        )
    groups: dict[str, Major] = {}
    for code, major in classes.items():
        groups.setdefault(major.group_code, major)
        yield CodeEntry(
            code=code, name=major.class_name, level=f"{major.level}专业类", parent=major.group_code,
            path=major.group_name,
        )  # fmt: skip
    for code, major in groups.items():
        level = "学科门类" if major.level == "本科" else f"{major.level}专业大类"
        yield CodeEntry(code=code, name=major.group_name, level=level)


def _certificates() -> Iterator[CodeEntry]:
    for row in certificates():
        yield CodeEntry(code=row.code, name=row.name, level=row.kind)


def _fields() -> Iterator[CodeEntry]:
    for row in fields():
        yield CodeEntry(code=row.code, name=row.name, level=row.kind)


def _skills() -> Iterator[CodeEntry]:
    words = vocabulary()
    for skill in words:
        trade = words.trades.get(skill.parent)
        yield CodeEntry(
            code=skill.code, name=skill.name, english=skill.english, level=trade.name if trade else "",
            parent=skill.broader, path="".join(above.name for above in words.broader(skill.code)[:1]),
            spellings=joined((*skill.aliases, *skill.guarded)),
        )  # fmt: skip


def joined(spellings: tuple[str, ...]) -> str:
    """Spellings as they are stored and searched."""
    return "|" + "|".join(spelling.lower() for spelling in spellings) + "|" if any(spellings) else ""


_ROWS: dict[System, Callable[[], Iterator[CodeEntry]]] = {
    System.REGION: _regions,
    System.INDUSTRY: _industries,
    System.OCCUPATION: _occupations,
    System.MAJOR: _majors,
    System.CERTIFICATE: _certificates,
    System.FIELD: _fields,
    System.SKILL: _skills,
}
