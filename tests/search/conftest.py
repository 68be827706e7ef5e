"""One store for each test and engine, opened as often as a test likes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.engine import Engine
from tests.search.engines import ENGINES, PREFIX, Kind, new_location, open_engine


@dataclass
class Store:
    """Where an engine keeps its indexes; `open` gives what another process would see."""

    engine_name: str
    location: str
    opened: list[Engine] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return ENGINES[self.engine_name]

    def open(self) -> Engine:
        engine = open_engine(self.engine_name, self.location)
        self.opened.append(engine)
        return engine


@pytest.fixture(scope="module")
def server_address(request: pytest.FixtureRequest, engine_name: str) -> Iterator[str]:
    """The address of the server of an engine that has one; the indexes made are removed at the end."""
    if engine_name != "elasticsearch":
        yield ""
        return
    address = request.getfixturevalue("elasticsearch_address")
    yield address
    remove_indexes(address)


def remove_indexes(address: str) -> None:
    """Removes what this run left on the server, and nothing else."""
    with Elasticsearch(address, request_timeout=60) as client:
        names = list(client.indices.get_alias(index=f"{PREFIX}*").body)
        for start in range(0, len(names), 50):
            client.indices.delete(index=names[start : start + 50], ignore_unavailable=True)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=getattr(pytest.mark, name)) for name in sorted(ENGINES)],
)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(engine_name: str, server_address: str, tmp_path: Path) -> Iterator[Store]:
    store = Store(engine_name, new_location(engine_name, tmp_path, server_address))
    yield store
    for engine in store.opened:
        engine.close()


@pytest.fixture(scope="module")
def shared(
    engine_name: str, server_address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """One engine for all tests of a module that only read: an index costs a server more than a question."""
    location = new_location(engine_name, tmp_path_factory.mktemp(engine_name), server_address)
    engine = open_engine(engine_name, location)
    yield engine
    engine.close()


@pytest.fixture
def engine(store: Store) -> Engine:
    return store.open()
