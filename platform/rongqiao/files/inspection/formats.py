"""Every type of file that can be accepted, by its media type."""

from pathlib import Path

from . import docx, jpeg, pdf, png, webp, xlsx
from .verdict import Format

FORMATS: dict[str, Format] = {
    each.FORMAT.media_type: each.FORMAT for each in (pdf, jpeg, png, webp, docx, xlsx)
}


def recognised(start: bytes, source: Path) -> Format | None:
    """The type that the content has, whatever its name says; None when it is none of ours."""
    return next((each for each in FORMATS.values() if each.recognise(start, source)), None)
