"""CSV in UTF-8 (with or without mark) or GB18030, separated by comma, semicolon or tab."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ..faults import at_row, problem

# Of real Chinese text nearly every character is in GB 2312; of another encoding read as GB18030, few are.
SHARE_OF_COMMON = 0.7
BLOCK = 1 << 20
LONGEST_LINE = 1 << 20


def rows_of(source: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every record. Raises Problem for what is not a plain table of text."""
    encoding = encoding_of(source)
    with source.open(encoding=encoding, newline="") as file:
        separator = separator_of(file.readline(LONGEST_LINE))
        file.seek(0)
        reader = csv.reader(_lines(file), delimiter=separator, strict=True)
        start = 1
        try:
            for cells in reader:
                yield start, cells
                start = reader.line_num + 1
        except csv.Error as error:
            code = "cell_too_long" if "field limit" in str(error) else "csv_broken"
            raise problem(code, hint=at_row(start)) from error


def encoding_of(source: Path) -> str:
    """utf-8-sig, utf-8 or gb18030. Raises Problem for anything else, and for NUL bytes."""
    with source.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise problem("file_encoding")
    if _reads_as(source, "utf-8"):
        return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    if not start.startswith(codecs.BOM_UTF8) and _reads_as(source, "gb18030"):
        return "gb18030"
    raise problem("file_encoding")


def _reads_as(source: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    strange = common = 0
    with source.open("rb") as file:
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise problem("file_nul", hint=encoding)
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError:
                return False
            if encoding == "gb18030":
                beyond = [character for character in text if character > "\x7f"]
                known = len("".join(beyond).encode("gb2312", "ignore")) // 2
                common, strange = common + known, strange + len(beyond) - known
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return strange == 0 or common / (common + strange) >= SHARE_OF_COMMON


def separator_of(line: str) -> str:
    """The separator that the first line has most of."""
    return max(",\t;", key=line.count)


def _lines(file: TextIO) -> Iterator[str]:
    """Lines no longer than a limit, so that one line of 30 MB does not become three copies of itself."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE:
            raise problem("cell_too_long", hint=at_row(number))
        yield line
