"""JPEG."""

from pathlib import Path

from .pictures import redraw
from .verdict import Format, Found

MEDIA_TYPE = "image/jpeg"
END = b"\xff\xd9"


def recognise(start: bytes, source: Path) -> bool:
    """Start of image and the first byte of a marker."""
    return start.startswith(b"\xff\xd8\xff")


def inspect(source: Path, target: Path) -> Found:
    """Quality 90: no difference that one sees."""
    return redraw(source, target, "JPEG", MEDIA_TYPE, END, quality=90)


FORMAT = Format(MEDIA_TYPE, (".jpg", ".jpeg"), "JPEG 图片", "JPEG picture", recognise, inspect, inline=True)
