"""PDF: taken as it is or not at all. Nothing in it may act, hide, or grow.

It is looked at twice, because readers differ: as bytes, outside streams and inside object streams, whether or not
anything points there; and as objects, the way a reader sees them (ISO 32000-1, 7.5 and 12.6).
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from . import pdf_bytes, pdf_objects
from .verdict import Format, Found, Refused, broken, unsafe

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 500
# A zip is found from its end, at most this far from the end of the file.
ZIP_REACH = 66_000
WEB = (b"<html", b"<script", b"<!doctype", b"<body", b"<iframe", b"<svg", b"<?php")


def recognise(start: bytes, source: Path) -> bool:
    """At the very start; some readers look further, which is what files with two faces live on."""
    return start.startswith(b"%PDF-")


def inspect(source: Path, target: Path) -> Found:
    """Raises Refused for anything active, encrypted, hidden, malformed or too large."""
    data = source.read_bytes()
    check_frame(data)
    pdf_bytes.check(data)
    # Only now: the library takes longer to load than most files take to be refused.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=True)
        if "/Root" not in reader.trailer:
            raise broken("PDF 没有目录（Root）", "the PDF has no root")
        pdf_objects.check(reader)
        return Found(MEDIA_TYPE, pages=count_pages(reader))
    except PyPdfError as error:
        raise broken("PDF 结构不合规范", "the structure of the PDF is malformed") from error


def check_frame(data: bytes) -> None:
    """Nothing after the end, and no second type beside PDF."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise broken("PDF 不完整，没有结尾", "the PDF is cut off: it has no end")
    if data[end + 5 :].strip(b"\0\t\n\f\r "):
        raise unsafe("PDF 结尾之后还有别的内容", "something follows the end of the PDF")
    if b"PK\x05\x06" in data[-ZIP_REACH:]:
        raise unsafe("PDF 里藏有压缩包", "a zip archive hides in the PDF")
    start = data[:1024].lower()
    if any(mark in start for mark in WEB) or data[257:262] == b"ustar":
        raise unsafe("PDF 开头藏有另一种文件", "another type of file hides at the start of the PDF")


def count_pages(reader: Any) -> int:
    """Between 1 and the limit."""
    pages = len(reader.pages)
    if not pages:
        raise broken("PDF 没有页面", "the PDF has no pages")
    if pages > MOST_PAGES:
        raise Refused(
            "file_too_large", f"{pages} 页，上限 {MOST_PAGES}", f"{pages} pages, at most {MOST_PAGES}"
        )
    return pages


FORMAT = Format(MEDIA_TYPE, (".pdf",), "PDF 文档", "PDF document", recognise, inspect, inline=True)
