"""PNG."""

from pathlib import Path

from .pictures import redraw
from .verdict import Format, Found

MEDIA_TYPE = "image/png"
END = b"IEND\xaeB`\x82"


def recognise(start: bytes, source: Path) -> bool:
    """The eight bytes of the standard."""
    return start.startswith(b"\x89PNG\r\n\x1a\n")


def inspect(source: Path, target: Path) -> Found:
    """Compression 1: large scans stay within the time at little cost in size."""
    return redraw(source, target, "PNG", MEDIA_TYPE, END, compress_level=1)


FORMAT = Format(MEDIA_TYPE, (".png",), "PNG 图片", "PNG picture", recognise, inspect, inline=True)
