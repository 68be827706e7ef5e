"""Where uploaded tables lie until they are brought in or taken back: random names under VAR/imports."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from rongqiao.common import clock

from .faults import problem


def folder() -> Path:
    """The folder, made on first use; nobody but the service may read it (the tables hold contacts)."""
    path = Path(settings.VAR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(stored: str) -> Path:
    """The file of a batch. Raises Problem `file_gone` (410) when it has been removed."""
    path = folder() / stored
    if not stored or not path.is_file():
        raise problem("file_gone", status=410)
    return path


@contextmanager
def received(file_name: str, blocks: Iterable[bytes]) -> Iterator[tuple[Path, Path]]:
    """What is being uploaded, and the path for the table read from it. The upload goes when the block ends;
    the table stays unless it ended in an error. Raises Problem for a type or size that is not taken."""
    suffix = Path(file_name).suffix.lower()
    name = secrets.token_hex(16)
    upload, table = folder() / f"{name}{suffix[:8]}", folder() / f"{name}.rows"
    if suffix not in (".xlsx", ".xls", ".csv", ".jsonl"):
        raise problem("file_type")
    try:
        _write(upload, blocks)
        yield upload, table
    except BaseException:
        table.unlink(missing_ok=True)
        raise
    finally:
        upload.unlink(missing_ok=True)


def remove(stored: str) -> None:
    """Forget a table."""
    if stored:
        (folder() / stored).unlink(missing_ok=True)


def remove_strays(wanted: Iterable[str]) -> None:
    """Remove the files of uploads that were killed midway: a day old and of no batch."""
    kept = set(wanted)
    yesterday = clock.now().timestamp() - 24 * 3600
    for path in folder().iterdir():
        if path.name not in kept and path.stat().st_mtime < yesterday:
            path.unlink(missing_ok=True)


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    limit = int(settings.RONGQIAO_UPLOAD_LIMIT)
    size = 0
    with path.open("wb") as file:
        for block in blocks:
            size += len(block)
            if size > limit:
                raise problem("file_too_large", hint=f"> {limit // (1024 * 1024)} MB", status=413)
            file.write(block)
