"""Every table is whole: the counts of its edition, no orphan, no duplicate, every reference answered."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from matching.taxonomy import (
    certificates,
    edition_of,
    fields,
    industries,
    majors,
    occupations,
    regions,
    retired,
)
from matching.taxonomy.tables import Table, read_rows

TABLES: dict[str, Callable[[], Table[Any]]] = {
    "regions": regions,
    "industries": industries,
    "occupations": occupations,
    "majors": majors,
    "certificates": certificates,
    "fields": fields,
}

COUNTS = {
    "regions": {"省级": 34, "地级": 333, "县级": 2847},
    "industries": {"门类": 20, "大类": 97, "中类": 473, "小类": 1381},
    "occupations": {"大类": 8, "中类": 72, "小类": 335, "职业": 1632},
    "majors": {"中职": 368, "高职专科": 789, "职教本科": 321, "本科": 833},
}


@pytest.mark.parametrize("name", COUNTS)
def test_counts_of_the_edition(name: str) -> None:
    assert Counter(row.level for row in TABLES[name]()) == COUNTS[name]


def test_kinds_of_certificates_and_fields() -> None:
    assert Counter(row.kind for row in certificates()) == {"职业技能等级证书": 354, "职业资格证书": 77}
    kinds = Counter(row.kind for row in fields())
    assert kinds == {"产业急需紧缺": 15, "社会领域": 5, "城市可持续发展": 2, "国家战略": 4}


@pytest.mark.parametrize("name", TABLES)
def test_no_code_twice_and_no_ragged_row(name: str) -> None:
    columns, rows = read_rows(name)
    codes = [row[0] for row in rows]
    assert len(codes) == len(set(codes)) == len(TABLES[name]())
    assert {len(row) for row in rows} == {len(columns)}
    assert not [value for row in rows for value in row if value != value.strip()]


@pytest.mark.parametrize("name", ["regions", "industries", "occupations"])
def test_every_parent_exists_and_every_path_ends_at_a_top_row(name: str) -> None:
    table = TABLES[name]()
    assert [row.code for row in table if row.parent and row.parent not in table] == []
    tops = {row.code for row in table.children("")}
    assert {table.path(row.code)[0].code for row in table} == tops
    assert len(tops) == {"regions": 34, "industries": 20, "occupations": 8}[name]


@pytest.mark.parametrize("name", TABLES)
def test_each_table_names_its_edition(name: str) -> None:
    edition = edition_of(name)
    assert edition.standard and edition.edition
    assert edition.date[:4].isdigit()
    assert edition == TABLES[name]().edition


def test_certificates_and_fields_point_at_codes_that_exist() -> None:
    assert {code for row in certificates() for code in row.majors if code not in majors()} == set()
    assert {code for row in fields() for code in row.industries if code not in industries()} == set()


def test_chains_join_divisions_that_exist() -> None:
    links = [row[:2] for row in read_rows("chains")[1]]
    ends = {industries().get(code) for link in links for code in link}
    assert {row.level for row in ends if row} == {"大类"} and None not in ends
    assert len({frozenset(link) for link in links}) == len(links) >= 60


def test_retired_codes_are_gone_and_their_successors_live() -> None:
    old = retired("region")
    assert len(old) >= 60
    assert [code for code in old if code in regions()] == []
    assert [row for row in old.values() if row.successor not in regions()] == []
    assert all(row.until.isdigit() and row.name for row in old.values())


def test_names_are_plain_text() -> None:
    names = [row.name for table in TABLES.values() for row in table()]
    assert [
        name for name in names if " " in name or "\u3000" in name or name.endswith(("L", "S", "L/S"))
    ] == []
