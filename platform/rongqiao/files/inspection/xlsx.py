"""Excel workbooks."""

from pathlib import Path

from . import office
from .verdict import Format, Found

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def recognise(start: bytes, source: Path) -> bool:
    """A zip whose main part is a workbook; one with macros is named, not mistaken for something else."""
    return start.startswith(b"PK\x03\x04") and office.is_main(
        source, b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled", b"ms-excel.sheet.binary"
    )


def inspect(source: Path, target: Path) -> Found:
    """Raises Refused for anything but cells, formulas within the workbook and pictures."""
    office.check(source)
    return Found(MEDIA_TYPE)


FORMAT = Format(MEDIA_TYPE, (".xlsx",), "Excel 工作簿", "Excel workbook", recognise, inspect)
