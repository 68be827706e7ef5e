"""The links from occupations to majors name what exists, once each, and leave hardly a trade out."""

from matching.taxonomy import edition_of, occupations
from matching.taxonomy.tables import read_rows

COLUMNS, ROWS = read_rows("occupation_majors")
LINKS = {code: majors.split("|") for code, _, majors in ROWS}


def test_the_edition_and_the_columns() -> None:
    edition = edition_of("occupation_majors")
    assert (edition.standard, edition.edition, edition.date) == ("融桥 职业专业对照表", "第2版", "2026-11")
    assert COLUMNS == ["code", "name", "majors"]


def test_occupations_and_majors_are_those_of_the_other_tables() -> None:
    names = {row.code: row.name for row in occupations() if row.level == "职业"}
    assert [row[:2] for row in ROWS if names.get(row[0]) != row[1]] == []
    assert len(LINKS) == len(ROWS)
    known = {name for _, names, _ in read_rows("major_terms")[1] for name in names.split("|")}
    assert [(code, major) for code, majors in LINKS.items() for major in majors if major not in known] == []


def test_no_major_is_named_twice_and_no_occupation_takes_everybody() -> None:
    assert [
        code for code, majors in LINKS.items() if len(set(majors)) < len(majors) or len(majors) > 20
    ] == []


def test_nearly_every_trade_takes_somebody() -> None:
    trades = [row.code for row in occupations() if row.level == "职业" and row.code[0] in "23456"]
    assert sum(code in LINKS for code in trades) >= 0.95 * len(trades)
