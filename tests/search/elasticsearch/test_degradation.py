"""The server gone, mute, slow or out of its mind: every call ends in time, later ones are spared, all comes back."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch

from search.elasticsearch import ElasticsearchEngine
from search.elasticsearch.breaker import Breaker
from search.engine import EngineAway
from search.query import Query
from tests.search.conftest import remove_indexes
from tests.search.engines import new_location
from tests.search.samples import SCHEMA, document, fill, titled
from tests.servers.proxy import FAULTS, Proxy, proxy

pytestmark = pytest.mark.elasticsearch
SECONDS = 0.7
PROMISED = 3.0
RETURN_SECONDS = 20.0
Open = Callable[..., ElasticsearchEngine]


def write(engine: ElasticsearchEngine) -> None:
    with engine.writer(SCHEMA) as writer:
        writer.apply([document(1, title="焊接")], deletes=[(2, 1)])


def rebuild(engine: ElasticsearchEngine) -> None:
    with engine.writer(SCHEMA) as writer, writer.rebuild():
        pass


CALLS: dict[str, Callable[[ElasticsearchEngine], object]] = {
    "search": lambda engine: engine.search(SCHEMA, [Query(text="焊接"), Query()]),
    "exists": lambda engine: engine.exists(SCHEMA),
    "count": lambda engine: engine.count(SCHEMA),
    "entries": lambda engine: list(engine.entries(SCHEMA)),
    "document_frequency": lambda engine: engine.document_frequency(SCHEMA, "title", "grams", ["焊"]),
    "write": write,
    "rebuild": rebuild,
    "purge": lambda engine: engine.purge(SCHEMA),
}


@pytest.fixture
def way(elasticsearch_address: str) -> Iterator[Proxy]:
    port = urlsplit(elasticsearch_address).port
    assert port is not None
    with proxy(port) as made:
        yield made
    remove_indexes(elasticsearch_address)


@pytest.fixture
def opened(way: Proxy, elasticsearch_address: str) -> Iterator[Open]:
    """Opens engines on one store that holds a document; what they ask goes through the proxy."""
    address, _, prefix = new_location("elasticsearch", None, elasticsearch_address).rpartition("/")
    engines = []

    def open_(to: str = f"http://127.0.0.1:{way.port}", **options: float) -> ElasticsearchEngine:
        engines.append(ElasticsearchEngine(to, prefix=prefix, **options))
        return engines[-1]

    fill(open_(address, seconds=30), [document(1, title="焊接")])
    yield open_
    for engine in engines:
        engine.close()


@pytest.mark.parametrize("fault", [*FAULTS, "refuse"])
def test_every_call_ends_in_time_and_says_that_the_engine_is_away(
    way: Proxy, opened: Open, fault: str
) -> None:
    engine = opened(seconds=SECONDS, failures=10_000)
    wait_for(engine)
    way.fail(fault)
    late = {}
    for name, call in CALLS.items():
        begun = time.monotonic()
        with pytest.raises(EngineAway):
            call(engine)
        late[name] = time.monotonic() - begun
    assert {name: seconds for name, seconds in late.items() if seconds >= PROMISED} == {}


@pytest.mark.parametrize("fault", [*FAULTS, "refuse"])
def test_all_comes_back_by_itself(way: Proxy, opened: Open, fault: str) -> None:
    engine = opened(seconds=SECONDS)
    way.fail(fault)
    for _ in range(5):
        with pytest.raises(EngineAway):
            titled(engine, "焊接")
    way.mend()
    wait_for(engine)
    patient = opened(seconds=30)
    write(patient)
    assert titled(patient, "焊接") == {1}


def wait_for(engine: ElasticsearchEngine) -> None:
    end = time.monotonic() + RETURN_SECONDS
    while not answers(engine):
        assert time.monotonic() < end, "still away"
        time.sleep(0.1)


def answers(engine: ElasticsearchEngine) -> bool:
    try:
        return titled(engine, "焊接") == {1}
    except EngineAway:
        return False


def test_after_a_few_failures_the_server_is_left_alone(way: Proxy, opened: Open) -> None:
    engine = opened(seconds=SECONDS, failures=3, pause=60)
    way.fail("black hole")
    asked = []
    for _ in range(6):
        with pytest.raises(EngineAway):
            titled(engine, "焊接")
        asked.append(way.requests)
    assert asked[2] == asked[5], "spared from the fourth on"
    assert asked[0] < asked[1] < asked[2]


def test_nothing_is_tried_twice(way: Proxy, opened: Open) -> None:
    engine = opened(seconds=30, failures=10_000)
    titled(engine, "焊接")
    before = way.requests
    way.fail("bad gateway")
    with pytest.raises(EngineAway, match="502"):
        titled(engine, "焊接")
    assert way.requests == before + 1


def test_a_full_disk_stops_writing_and_nothing_else(elasticsearch_address: str, opened: Open) -> None:
    engine = opened(seconds=30, failures=1)
    with Elasticsearch(elasticsearch_address) as client:
        (index,) = client.indices.get_alias(index=f"{engine._prefix}-*").body
        full = "index.blocks.read_only_allow_delete"
        client.indices.put_settings(index=index, settings={full: True})
        for _ in range(3):
            with pytest.raises(EngineAway, match=r"2 refused .*read-only"):
                write(engine)
            assert titled(engine, "焊接") == {1}, "the breaker stays closed: the server is there"
        client.indices.put_settings(index=index, settings={full: None})
    write(engine)
    assert titled(engine, "焊接") == {1}


class TestBreaker:
    def test_opens_lets_one_try_and_closes(self) -> None:
        now = [0.0]
        breaker = Breaker(failures=2, pause=5.0, now=lambda: now[0])
        breaker.failed("one")
        breaker.admit()
        breaker.failed("two")
        with pytest.raises(EngineAway, match="two"):
            breaker.admit()
        now[0] = 5.0
        breaker.admit()
        with pytest.raises(EngineAway):
            breaker.admit()
        breaker.failed("three")
        now[0] = 9.0
        with pytest.raises(EngineAway, match="three"):
            breaker.admit()
        now[0] = 10.0
        breaker.admit()
        breaker.succeeded()
        breaker.admit()
        breaker.admit()

    def test_a_try_that_never_ends_is_followed_by_another(self) -> None:
        now = [0.0]
        breaker = Breaker(failures=1, pause=5.0, now=lambda: now[0])
        breaker.failed("one")
        for moment in (5.0, 10.0):
            now[0] = moment
            breaker.admit()

    def test_a_success_between_failures_keeps_it_closed(self) -> None:
        breaker = Breaker(failures=2, pause=5.0)
        for _ in range(5):
            breaker.failed("one")
            breaker.succeeded()
        breaker.admit()
