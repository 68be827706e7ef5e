"""Pictures that are too large, not whole, or something else as well."""

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image

from tests.files.samples import picture, word
from tests.later import Content, later

Case = tuple[str, str, Content, set[str]]
BOMB, BROKEN = {"file_bomb"}, {"file_broken"}
PNG = b"\x89PNG\r\n\x1a\n"
PHP = b"<?php system($_GET['c']); ?>"
HTML = b"<html><script>alert(document.cookie)</script></html>"


def every() -> Iterator[Case]:
    """All that are refused."""
    yield from large()
    yield from damaged()
    yield from moving()


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes, depth: int = 8, colour: int = 2, data: bytes = b"") -> bytes:
    """A PNG that says it has so many pixels."""
    head = chunk(b"IHDR", struct.pack(">2L5B", width, height, depth, colour, 0, 0, 0))
    return (
        PNG + head + b"".join(more) + chunk(b"IDAT", data or zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def large() -> Iterator[Case]:
    """More pixels, or more bytes in a corner, than anybody needs."""
    yield "png: gigapixel", "a.png", png(65_000, 65_000), BOMB
    yield "png: 2^31 wide", "a.png", png(2**31 - 1, 1), BOMB
    yield "png: one pixel more than allowed", "a.png", png(40_000_001, 1), BOMB

    @cache
    def zeros() -> bytes:
        return zlib.compress(bytes(100_000_000), 9)

    yield "png: real bomb", "a.png", later(lambda: png(30_000, 30_000, data=zeros())), BOMB
    yield "png: no pixels", "a.png", png(0, 0), BROKEN
    jpeg = picture("JPEG")
    place = jpeg.index(b"\xff\xc0") + 5
    yield "jpeg: gigapixel", "a.jpg", jpeg[:place] + b"\xff\xdc\xff\xdc" + jpeg[place + 4 :], BOMB
    lossless = picture("WEBP", lossless=True)
    yield "webp: huge lossless", "a.webp", lossless[:21] + b"\xff\xff\xff\x0f" + lossless[25:], BOMB
    canvas = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\xff\xff" * 2
    yield "webp: huge canvas", "a.webp", canvas + bytes(40), BOMB
    lossy = picture("WEBP")
    yield "webp: huge lossy", "a.webp", lossy[:26] + b"\xff\x3f\xff\x3f" + lossy[30:], BOMB
    for kind, head in ((b"zTXt", b"a\0\0"), (b"iCCP", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0")):
        text = later(lambda kind=kind, head=head: png(4, 4, chunk(kind, head + zeros())))
        yield f"png: bomb in {kind.decode()}", "a.png", text, BROKEN | BOMB
    many = [chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(900_000), 9))] * 900
    yield "png: bomb in many texts", "a.png", png(4, 4, *many), BROKEN | BOMB
    yield "png: little data for many pixels", "a.png", png(6_000, 6_000), BROKEN


def damaged() -> Iterator[Case]:
    """Not as the format says."""
    yield "png: signature alone", "a.png", PNG, BROKEN
    yield "png: wrong checksum", "a.png", png(4, 4).replace(b"IHDR", b"IHDS"), BROKEN
    yield "png: data that is not packed", "a.png", png(4, 4, data=b"not packed at all"), BROKEN
    yield "png: unknown colour", "a.png", png(4, 4, colour=5), BROKEN
    yield "jpeg: start alone", "a.jpg", b"\xff\xd8\xff", BROKEN
    yield "jpeg: start and script", "a.jpg", b"\xff\xd8\xff\xe0" + HTML, BROKEN
    yield "jpeg: endless markers", "a.jpg", b"\xff\xd8" + b"\xff" * 2_000_000, BROKEN
    yield "webp: head alone", "a.webp", b"RIFF\x24\0\0\0WEBPVP8 ", BROKEN
    yield "webp: wrong chunk", "a.webp", picture("WEBP").replace(b"VP8 ", b"VP7 "), BROKEN


def moving() -> Iterator[Case]:
    """Pictures of several frames."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, format=kind, save_all=True, append_images=frames[1:])
        yield f"{kind}: animated", f"a.{kind.lower()}", out.getvalue(), {"file_active_content"}


def two_faced() -> Iterator[tuple[str, str, bytes, tuple[bytes, ...]]]:
    """Pictures that are something else as well: kept, and then nothing but pictures. Name, file name, content,
    and what must be gone."""
    archive = word()
    zip_ = (b"PK\x03\x04", b"PK\x05\x06", b"word/document.xml")
    text = (b"php", b"<html", b"script")
    place = struct.pack(">H", len(HTML) + 2)
    for kind in ("JPEG", "PNG", "WEBP"):
        name, plain = f"a.{kind.lower()}", picture(kind)
        yield f"{kind} with a zip after it", name, plain + archive, zip_
        yield f"{kind} with HTML after it", name, plain + HTML, text
        yield f"{kind} with PHP after it", name, plain + PHP, text
        yield f"{kind} with a program after it", name, plain + b"MZ" + b"\x90" * 400, (b"\x90" * 40,)
        yield f"{kind} with a PDF after it", name, plain + b"%PDF-1.7 /JavaScript", (b"%PDF", b"JavaScript")
        yield f"{kind} with PHP in its notes", name, picture(kind, exif=noted(PHP)), text
    jpeg = picture("JPEG")
    yield "JPEG with HTML in a comment", "a.jpg", jpeg[:2] + b"\xff\xfe" + place + HTML + jpeg[2:], text
    yield (
        "JPEG with PHP in an application segment",
        "a.jpg",
        jpeg[:2] + b"\xff\xed\0\x1e" + PHP + jpeg[2:],
        text,
    )
    for kind in (b"tEXt", b"iCCP", b"eXIf", b"prVt"):
        body = {b"iCCP": b"a\0\0" + zlib.compress(PHP)}.get(kind, b"a\0" + PHP)
        data = picture("PNG")
        yield f"PNG with PHP in {kind.decode()}", "a.png", data[:33] + chunk(kind, body) + data[33:], text
    pair = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(
        pair, format="MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), "blue")]
    )
    yield "JPEG with a second frame", "a.jpg", pair.getvalue(), (b"MPF\0",)


def noted(text: bytes) -> Image.Exif:
    """Notes of a camera that hold a text."""
    exif = Image.Exif()
    exif[0x010E] = text.decode()
    return exif
