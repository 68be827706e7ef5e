"""Good files of each type, made on the spot."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from PIL import Image

GPS = {1: "N", 2: (30.0, 48.0, 12.0), 3: "E", 4: (108.0, 22.0, 9.0)}
CANARY = "CANARY-camera-of-Wang-7731"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **saving: Any) -> bytes:
    """A picture with a gradient, so that turning and cropping can be seen."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    out = io.BytesIO()
    image.save(out, format=kind, **saving)
    return out.getvalue()


def with_place(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture that says where, when and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = CANARY
    exif.get_ifd(0x8825).update(GPS)
    return picture(kind, exif=exif)


def pdf(*objects: bytes, catalog: bytes = b"", page: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one page with further objects (from number 4) and entries in its dictionaries."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s>>" % page,
        *objects,
    ]
    return assembled(bodies, trailer)


def assembled(bodies: list[bytes], trailer: bytes = b"") -> bytes:
    """Objects from number 1, their table, and a trailer whose root is the first."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    about = b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(bodies) + 1, trailer)
    return out + table + about + b"startxref\n%d\n%%%%EOF\n" % len(out)


def stream(data: bytes, about: bytes = b"") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), about, packed)


def with_object_stream(hidden: bytes, about: bytes = b"", packed: bool = True) -> bytes:
    """A PDF whose objects lie in an object stream, listed by a packed table (PDF 1.5); `hidden` is number 4."""
    inner = [b"<</Type/Catalog/Pages 2 0 R%s>>" % about, b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>", hidden]  # fmt: skip
    places, text = [], b""
    for number, body in enumerate(inner, start=1):
        places.append(b"%d %d" % (number, len(text)))
        text += body + b"\n"
    head = b" ".join(places) + b"\n"
    about_stream = b"/Type/ObjStm/N %d/First %d" % (len(inner), len(head))
    holder = stream(head + text, about_stream)
    if not packed:
        holder = b"<</Length %d%s>>stream\n%s\nendstream" % (len(head + text), about_stream, head + text)
    out = b"%PDF-1.7\n"
    first = len(out)
    out += b"5 0 obj\n%s\nendobj\n" % holder
    second = len(out)
    rows = [(0, 0, 255), *((2, 5, index) for index in range(4)), (1, first, 0), (1, second, 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([index]) for kind, place, index in rows)
    out += b"6 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Size 7/W[1 4 1]/Root 1 0 R")
    return out + b"startxref\n%d\n%%%%EOF\n" % second


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
BODY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{before}'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>校企合作协议</w:t></w:r>{body}</w:p></w:body></w:document>"
)


def relation(kind: str, target: str, outside: bool = True) -> str:
    """A row of relationships."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def word_parts(
    body: str = "", *, before: str = "", relations: str = "", types: str = "", main: str = WORD
) -> dict[str, bytes]:
    """The parts of a small Word document."""
    parts = {
        "[Content_Types].xml": TYPES.format(main=main, more=types),
        "_rels/.rels": RELATIONS.format(rows=MAIN),
        "word/document.xml": BODY.format(body=body, before=before),
        "word/_rels/document.xml.rels": RELATIONS.format(rows=relations),
    }
    return {name: text.encode() for name, text in parts.items()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str = "", more: Mapping[str, bytes] | None = None, **about: str) -> bytes:
    """A Word document, with further parts."""
    return zipped({**word_parts(body, **about), **(more or {})})


def workbook(formula: str = "") -> bytes:
    """An Excel workbook as a library writes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "人数"])
        sheet.write_row(1, 0, ["王师傅", 3])
        sheet.write_formula(2, 1, formula or "=SUM(B2:B2)")
        sheet.write_url(3, 0, "https://example.com/")
    return out.getvalue()


def good() -> dict[str, bytes]:
    """A name and a file of each type that is accepted."""
    return {
        "证件.pdf": pdf(stream(b"BT ET"), page=b"/Contents 4 0 R"),
        "扫描.pdf": with_object_stream(b"<</Note(plain)>>"),
        "照片.jpg": picture(),
        "照片.JPEG": picture(mode="L"),
        "截图.png": picture("PNG", mode="RGBA"),
        "截图.webp": picture("WEBP"),
        "协议.docx": word(),
        "名单.xlsx": workbook(),
    }
