"""A zip archive as an Office document writes it, checked before anything is made of its content.

Python's own reader and Office's differ on archives that are not plain (overlapping entries, data in between, two
directories), so that only plain ones pass: entries from byte 0, side by side, then the directory, then the end.
"""

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

from .verdict import Refused, bomb, broken, unsafe

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
# Below this a high ratio harms nobody: an empty sheet's styles compress well.
RATIO_FROM = 1024 * 1024
LARGEST_DIRECTORY = 2 * 1024 * 1024
# What may follow an entry: the descriptor of its sizes.
DESCRIPTOR = 24
END = struct.Struct("<4s4H2LH")
HEADER = struct.Struct("<4s5H3L2H")
NESTED = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b\x08",
    b"MZ",
    b"\x7fELF",
    b"%PDF",
)

Entry = tuple[str, Iterator[bytes]]


def entries(data: bytes) -> Iterator[Entry]:
    """Name and blocks of each entry, every byte counted as it comes. Raises Refused."""
    directory = check_end(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, UnicodeError) as error:
        raise broken("压缩结构已损坏", "the zip structure is damaged") from error
    infos = archive.infolist()
    check_names([info.filename for info in infos])
    check_layout(data, infos, directory)
    budget = Budget(len(data))
    for info in infos:
        yield info.filename, blocks(archive, info, budget)


def check_end(data: bytes) -> int:
    """The record at the very end, without a comment; where the directory begins."""
    if not data.startswith(b"PK\x03\x04"):
        raise unsafe("压缩包前面有别的内容", "something stands before the archive")
    if len(data) < END.size or data[-END.size :][:4] != b"PK\x05\x06":
        raise broken(
            "压缩包不完整，或结尾之后还有内容", "the archive is cut off, or something follows its end"
        )
    _, disk, first, here, count, size, offset, comment = END.unpack(data[-END.size :])
    if comment or disk or first or here != count or offset + size != len(data) - END.size:
        raise unsafe("压缩包的目录不寻常", "the directory of the archive is not plain")
    if count > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise bomb(
            f"内含 {count} 个条目，上限 {MOST_ENTRIES}", f"it has {count} entries, at most {MOST_ENTRIES}"
        )
    return int(offset)


def check_names(names: list[str]) -> None:
    """Inside the archive, and each once however it is capitalised."""
    for name in names:
        outside = name.startswith("/") or ".." in name.split("/") or any(mark in name for mark in "\\:\0")
        if outside or not name.isprintable() or len(name) > 260:
            raise unsafe("条目名指向压缩包之外", "an entry's name leads out of the archive")
    if len({name.lower() for name in names}) != len(names):
        raise unsafe("两个条目同名", "two entries have the same name")


def check_layout(data: bytes, infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Entries lie side by side: none inside another (many times the same bytes), nothing between them."""
    position = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        check_gap(info.header_offset - position, first=position == 0)
        if info.flag_bits & 0x1:
            raise Refused("file_encrypted", "文件有打开密码", "the file has a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise unsafe("压缩方式不寻常", "it is packed in an unusual way")
        header = data[info.header_offset : info.header_offset + HEADER.size]
        if len(header) < HEADER.size or header[:4] != b"PK\x03\x04":
            raise broken("压缩结构已损坏", "the zip structure is damaged")
        *_, name, extra = HEADER.unpack(header)
        position = info.header_offset + HEADER.size + name + extra + info.compress_size
    check_gap(directory - position, first=False)


def check_gap(gap: int, *, first: bool) -> None:
    """Between two entries, or before the directory."""
    if gap < 0:
        raise bomb("条目互相重叠", "entries overlap")
    if gap > (0 if first else DESCRIPTOR):
        raise unsafe("条目之间藏有数据", "data hides between the entries")


class Budget:
    """What is left to unpack, for all entries together."""

    def __init__(self, packed: int) -> None:
        self.most = min(MOST_UNPACKED, max(packed * MOST_RATIO, RATIO_FROM))
        self.used = 0

    def spend(self, size: int) -> None:
        """Raises Refused when it is used up."""
        self.used += size
        if self.used > self.most:
            limit = self.most // (1024 * 1024)
            raise bomb(f"解压后超过 {limit} MB", f"it grows over {limit} MB when unpacked")


def blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The bytes of an entry; a nested archive or program is refused by its first ones."""
    started = False
    try:
        with archive.open(info) as stream:
            while block := stream.read(1 << 18):
                budget.spend(len(block))
                if not started and block.startswith(NESTED):
                    raise unsafe(
                        f"内含另一个文件（{info.filename[:60]}）",
                        f"another file is inside ({info.filename[:60]})",
                    )
                started = True
                yield block
    except (Refused, MemoryError):
        raise
    except Exception as error:  # zlib.error, BadZipFile, EOFError and struct.error share no base class
        raise broken("条目解压失败", "an entry cannot be unpacked") from error
