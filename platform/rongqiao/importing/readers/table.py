"""A file of any of the four types, read into a table that is kept: headings, samples and a file of rows."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from ..faults import at_row, problem
from . import lines, separated, workbook
from .sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

TYPES = (".xlsx", ".xls", ".csv", ".jsonl")
SAMPLES = 3
HEADER_WITHIN = 10
LONGEST_HEADING = 100
_VALUE_LIKE = re.compile(r"[-+\d.,:/%年月日万千元天人~—–\s]+|本科|大专|中专|硕士|博士|不限|是|否")

Row = tuple[int, list[str]]


@dataclass(slots=True)
class Table:
    """What was read. `samples` has the first values of each column; `notes` says which sheet was read."""

    header: list[str] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)
    total: int = 0
    notes: dict[str, Any] = field(default_factory=dict)

    def see(self, cells: list[str]) -> None:
        """Count a row and remember its first values."""
        self.total += 1
        if self.total > MOST_ROWS:
            raise problem("too_many_rows", hint=str(MOST_ROWS))
        for seen, cell in zip(self.samples, cells, strict=False):
            if len(seen) < SAMPLES and cell.strip():
                seen.append(cell.strip()[:80])


def read_file(source: Path, kept: Path) -> Table:
    """Read a file by its extension and write its rows to `kept`, one `[row number, cell, …]` a line.

    Raises Problem for what is no table, is not what its name says, or is beyond the limits.
    """
    if source.suffix not in TYPES:
        raise problem("file_type")
    if source.stat().st_size == 0:
        raise problem("file_empty")
    table = Table()
    with kept.open("w", encoding="utf-8") as out:
        for number, cells in _rows(source, kept, table):
            table.see(cells)
            out.write(json.dumps([number, *cells], ensure_ascii=False) + "\n")
    if not table.total:
        raise problem("file_empty")
    return table


def _rows(source: Path, kept: Path, table: Table) -> Iterator[Row]:
    if source.suffix == ".jsonl":
        yield from _of_records(lines.records_of(source), table)
    elif source.suffix == ".csv":
        table.notes = {"rectangular": True}
        yield from _below_header(separated.rows_of(source), table)
    else:
        raw = kept.with_suffix(".sheet")
        try:
            table.notes = workbook.read_workbook(source, raw)
            yield from _below_header(workbook.rows_of(raw), table)
        finally:
            raw.unlink(missing_ok=True)


def _of_records(records: Iterable[tuple[int, dict[str, str]]], table: Table) -> Iterator[Row]:
    """Objects as rows; a name seen for the first time adds a column."""
    places: dict[str, int] = {}
    for number, record in records:
        for name in record:
            if name not in places:
                places[name] = len(places)
                _add_column(table, name)
        cells = [""] * len(places)
        for name, text in record.items():
            cells[places[name]] = _checked(text, number)
        yield number, cells


def _add_column(table: Table, name: str) -> None:
    """A heading of its own for a column: one without gets its number, one repeated a count."""
    if len(table.header) >= MOST_COLUMNS:
        raise problem("too_many_columns", hint=str(MOST_COLUMNS))
    plain = " ".join(name.split())[:LONGEST_HEADING] or f"第{len(table.header) + 1}列"
    numbered = (f"{plain} ({count})" for count in range(2, MOST_COLUMNS + 2))
    table.header.append(next(each for each in chain([plain], numbered) if each not in table.header))
    table.samples.append([])


def _below_header(rows: Iterator[Row], table: Table) -> Iterator[Row]:
    """The rows below the headings. Empty rows go; a row keeps its cells even beyond the headings."""
    for name in _header(rows):
        _add_column(table, name)
    width = len(table.header)
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            yield number, [_checked(cell, number) for cell in cells]


def _header(rows: Iterator[Row]) -> list[str]:
    """The first row that names columns; a title above it (one cell in a wide table) is passed over."""
    lone: list[str] | None = None
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        filled = [cell for cell in cells if cell.strip()]
        if len(cells) > MOST_COLUMNS:
            raise problem("too_many_columns", hint=str(MOST_COLUMNS))
        if len(filled) >= 2:
            _refuse_values(filled)
            return cells
        lone = lone or cells or None
        if number >= HEADER_WITHIN:
            break
    raise problem("no_header" if lone else "file_empty")


def _refuse_values(cells: list[str]) -> None:
    """Two or more cells that can only be values show that the first row is no row of headings."""
    if sum(bool(_VALUE_LIKE.fullmatch(cell.strip())) for cell in cells) >= 2:
        raise problem("no_header")


def _checked(cell: str, number: int) -> str:
    if len(cell) > LONGEST_CELL:
        raise problem("cell_too_long", hint=at_row(number))
    return cell
