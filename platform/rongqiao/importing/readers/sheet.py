"""Reads one workbook in a process of its own: `python sheet.py WORKBOOK ROWS`.

Runs apart because a hostile workbook can make the library ask for all the memory there is, which no exception
catches: here the kernel refuses it, and only this process ends. Imports nothing of the product.
Writes rows as JSON Lines `[row number, cell, …]` and prints what it read, or `{"code": …}` and exits with 3.
"""

import json
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

MEMORY = 400 * 1024 * 1024
SECONDS = 12
MOST_ENTRIES = 2_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_FILLED = 5_000
LONGEST_CELL = 50_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(code: str, hint: str = "") -> NoReturn:
    """End with a code for the parent."""
    print(json.dumps({"code": code, "hint": hint}))
    raise SystemExit(3)


def main(source: Path, target: Path) -> None:
    """Read the first visible sheet that has rows."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    check_type(source)
    from python_calamine import CalamineError, PasswordError

    try:
        print(json.dumps(convert(source, target)))
    except PasswordError:
        refuse("file_encrypted")
    except MemoryError:
        refuse("file_bomb")
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError, struct.error):
        refuse("file_broken")


def check_type(source: Path) -> None:
    """The first bytes must be what the name says; a zip must be small when unpacked."""
    with source.open("rb") as file:
        start = file.read(8)
    if source.suffix == ".xls":
        if start != OLE:
            refuse("file_broken")
    elif start == OLE:
        refuse("file_encrypted")  # an .xlsx with a password is an OLE container
    elif not start.startswith(b"PK\x03\x04"):
        refuse("file_broken")
    else:
        check_zip(source)


def check_zip(source: Path) -> None:
    """Count the entries and unpack each once: what the directory declares may be a lie."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            declared = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or declared > MOST_UNPACKED:
                refuse("file_bomb")
            names = [entry.filename for entry in entries]
            if "[Content_Types].xml" not in names or len(names) != len(set(names)):
                refuse("file_broken")
            room = MOST_UNPACKED
            for entry in entries:
                room = unpack(archive, entry, room)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
        struct.error,
    ):
        refuse("file_broken")
    except Exception as error:  # zlib.error and friends share no base class
        if isinstance(error, MemoryError):
            refuse("file_bomb")
        refuse("file_broken")


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Read an entry through; the room left. No part of a workbook has reason to declare entities (XXE)."""
    markup = entry.filename.endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(entry) as stream:
        while block := stream.read(1 << 20):
            room -= len(block)
            if room < 0:
                refuse("file_bomb")
            if markup and b"<!DOCTYPE" in tail + block:
                refuse("file_broken")
            tail = block[-16:]
    return room


def convert(source: Path, target: Path) -> dict[str, Any]:
    """Write the rows of the first visible sheet that has any; what was read and which sheets were not."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(source) as book:
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        for position, name in enumerate(shown):
            sheet = book.get_sheet_by_name(name)
            if sheet.end is not None and write(sheet, target):
                return {"sheet": name, "other_sheets": shown[position + 1 :]}
    return refuse("file_empty")


def write(sheet: Any, target: Path) -> int:
    """The rows that hold anything, numbered as the spreadsheet numbers them; how many."""
    count = 0
    filled = spread(sheet)
    offset = sheet.start[1]
    if sheet.end[1] - offset >= MOST_COLUMNS:
        refuse("too_many_columns", str(MOST_COLUMNS))
    with target.open("w", encoding="utf-8") as out:
        for number, cells in rows(sheet):
            for column, value in filled.get(number, {}).items():
                if 0 <= column - offset < len(cells) and not cells[column - offset]:
                    cells[column - offset] = value(number)
            if not any(cells):
                continue
            keep(filled, number, cells, offset)
            count += 1
            if count > MOST_ROWS + 10:
                refuse("too_many_rows", str(MOST_ROWS))
            out.write(json.dumps([number, *cells], ensure_ascii=False) + "\n")
    return count


def rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Row number and texts."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [text_of(cell, number) for cell in cells]


class Merged:
    """A cell merged over several rows of one column: what its first row says holds for all of them."""

    def __init__(self) -> None:
        self.text = ""

    def __call__(self, number: int) -> str:
        return self.text


def spread(sheet: Any) -> dict[int, dict[int, Any]]:
    """row → column → merged cell, for cells merged downwards. Sideways merges stay: they are headings."""
    filled: dict[int, dict[int, Any]] = {}
    room = MOST_FILLED
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left != right or bottom == top or bottom - top > room:
            continue
        room -= bottom - top
        merged = Merged()
        for row in range(top, bottom + 1):
            filled.setdefault(row + 1, {})[left] = merged
    return filled


def keep(filled: dict[int, dict[int, Any]], number: int, cells: list[str], offset: int) -> None:
    """Remember what merged cells of this row say."""
    for column, merged in filled.get(number, {}).items():
        if 0 <= column - offset < len(cells) and cells[column - offset]:
            merged.text = cells[column - offset]


def text_of(cell: Any, number: int) -> str:
    """A cell as a person would type it: 3.0 is 3, a date is ISO 8601."""
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            refuse("cell_too_long", str(number))
        return cell.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
