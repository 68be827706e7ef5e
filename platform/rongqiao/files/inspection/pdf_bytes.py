"""A PDF as bytes: every name that stands outside streams or inside an object stream, reachable or not."""

import re
import zlib
from collections.abc import Iterator

from .verdict import Refused, active, bomb, broken, unsafe

MOST_UNPACKED = 50 * 1024 * 1024
NAME = re.compile(rb"/([^\x00-\x20()<>\[\]{}/%]+)")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

# Names that stand for something active wherever they stand, and what people call it.
HARMFUL: dict[str, tuple[str, str]] = {
    "JavaScript": ("脚本（JavaScript）", "a script (JavaScript)"),
    "JS": ("脚本（JS）", "a script (JS)"),
    "Launch": ("启动程序的动作（Launch）", "an action that starts a program (Launch)"),
    "EmbeddedFile": ("内嵌文件（EmbeddedFile）", "an embedded file (EmbeddedFile)"),
    "EmbeddedFiles": ("内嵌文件（EmbeddedFiles）", "embedded files (EmbeddedFiles)"),
    "FileAttachment": ("附件（FileAttachment）", "an attachment (FileAttachment)"),
    "RichMedia": ("富媒体（RichMedia）", "rich media (RichMedia)"),
    "Rendition": ("多媒体（Rendition）", "multimedia (Rendition)"),
    "XFA": ("动态表单（XFA）", "a dynamic form (XFA)"),
    "SubmitForm": ("提交表单的动作（SubmitForm）", "an action that sends a form (SubmitForm)"),
    "ImportData": ("导入数据的动作（ImportData）", "an action that imports data (ImportData)"),
    "GoToR": ("打开其他文件的动作（GoToR）", "an action that opens another file (GoToR)"),
    "GoToE": ("打开内嵌文件的动作（GoToE）", "an action that opens an embedded file (GoToE)"),
}


def check(data: bytes) -> None:
    """Raises Refused for a harmful name or encryption."""
    room = MOST_UNPACKED
    for text, stream in parts(data):
        check_names(names_in(text))
        about = set(names_in(text[text.rfind(b"obj") + 3 :])) if stream else set()
        if "ObjStm" in about:
            unpacked = unpack(stream, about, room)
            room -= len(unpacked)
            check_names(names_in(unpacked))


def parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The file cut into (what stands before a stream, the stream's bytes)."""
    position = 0
    while True:
        start = next_stream(data, position)
        end = data.find(b"endstream", start) if start >= 0 else -1
        if end < 0:
            yield data[position:], b""
            return
        yield data[position:start], data[start:end]
        position = end + len(b"endstream")


def next_stream(data: bytes, position: int) -> int:
    """Where the bytes of the next stream begin, -1 when there is none."""
    while (found := data.find(b"stream", position)) >= 0:
        after = found + 6
        if data[max(found - 3, 0) : found] != b"end" and data[after : after + 1] in (b"\r", b"\n"):
            return after + (2 if data[after : after + 2] == b"\r\n" else 1)
        position = after
    return -1


def names_in(text: bytes) -> Iterator[str]:
    """The names, with `#4A` read as the letter it stands for."""
    for match in NAME.finditer(text):
        name = match.group(1)
        if b"#" in name:
            name = ESCAPED.sub(lambda code: bytes([int(code.group(1), 16)]), name)
        yield name.decode("latin-1")


def check_names(names: Iterator[str]) -> None:
    """Raises Refused for the first that is harmful."""
    for name in names:
        if name in HARMFUL:
            raise active("含有" + HARMFUL[name][0], "it holds " + HARMFUL[name][1])
        if name == "Encrypt":
            raise Refused(
                "file_encrypted", "PDF 加了密码或权限限制", "the PDF has a password or restrictions"
            )


def unpack(stream: bytes, about: set[str], room: int) -> bytes:
    """The bytes of an object stream; only the compression that everybody uses for it."""
    filters = {name for name in about if name.endswith("Decode")}
    if not filters:
        return stream
    if filters != {"FlateDecode"}:
        raise unsafe("对象流的压缩方式不寻常", "an object stream is packed in an unusual way")
    try:
        unpacked = zlib.decompressobj().decompress(stream, room + 1)
    except zlib.error as error:
        raise broken("对象流解压失败", "an object stream cannot be unpacked") from error
    if len(unpacked) > room:
        raise bomb("对象流解压后过大", "an object stream grows too large")
    return unpacked
