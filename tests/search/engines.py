"""The engines that the contract suite runs on. A new engine is one more entry here and nothing else."""

from collections.abc import Callable
from pathlib import Path

from search.embedded import EmbeddedEngine
from search.engine import Engine

ENGINES: dict[str, Callable[[str], Engine]] = {
    "embedded": lambda location: EmbeddedEngine(Path(location)),
}


def open_engine(name: str, location: str) -> Engine:
    return ENGINES[name](location)
