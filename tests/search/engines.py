"""The engines that the contract suite runs on. A new engine is one more entry here and nothing else."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from search.elasticsearch import ElasticsearchEngine
from search.embedded import EmbeddedEngine
from search.engine import Engine

LEASE_SECONDS = 2.0
"""How soon a rebuild that died may be followed by another, in tests."""


@dataclass(frozen=True)
class Kind:
    """How an engine is opened, and in what it may differ from the others."""

    open: Callable[[str], Engine]
    one_writer: bool = False
    """An index has one writer at a time; else any number, and versions decide."""
    notices_death: bool = False
    """A rebuild that died can be followed by another at once; else after a time without a sign of life."""


def _on_server(location: str) -> Engine:
    address, _, prefix = location.rpartition("/")
    # Patient: tests of what it answers are not about how soon, and machines are busy.
    return ElasticsearchEngine(address, prefix=prefix, seconds=30, lease=LEASE_SECONDS)


ENGINES: dict[str, Kind] = {
    "elasticsearch": Kind(_on_server),
    "embedded": Kind(lambda location: EmbeddedEngine(Path(location)), one_writer=True, notices_death=True),
}


def open_engine(name: str, location: str) -> Engine:
    return ENGINES[name].open(location)


PREFIX = f"rongqiaotest{uuid.uuid4().hex[:8]}"
"""The names of all indexes that this run makes begin so; the server may hold others."""
_numbers = itertools.count()


def new_location(name: str, folder: Path, address: str) -> str:
    """A place of its own for a test's indexes: in the folder, or on the server at the address."""
    return f"{address}/{PREFIX}_{next(_numbers)}" if name == "elasticsearch" else str(folder / "indexes")
