"""Word documents."""

from pathlib import Path

from . import office
from .verdict import Format, Found

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def recognise(start: bytes, source: Path) -> bool:
    """A zip whose main part is a document; one with macros is named, not mistaken for something else."""
    return start.startswith(b"PK\x03\x04") and office.is_main(
        source, b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled"
    )


def inspect(source: Path, target: Path) -> Found:
    """Raises Refused for anything but text, tables and pictures."""
    office.check(source)
    return Found(MEDIA_TYPE)


FORMAT = Format(MEDIA_TYPE, (".docx",), "Word 文档", "Word document", recognise, inspect)
