"""One store for each test and engine, opened as often as a test likes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from search.engine import Engine
from tests.search.engines import ENGINES, open_engine


@dataclass
class Store:
    """Where an engine keeps its indexes; `open` gives what another process would see."""

    engine_name: str
    location: str
    opened: list[Engine] = field(default_factory=list)

    def open(self) -> Engine:
        engine = open_engine(self.engine_name, self.location)
        self.opened.append(engine)
        return engine


@pytest.fixture(params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = Store(request.param, str(tmp_path / "indexes"))
    yield store
    for engine in store.opened:
        engine.close()


@pytest.fixture
def engine(store: Store) -> Engine:
    return store.open()
