"""Files that are no good, made on the spot: (name of the case, file name, content, codes that may answer)."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator
from functools import cache

import xlsxwriter

from tests.importing.samples import GOOD, HEADER, csv_of, xlsx_of
from tests.later import Content, later

Case = tuple[str, str, Content, set[str]]
BROKEN = {"file_broken"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def every() -> list[Case]:
    """All of them."""
    makers = (types, empties, zips, bombs, workbooks, old_workbooks, encodings, separated, lines, limits)
    return [case for make in makers for case in make()]


def types() -> Iterator[Case]:
    """What is not what its name says."""
    html = b"<html><table><tr><td>a</td></tr></table></html>"
    good = xlsx_of([HEADER, *GOOD])
    for suffix in (".xls", ".xlsx"):
        for name, content in (
            ("html", html),
            ("csv", csv_of([HEADER, *GOOD])),
            ("pdf", b"%PDF-1.7\n%"),
            ("png", b"\x89PNG\r\n\x1a\n" * 9),
            ("xml", b"<?xml version='1.0'?><Workbook/>"),
            ("zeros", bytes(4096)),
            ("one byte", b"P"),
            ("json", b"{}"),
            ("gzip", b"\x1f\x8b\x08" + bytes(30)),
            ("rar", b"Rar!\x1a\x07\x00" + bytes(30)),
        ):
            yield f"{suffix} that is {name}", f"a{suffix}", content, BROKEN
    yield ".xls that is xlsx", "a.xls", good, BROKEN
    yield ".xlsx that is xls", "a.xlsx", OLE + bytes(600), {"file_encrypted"}
    yield ".csv that is xlsx", "a.csv", good, {"file_nul"}
    yield ".jsonl that is xlsx", "a.jsonl", good, {"file_nul", "line_broken", "file_encoding"}
    yield ".jsonl that is csv", "a.jsonl", csv_of([HEADER, *GOOD]), {"line_broken"}
    for name in (
        "a.exe",
        "a.ods",
        "a.xlsm",
        "a.xlsb",
        "a.pdf",
        "a.txt",
        "a",
        "a.csv.zip",
        "csv",
        "a.csv\0.exe",
        "..",
        "a.",
    ):
        yield f"type {name!r}", name, b"x", {"file_type"}


def empties() -> Iterator[Case]:
    """Nothing, or headings alone."""
    for suffix in (".csv", ".jsonl", ".xlsx", ".xls"):
        yield f"empty {suffix}", f"a{suffix}", b"", {"file_empty"}
    yield "only a mark", "a.csv", b"\xef\xbb\xbf", {"file_empty", "no_header"}
    yield "blank lines", "a.csv", b"\r\n" * 50, {"file_empty"}
    yield "blank lines of jsonl", "a.jsonl", b"\n \n", {"file_empty"}
    yield "headings alone", "a.csv", csv_of([HEADER]), {"file_empty"}
    yield "headings alone in xlsx", "a.xlsx", xlsx_of([HEADER]), {"file_empty"}
    yield "an empty sheet", "a.xlsx", xlsx_of([]), {"file_empty"}
    yield "commas alone", "a.csv", b",,,,\n,,,,\n", {"file_empty", "no_header"}
    yield "no headings", "a.csv", csv_of([row[3:] for row in GOOD]), {"no_header"}
    yield "no headings in xlsx", "a.xlsx", xlsx_of([["1", "2", "3"], ["4", "5", "6"]]), {"no_header"}
    yield "prose", "a.csv", "这是一段说明\n没有表格\n".encode() * 20, {"no_header"}


def zips() -> Iterator[Case]:
    """Containers cut short, turned over, or missing parts."""
    good = xlsx_of([HEADER, *GOOD])
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield f"cut at {share:.0%}", "a.xlsx", good[: int(len(good) * share)], BROKEN
    dice = random.Random(7)
    for number in range(8):
        damaged = bytearray(good)
        for _ in range(60):
            damaged[dice.randrange(30, len(good))] ^= dice.randrange(1, 256)
        # Where the damage strikes a size, the size is what is refused.
        yield f"damaged {number}", "a.xlsx", bytes(damaged), BROKEN | {"file_bomb"}
    for part in (
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
    ):
        yield f"without {part}", "a.xlsx", without(good, part), BROKEN | {"file_empty", "file_bomb"}
        if part.startswith("xl"):  # the library does not read the types of the parts
            changed = replaced(good, part, b"<not closed")
            yield f"broken {part}", "a.xlsx", changed, BROKEN | {"file_empty", "file_bomb"}
    yield "no workbook at all", "a.xlsx", zipped({"a.txt": b"hello"}), BROKEN
    yield "an empty zip", "a.xlsx", zipped({}), BROKEN
    yield "a zip in a zip", "a.xlsx", zipped({"a.xlsx": good}), BROKEN
    yield "climbing names", "a.xlsx", zipped({"../../etc/passwd": b"x"}), BROKEN


def bombs() -> Iterator[Case]:
    """Small files that grow."""
    good = xlsx_of([HEADER, *GOOD])

    @cache
    def blank() -> bytes:
        return replaced(good, "xl/sharedStrings.xml", b"<a>" + b" " * 320 * 1024 * 1024)

    yield "320 MB of blanks", "a.xlsx", blank, {"file_bomb"}
    yield "a lie about its size", "a.xlsx", later(lambda: lied(blank())), {"file_bomb", "file_broken"}
    entries = later(lambda: zipped({f"xl/{number}.xml": b"" for number in range(3_000)}))
    yield "3000 entries", "a.xlsx", entries, {"file_bomb"}
    for name, declaration in {
        "entities": b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 999 + b'">]>',
        "a file of the machine": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        "an address": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
        "laughs": b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>',
    }.items():
        for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
            sheet = zipfile.ZipFile(io.BytesIO(good)).read(part)
            head, _, rest = sheet.partition(b"?>")
            yield (
                f"XXE {name} in {part}",
                "a.xlsx",
                replaced(good, part, head + b"?>" + declaration + rest),
                BROKEN,
            )
    far, low = later(lambda: corner(1_048_575, 16_383)), later(lambda: corner(1_048_575, 150))
    yield "a cell in the last corner", "a.xlsx", far, {"file_bomb", "too_many_columns"}
    yield "a cell in the last row", "a.xlsx", low, {"file_bomb", "file_slow", "file_empty"}
    yield "a cell in the last column", "a.xlsx", corner(1, 16_383), {"too_many_columns"}


def workbooks() -> Iterator[Case]:
    """Workbooks beyond the limits, or hidden."""
    yield (
        "201 columns",
        "a.xlsx",
        xlsx_of([[f"列{n}" for n in range(201)], ["x"] * 201]),
        {"too_many_columns"},
    )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("空")
        hidden = book.add_worksheet("藏")
        for number, row in enumerate([HEADER, *GOOD]):
            hidden.write_row(number, 0, row)
        hidden.hide()
    yield "only hidden rows", "a.xlsx", file.getvalue(), {"file_empty"}


def old_workbooks() -> Iterator[Case]:
    """.xls containers of nonsense."""
    dice = random.Random(11)
    for number in range(6):
        yield (
            f"OLE nonsense {number}",
            "a.xls",
            OLE + dice.randbytes(2_048 * (number + 1)),
            {"file_broken", "file_bomb", "file_slow"},
        )
    yield "OLE header alone", "a.xls", OLE, {"file_broken", "file_bomb"}
    yield "OLE of zeros", "a.xls", OLE + bytes(8_192), {"file_broken", "file_bomb"}
    yield (
        "OLE with a loop",
        "a.xls",
        OLE + struct.pack("<126I", *([0] * 126)) * 20,
        {"file_broken", "file_bomb", "file_slow"},
    )


def encodings() -> Iterator[Case]:
    """Text in encodings that are not taken, or broken ones."""
    rows = [HEADER, *GOOD]
    refused = {"file_encoding", "file_nul"}
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5", "shift_jis"):
        words = (
            rows
            if encoding.startswith("utf")
            else [["氏名", "会社"], ["山田の会社にようこそ", "東京都千代田区"] * 1]
        )
        text = "\n".join(",".join(row) for row in words)
        yield f"in {encoding}", "a.csv", text.encode(encoding, "ignore"), refused
    yield "latin-1", "a.csv", "Prénom,Ville\nRené,Orléans\nZoé,Besançon\n".encode("latin-1"), refused
    yield "UTF-8 cut within a character", "a.csv", csv_of(rows)[:-1] + b"\xe6\x9d", refused | {"csv_broken"}
    yield "UTF-8 with a stray byte", "a.csv", csv_of(rows) + b"\xff\xfe,\xff\n", refused
    yield "random bytes", "a.csv", random.Random(3).randbytes(5_000), refused
    yield "surrogates in UTF-8", "a.csv", b"a,b\n\xed\xa0\x80,\xed\xb0\x80\n", refused
    yield "jsonl in GB18030", "a.jsonl", '{"标题": "电工"}\n'.encode("gb18030"), refused
    yield "jsonl in UTF-16", "a.jsonl", '{"标题": "电工"}\n'.encode("utf-16"), refused | {"line_broken"}


def separated() -> Iterator[Case]:
    """CSV that is malformed."""
    head = csv_of([HEADER])
    yield "NUL in a cell", "a.csv", head + b"\na,b\0c,d", {"file_nul"}
    yield "NUL at the end", "a.csv", csv_of([HEADER, *GOOD]) + b"\0", {"file_nul"}
    yield "a quote never closed", "a.csv", head + b'\n"a,b,c\nd,e,f\n', {"csv_broken"}
    yield "text after a quote", "a.csv", head + b'\n"a"b,c,d\n', {"csv_broken"}
    yield "a cell of 10 MB", "a.csv", head + b"\n" + b"x" * 10_000_000 + b",b", {"cell_too_long"}
    yield "a quoted cell of 10 MB", "a.csv", head + b'\n"' + b"x\n" * 5_000_000 + b'",b', {"cell_too_long"}
    yield "a cell of 60,000", "a.csv", head + b"\n" + b"x" * 60_000 + b",b", {"cell_too_long"}
    yield (
        "201 headings",
        "a.csv",
        ",".join(f"列{n}" for n in range(201)).encode() + b"\n1,2",
        {"too_many_columns"},
    )
    yield "one line of 29 MB", "a.csv", b"a," * 14_500_000, {"too_many_columns", "cell_too_long"}


def lines() -> Iterator[Case]:
    """JSON Lines that are not."""
    good = json.dumps({"标题": "电工"}, ensure_ascii=False).encode() + b"\n"
    for name, line in {
        "deep lists": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "deep objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        "a list": b"[1, 2]",
        "a number": b"1",
        "a text": b'"a"',
        "null": b"null",
        "cut": b'{"a": "b',
        "two on a line": good[:-1] * 2,
        "single quotes": b"{'a': 1}",
        "a comma too many": b'{"a": 1,}',
        "NaN": b'{"a": NaN}',
        "Infinity": b'{"a": -Infinity}',
        "a comment": b"// hello",
        "bare words": b"{a: 1}",
        "brackets alone": b"[" * 50_000,
        "a huge number": b'{"a": ' + b"9" * 6_000 + b"}",
    }.items():
        yield f"jsonl: {name}", "a.jsonl", good + line + b"\n", {"line_broken"}
    yield "jsonl: NUL", "a.jsonl", good + b'{"a": "b\0"}\n', {"file_nul"}
    yield "jsonl: NUL escaped", "a.jsonl", good + b'{"a": "\\u0000"}\n', {"file_nul"}
    yield "jsonl: half a pair", "a.jsonl", good + b'{"a": "\\ud800"}\n', {"file_nul"}
    yield "jsonl: 10 MB cell", "a.jsonl", good + b'{"a": "' + b"x" * 10_000_000 + b'"}\n', {"cell_too_long"}
    yield "jsonl: 60,000", "a.jsonl", good + b'{"a": "' + b"x" * 60_000 + b'"}\n', {"cell_too_long"}
    wide = json.dumps({f"c{number}": number for number in range(300)}).encode()
    yield "jsonl: 300 names", "a.jsonl", wide, {"too_many_columns"}
    growing = b"".join(json.dumps({f"c{number}": 1}).encode() + b"\n" for number in range(300))
    yield "jsonl: a new name a line", "a.jsonl", growing, {"too_many_columns"}


def limits() -> Iterator[Case]:
    """Too many rows, too many bytes."""
    yield "a million rows of csv", "a.csv", b"a,b\n" + b"x,y\n" * 1_000_000, {"too_many_rows"}
    yield "a million rows of jsonl", "a.jsonl", b'{"a": "b"}\n' * 1_000_000, {"too_many_rows"}
    yield "31 MB", "a.csv", b"a,b\n" + b"xxxxxxxxx,yyyyyyyyyy\n" * 1_500_000, {"file_too_large"}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(content: bytes, part: str) -> bytes:
    """A zip less one part."""
    return zipped({name: inner for name, inner in parts_of(content).items() if name != part})


def replaced(content: bytes, part: str, inner: bytes) -> bytes:
    """A zip with one part changed."""
    return zipped({**parts_of(content), part: inner})


def lied(content: bytes) -> bytes:
    """A zip whose directory declares every entry as 100 bytes when unpacked."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = struct.pack("<I", 100)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def corner(row: int, column: int) -> bytes:
    """A workbook with headings and one cell far away."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_string(row, column, "x")
    return file.getvalue()
