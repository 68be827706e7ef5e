"""A PDF as objects: every one that its tables list, looked at without following references."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from .pdf_bytes import check_names
from .verdict import Refused, active, bomb, broken, unsafe

MOST_OBJECTS = 100_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_FILTERS = 3
MOST_PIXELS = 200_000_000
LINKS = frozenset({"", "http", "https", "mailto", "tel"})
# Those of pictures keep their size in their own header, and are not unpacked here.
PICTURE_FILTERS = frozenset({"DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode"})
SHORT = {"Fl": "FlateDecode", "A85": "ASCII85Decode", "AHx": "ASCIIHexDecode", "RL": "RunLengthDecode"}
MOVING = frozenset({"/Movie", "/Sound", "/Screen", "/3D", "/RichMediaExecute", "/GoTo3DView"})
MOST_OF_A_RUN = 64


def check(reader: Any) -> None:
    """Raises Refused for an object that acts, hides or grows; PyPdfError for one that cannot be read."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

    room = MOST_UNPACKED
    for item in objects(reader):
        waiting = [item]
        while waiting:
            each = waiting.pop()
            if isinstance(each, DictionaryObject):
                check_dictionary(each)
                waiting += dict.values(each)
                if isinstance(each, StreamObject):
                    room -= unpacked_size(each, room)
            elif isinstance(each, ArrayObject):
                waiting += list.__iter__(each)
            elif isinstance(each, NameObject):
                check_names(iter([each[1:]]))


def objects(reader: Any) -> Iterator[Any]:
    """The trailer and every object in use."""
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise bomb(f"PDF 对象太多（{len(numbers)}）", f"the PDF has too many objects ({len(numbers)})")
    yield reader.trailer
    for number, generation in sorted(numbers):
        yield reader.get_object(IndirectObject(number, generation, reader))


def check_dictionary(item: Any) -> None:
    """What a dictionary says by its keys, or by what stands under them."""
    check_names(key[1:] for key in dict.keys(item))
    if value_of(item, "/AA"):
        raise active("含有自动动作（AA）", "it holds automatic actions (AA)")
    opening = value_of(item, "/OpenAction")
    if isinstance(opening, dict) and opening.get("/S") not in ("/GoTo", "/Named"):
        raise active("打开时会执行动作（OpenAction）", "it acts when it is opened (OpenAction)")
    if value_of(item, "/S") in MOVING or value_of(item, "/Subtype") in MOVING:
        raise active("含有声音、视频或三维内容", "it holds sound, video or 3D content")
    if isinstance(value_of(item, "/EF"), dict):
        raise active("含有内嵌文件（EF）", "it holds an embedded file (EF)")
    check_link(value_of(item, "/URI"))


def value_of(item: Any, key: str) -> Any:
    """What stands under a key, its reference resolved; None when there is nothing."""
    value = dict.get(item, key)
    return None if value is None else value.get_object()


def check_link(address: Any) -> None:
    """A link leads to the web or to a mailbox."""
    if not isinstance(address, str | bytes):
        return
    text = address.decode("latin-1") if isinstance(address, bytes) else address
    text = "".join(character for character in text if character > " ")
    try:
        scheme = urlsplit(text).scheme.lower()
    except ValueError:
        scheme = "?"
    if scheme not in LINKS or (not scheme and ":" in text.split("/")[0]) or text.startswith("\\\\"):
        raise active(f"含有危险链接（{scheme[:20]}:）", f"it holds a dangerous link ({scheme[:20]}:)")


def unpacked_size(stream: Any, room: int) -> int:
    """Bytes of a stream when unpacked, counted without keeping them. Raises Refused beyond `room`."""
    if dict.get(stream, "/F") is not None:
        raise active("引用外部文件的数据", "it takes data from a file outside")
    width, height = value_of(stream, "/Width"), value_of(stream, "/Height")
    if isinstance(width, int) and isinstance(height, int) and width * height > MOST_PIXELS:
        raise bomb(f"内含 {width}×{height} 像素的图片", f"it holds a picture of {width}×{height} pixels")
    data: bytes = stream._data
    size = len(data)
    filters = filters_of(stream)
    for position, name in enumerate(filters):
        if name in PICTURE_FILTERS:
            break
        if name == "FlateDecode":
            if set(filters[position + 1 :]) - PICTURE_FILTERS:
                raise bomb("数据被重复压缩", "data is packed more than once")
            return inflated(data, room)
        if name == "RunLengthDecode":
            size = len(data) * MOST_OF_A_RUN
        else:
            data = from_text(name, data)
    if size > room:
        raise bomb("解压后过大", "it grows too large when unpacked")
    return size


def filters_of(stream: Any) -> list[str]:
    """The names of a stream's filters in the order of unpacking, each written out."""
    from pypdf.generic import NameObject

    given = value_of(stream, "/Filter")
    given = [given] if isinstance(given, NameObject) else given
    if given is None or not hasattr(given, "get_object"):
        given = given or []
    names = [str(each.get_object())[1:] for each in given]
    if len(names) > MOST_FILTERS:
        raise bomb("数据被多重压缩", "data is packed too many times")
    if "Crypt" in names:
        raise Refused("file_encrypted", "PDF 的部分内容加了密", "a part of the PDF is encrypted")
    return [SHORT.get(name, name) for name in names]


def from_text(name: str, data: bytes) -> bytes:
    """Bytes that were written as text."""
    clean = b"".join(data.split())
    try:
        if name == "ASCII85Decode":
            return base64.a85decode(clean.removeprefix(b"<~").removesuffix(b"~>"))
        if name == "ASCIIHexDecode":
            digits = clean.removesuffix(b">")
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    except ValueError as error:
        raise broken("数据编码有误", "data is written wrongly") from error
    raise unsafe(f"压缩方式不支持（{name[:20]}）", f"a way of packing that is not supported ({name[:20]})")


def inflated(data: bytes, room: int) -> int:
    """How large deflated data becomes, block by block."""
    machine = zlib.decompressobj()
    size = 0
    try:
        while data and not machine.eof:
            size += len(machine.decompress(data, 1 << 20))
            data = machine.unconsumed_tail
            if size > room:
                raise bomb("解压后过大", "it grows too large when unpacked")
    except zlib.error as error:
        raise broken("压缩数据已损坏", "packed data is damaged") from error
    return size
