"""Where an index lies on disk, and how a new generation takes the old one's place.

root/<index>/lock            held (flock) by the one writer; the system releases it when a process dies
root/<index>/current         names the generation that is searched; replaced atomically
root/<index>/<generation>/   a tantivy index; a generation is called <number>-<fingerprint of the schema>
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import WriterBusy
from search.schema import Schema


class Layout:
    """The folder of one index."""

    def __init__(self, root: Path, schema: Schema) -> None:
        self.name = schema.name
        self.fingerprint = schema.fingerprint
        self.folder = root / schema.name

    def current(self) -> Path | None:
        """The generation that is searched, or None when there is none of this schema's structure."""
        latest = self.latest()
        return latest if latest is not None and latest.name.endswith(f"-{self.fingerprint}") else None

    def latest(self) -> Path | None:
        """The generation that `current` names, of whatever structure."""
        try:
            name = (self.folder / "current").read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        return self.folder / name if name else None

    def new_generation(self) -> Path:
        """An empty folder for the next generation. Only for the holder of the lock."""
        names = [old.name for old in (*self._generations(), self.latest()) if old is not None]
        numbers = [int(name.split("-")[0]) for name in names]
        generation = self.folder / f"{max(numbers, default=0) + 1:06d}-{self.fingerprint}"
        generation.mkdir(parents=True)
        return generation

    def promote(self, generation: Path) -> None:
        """Makes readers go to the generation from now on; survives a power cut once it returns."""
        draft = self.folder / "current.new"
        with draft.open("w", encoding="ascii") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / "current")
        _sync_folder(self.folder)

    def remove_leftovers(self, keep: Path | None = None) -> None:
        """Removes every generation but the current one (and `keep`). Only for the holder of the lock."""
        kept = {path for path in (self.latest(), keep) if path is not None}
        for generation in self._generations():
            if generation not in kept:
                shutil.rmtree(generation, ignore_errors=True)

    def _generations(self) -> list[Path]:
        return [path for path in self.folder.glob("[0-9]*-*") if path.is_dir()]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the index for writing, or raises WriterBusy at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WriterBusy(f"another process or thread writes the index {self.name!r}") from None
            yield


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
