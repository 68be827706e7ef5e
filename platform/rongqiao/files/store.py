"""Where the bytes lie: under RONGQIAO_FILES, by the file's uuid, readable by the service alone.

What is not yet checked lies apart in `incoming`, so that nothing half-written or unchecked has a file's place.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

from rongqiao.common import clock

from .faults import refused, too_large
from .registry import Purpose

DAY = 24 * 3600.0


def path_of(file: UUID) -> Path:
    """The place of a file, there or not; 256 folders keep each one small."""
    return Path(settings.RONGQIAO_FILES) / file.hex[:2] / file.hex


def opened(file: UUID) -> IO[bytes]:
    """The bytes for reading. Raises Problem `file_gone` (410) when they are not there."""
    try:
        return path_of(file).open("rb")
    except FileNotFoundError as error:
        raise refused("file_gone") from error


@contextmanager
def incoming(blocks: Iterable[bytes], purpose: Purpose) -> Iterator[tuple[Path, Path]]:
    """What is being uploaded, and a path for what the inspection makes of it; both go when the block ends.

    Raises Problem `file_too_large` (413) as soon as more arrives than the purpose takes.
    """
    folder = _made(Path(settings.RONGQIAO_FILES) / "incoming")
    name = secrets.token_hex(16)
    upload, result = folder / name, folder / f"{name}.clean"
    try:
        _write(upload, blocks, purpose)
        yield upload, result
    finally:
        upload.unlink(missing_ok=True)
        result.unlink(missing_ok=True)


def keep(path: Path, file: UUID) -> tuple[int, str]:
    """Move a checked file to its place, at once and for good; its size and SHA-256."""
    digest = hashlib.sha256()
    with path.open("rb") as checked:
        while block := checked.read(1 << 20):
            digest.update(block)
        size = checked.tell()
        os.fsync(checked.fileno())
    path.chmod(0o600)
    place = path_of(file)
    _made(place.parent)
    path.replace(place)
    _settle(place.parent)
    return size, digest.hexdigest()


def forget(file: UUID) -> None:
    """Remove the bytes."""
    path_of(file).unlink(missing_ok=True)


def kept() -> Iterator[dict[UUID, float]]:
    """What lies there, a folder at a time: the uuid of each file with its age in seconds."""
    now = clock.now().timestamp()
    for folder in sorted(_made(Path(settings.RONGQIAO_FILES)).glob("[0-9a-f][0-9a-f]")):
        yield {
            UUID(hex=path.name): now - path.stat().st_mtime
            for path in folder.iterdir()
            if len(path.name) == 32
        }


def clear_incoming() -> None:
    """Remove what uploads that were killed midway left a day ago."""
    now = clock.now().timestamp()
    for path in _made(Path(settings.RONGQIAO_FILES) / "incoming").iterdir():
        if now - path.stat().st_mtime > DAY:
            path.unlink(missing_ok=True)


def _write(path: Path, blocks: Iterable[bytes], purpose: Purpose) -> None:
    size = 0
    with open(path, "xb", opener=_private) as file:
        for block in blocks:
            size += len(block)
            if size > purpose.most_bytes:
                raise too_large(purpose)
            file.write(block)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _settle(folder: Path) -> None:
    """Have the folder's new entry on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
