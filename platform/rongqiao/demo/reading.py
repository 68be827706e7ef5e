"""The demo region's files: tab-separated tables in data/, first line the columns, made to be edited by hand.

A cell of a list holds its values with 、 between them; a cell of a small table holds rows with ; and within
a row columns with |, in the order of the kind's columns. So that the demo does not age, a date may be written as
days from today (+30) and a year as counted from the latest autumn (Y, Y-1).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rongqiao.postings.field_types import Day, FieldType, Number, Rows

DATA = Path(__file__).parent / "data"
# Colleges take in their students in September.
INTAKE_MONTH = 9


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of data/<name>.tsv by column. ValueError names the line whose cells do not fit the columns."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return tuple(_row(name, number, columns, line) for number, line in enumerate(lines[1:], start=2) if line)


def _row(name: str, number: int, columns: list[str], line: str) -> Mapping[str, str]:
    cells = line.split("\t")
    if len(cells) != len(columns):
        raise ValueError(f"{name}.tsv line {number}: {len(cells)} cells for {len(columns)} columns")
    return dict(zip(columns, cells, strict=True))


def value(field_type: FieldType, text: str, today: date) -> Any:
    """What a form would have sent for a cell; None for an empty one."""
    if not text:
        return None
    if isinstance(field_type, Day) and text[0] in "+-":
        return (today + timedelta(days=int(text))).isoformat()
    if isinstance(field_type, Number) and text[0] == "Y":
        return latest_intake(today) + int(text[1:] or 0)
    if isinstance(field_type, Rows):
        return [_columns(field_type, row, today) for row in text.split(";")]
    return field_type.cell(text)


def latest_intake(today: date) -> int:
    """The year of the latest autumn in which students were taken in."""
    return today.year if today.month >= INTAKE_MONTH else today.year - 1


def _columns(rows: Rows, text: str, today: date) -> dict[str, Any]:
    pairs = zip(rows.columns, text.split("|"), strict=False)
    return {column.name: value(column.type, cell.strip(), today) for column, cell in pairs}
