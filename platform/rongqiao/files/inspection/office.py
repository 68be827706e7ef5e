"""Office Open XML (ECMA-376): what a document and a workbook have in common.

Taken as it is or not at all: no macros, nothing embedded, nothing fetched from elsewhere.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from . import zips
from .markup import Markup
from .verdict import active, broken, unsafe

CONTENT_TYPES = "[Content_Types].xml"
LARGEST_TYPES = 1024 * 1024
XML = frozenset({".xml", ".rels", ".vml", ".svg"})
MEDIA = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".odttf", ".ttf"}
)
FOLDERS: dict[str, tuple[str, str]] = {
    "embeddings": ("内嵌对象", "an embedded object"),
    "activex": ("ActiveX 控件", "an ActiveX control"),
    "macrosheets": ("宏表", "a macro sheet"),
    "dialogsheets": ("对话框表", "a dialog sheet"),
    "externallinks": ("到其他工作簿的链接", "links to other workbooks"),
    "customui": ("自定义界面", "a customised interface"),
    "webextensions": ("网页加载项", "a web extension"),
}


def is_main(source: Path, *types: bytes) -> bool:
    """Whether the archive says that its main part is one of these, with or without macros."""
    try:
        with zipfile.ZipFile(source) as archive, archive.open(CONTENT_TYPES) as stream:
            said = stream.read(LARGEST_TYPES)
    except Exception:  # whatever is wrong with it, it is no document of ours
        return False
    return any(each in said for each in types)


def check(source: Path) -> None:
    """Every part, read through. Raises Refused."""
    seen = set()
    for name, blocks in zips.entries(source.read_bytes()):
        check_part(name)
        if PurePosixPath(name).suffix.lower() in XML:
            Markup().read(blocks)
        else:
            exhaust(blocks)
        seen.add(name)
    if CONTENT_TYPES not in seen or "_rels/.rels" not in seen:
        raise broken("不是完整的 Office 文件", "it is not a complete Office file")


def check_part(name: str) -> None:
    """By its place and suffix: only what a document needs."""
    path = PurePosixPath(name.lower())
    for folder in path.parts:
        if folder in FOLDERS:
            raise active("含有" + FOLDERS[folder][0], "it holds " + FOLDERS[folder][1])
    if path.name.startswith("vba"):
        raise active("含有宏（VBA）", "it holds macros (VBA)")
    printer = path.suffix == ".bin" and path.name.startswith("printersettings")
    if not printer and not name.endswith("/") and path.suffix not in XML | MEDIA and path.name != ".rels":
        raise unsafe(
            f"含有不该有的部分（{name[:60]}）", f"it holds a part that it has no need of ({name[:60]})"
        )


def exhaust(blocks: Iterator[bytes]) -> None:
    """Read to the end, so that every byte is counted."""
    for _ in blocks:
        pass
