"""WebP."""

from pathlib import Path

from .pictures import check_size, redraw
from .verdict import Format, Found

MEDIA_TYPE = "image/webp"


def recognise(start: bytes, source: Path) -> bool:
    """A RIFF container of WebP."""
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def inspect(source: Path, target: Path) -> Found:
    """The library sets memory aside when it opens a file, so the size is read before that."""
    with source.open("rb") as file:
        check_size(*size_of(file.read(64)))
    return redraw(source, target, "WEBP", MEDIA_TYPE, b"", quality=90, method=1)


def size_of(start: bytes) -> tuple[int, int]:
    """Width and height in any of the three kinds of first chunk (RFC 9649); (1, 1) where they are not stated."""
    chunk, body = start[12:16], start[20:]
    if len(body) < 10:
        return 1, 1
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return 1, 1


FORMAT = Format(MEDIA_TYPE, (".webp",), "WebP 图片", "WebP picture", recognise, inspect, inline=True)
