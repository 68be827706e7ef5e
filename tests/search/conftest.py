"""One store for each test and engine, opened as often as a test likes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.engine import Engine
from tests.search.engines import ENGINES, Kind, new_location, open_engine
from tests.servers import elasticsearch


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


@pytest.fixture(scope="session")
def elasticsearch_address() -> Iterator[str]:
    """A real server for the whole run, started by the first test that asks."""
    if not elasticsearch.found():
        pytest.skip(f"no Elasticsearch here: {elasticsearch.REMEDY}")
    with elasticsearch.server() as address:
        yield address


@pytest.fixture
def server_address(request: pytest.FixtureRequest, engine_name: str) -> Iterator[str]:
    """The address of the server of an engine that has one; its indexes are removed after the test."""
    if engine_name != "elasticsearch":
        yield ""
        return
    address = request.getfixturevalue("elasticsearch_address")
    yield address
    remove_indexes(address)


def remove_indexes(address: str) -> None:
    """Removes what tests left on the server, and nothing else."""
    with Elasticsearch(address, request_timeout=30) as client:
        for name in client.indices.get_alias(index="t*").body:
            client.indices.delete(index=name, ignore_unavailable=True)


@pytest.fixture(
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


@pytest.fixture
def engine(store: Store) -> Engine:
    return store.open()
