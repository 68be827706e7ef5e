"""Good files in all their shapes give the same table."""

import datetime
import io
import json
from pathlib import Path

import pytest
import xlsxwriter

from rongqiao.importing.readers import Table, read_file
from tests.importing.samples import GOOD, HEADER, csv_of, xlsx_of

Read = tuple[Table, list[list[object]]]


@pytest.fixture
def reads(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(name: str, content: bytes) -> Read:
        source, kept = tmp_path / name, tmp_path / "kept.rows"
        source.write_bytes(content)
        table = read_file(source, kept)
        return table, [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]

    return read


def lines_of() -> bytes:
    """The good table as JSON Lines."""
    rows = (dict(zip(HEADER, row, strict=True)) for row in GOOD)
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def old_workbook() -> bytes:
    """The good table as .xls."""
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位")
    for number, row in enumerate([HEADER, *GOOD]):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.csv", lambda: csv_of([HEADER, *GOOD])),
        ("a.csv", lambda: csv_of([HEADER, *GOOD], "utf-8-sig")),
        ("a.csv", lambda: csv_of([HEADER, *GOOD], "gb18030")),
        ("a.csv", lambda: csv_of([HEADER, *GOOD]).replace(b",", b"\t")),
        ("a.csv", lambda: csv_of([HEADER, *GOOD]).replace(b",", b";").replace(b"\r\n", b"\n")),
        ("a.xlsx", lambda: xlsx_of([HEADER, *GOOD])),
        ("a.xls", old_workbook),
        ("a.jsonl", lines_of),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "tabs", "semicolons", "xlsx", "xls", "jsonl"],
)
def test_every_shape_gives_the_same_rows(reads, name, make) -> None:  # type: ignore[no-untyped-def]
    table, rows = reads(name, make())
    assert table.header == HEADER
    assert table.total == len(GOOD)
    assert [row[1:] for row in rows] == GOOD
    assert [row[0] for row in rows] == ([1, 2, 3] if name == "a.jsonl" else [2, 3, 4])


def test_a_title_above_the_headings_and_empty_rows_are_passed_over(reads) -> None:  # type: ignore[no-untyped-def]
    table, rows = reads("a.xlsx", xlsx_of([["2026 年岗位表"], [], HEADER, [], GOOD[0]]))
    assert table.header == HEADER
    assert rows == [[5, *GOOD[0]]]


def test_cells_are_what_a_person_would_type(reads) -> None:  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["整数", "小数", "日期", "真假", "长号码"])
        sheet.write_row(1, 0, [3, 2.5])
        sheet.write_datetime(
            1, 2, datetime.datetime(2026, 9, 1), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_boolean(1, 3, True)
        sheet.write_number(1, 4, 13_800_000_000)
    _, rows = reads("a.xlsx", file.getvalue())
    assert rows == [[2, "3", "2.5", "2026-09-01", "是", "13800000000"]]


def test_a_cell_merged_downwards_holds_for_its_rows(reads) -> None:  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["企业名称", "职位名称"])
        sheet.merge_range(1, 0, 3, 0, "甲公司")
        for number, title in enumerate(["电工", "焊工", "钳工", "车工"], start=1):
            sheet.write(number, 1, title)
    _, rows = reads("a.xlsx", file.getvalue())
    assert [row[1:] for row in rows] == [
        ["甲公司", "电工"],
        ["甲公司", "焊工"],
        ["甲公司", "钳工"],
        ["", "车工"],
    ]


def test_the_other_sheets_are_named(reads) -> None:  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name in ("岗位", "旧表"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["企业名称", "职位名称"])
            sheet.write_row(1, 0, [name, "电工"])
    table, rows = reads("a.xlsx", file.getvalue())
    assert table.notes == {"sheet": "岗位", "other_sheets": ["旧表"]}
    assert rows == [[2, "岗位", "电工"]]


def test_headings_repeated_or_missing_get_names(reads) -> None:  # type: ignore[no-untyped-def]
    table, _ = reads("a.csv", "备注,,备注\na,b,c\n".encode())
    assert table.header == ["备注", "第2列", "备注 (2)"]


def test_values_of_json_lines_become_cells(reads) -> None:  # type: ignore[no-untyped-def]
    table, rows = reads(
        "a.jsonl", '{"技能": ["C#", "Go"], "人数": 2.0, "急": true, "无": null}\n{"年": [{"a": 1}]}'.encode()
    )
    assert table.header == ["技能", "人数", "急", "无", "年"]
    assert rows == [[1, "C#；Go", "2", "是", ""], [2, "", "", "", "", '[{"a": 1}]']]


def test_quoted_cells_keep_their_lines(reads) -> None:  # type: ignore[no-untyped-def]
    _, rows = reads("a.csv", '职位,描述\n电工,"一、安装\n二、""检修"""\n焊工,焊接\n'.encode())
    assert rows == [[2, "电工", '一、安装\n二、"检修"'], [4, "焊工", "焊接"]]


def test_names_that_differ_only_in_blanks_stay_apart(reads) -> None:  # type: ignore[no-untyped-def]
    table, _ = reads("a.jsonl", '{"标题": "电工", " 标题 ": "焊工", "": "x"}'.encode())
    assert table.header == ["标题", "标题 (2)", "第3列"]
