"""What is particular to a server: aliases, several hands at once, tombstones, every item's answer."""

import threading
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.elasticsearch import ElasticsearchEngine
from search.elasticsearch.mapping import fingerprint, mapping
from search.engine import Applied, IndexUnreadable, WriterBusy
from search.query import Query
from search.schema import Keyword, Schema, Text
from tests.search.conftest import remove_indexes
from tests.search.engines import new_location
from tests.search.samples import SCHEMA, document, fill, keys, titled

pytestmark = pytest.mark.elasticsearch
OTHER = Schema(SCHEMA.name, (Text("title"), Keyword("town")))


class Server:
    """One store, opened by as many processes as a test wants, and a look behind the interface."""

    def __init__(self, location: str) -> None:
        self._address, _, self.prefix = location.rpartition("/")
        self.client = Elasticsearch(self._address, request_timeout=30)
        self._engines: list[ElasticsearchEngine] = []

    def open(self, lease: float = 60.0) -> ElasticsearchEngine:
        engine = ElasticsearchEngine(self._address, prefix=self.prefix, seconds=30, lease=lease)
        self._engines.append(engine)
        return engine

    def aliases(self) -> dict[str, set[str]]:
        """What each index is called besides its name, without what all names begin with."""
        found = self.client.indices.get_alias(index=f"{self.prefix}-*").body
        start = len(self.prefix) + 1
        return {name[start:]: {alias[start:] for alias in each["aliases"]} for name, each in found.items()}

    def close(self) -> None:
        for engine in self._engines:
            engine.close()
        self.client.close()


@pytest.fixture
def server(elasticsearch_address: str) -> Iterator[Server]:
    made = Server(new_location("elasticsearch", None, elasticsearch_address))
    yield made
    made.close()
    remove_indexes(elasticsearch_address)


def test_the_write_alias_moves_first_and_the_read_alias_last(server: Server) -> None:
    engine = server.open()
    read = f"majors-{fingerprint(SCHEMA)}"
    old, new = f"{read}-000001", f"{read}-000002"
    fill(engine)
    assert server.aliases() == {old: {read, "majors-write"}}
    with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
        assert server.aliases() == {old: {read}, new: {"majors-write", f"{new}-building"}}
        rebuild.promote()
        assert server.aliases() == {new: {read, "majors-write"}}
    with engine.writer(SCHEMA) as writer, writer.rebuild():
        pass
    assert server.aliases() == {new: {read, "majors-write"}}, "given up: back to where it was"


def test_another_structure_has_another_name(server: Server) -> None:
    engine = server.open()
    fill(engine)
    with engine.writer(OTHER) as writer, writer.rebuild() as rebuild:
        rebuild.promote()
    assert list(server.aliases()) == [f"majors-{fingerprint(OTHER)}-000002"]
    assert fingerprint(OTHER) != fingerprint(SCHEMA)


def test_the_graph_of_vectors_is_set_explicitly() -> None:
    vector = mapping(SCHEMA)["properties"]["value_meaning"]
    assert vector["index_options"]["type"] == "int8_hnsw"
    assert vector["similarity"] == "cosine"


def test_what_other_processes_write_during_a_rebuild_reaches_both(server: Server) -> None:
    building, elsewhere = server.open(), server.open()
    fill(building, [document(key, 1, title="焊接") for key in range(4)])
    with building.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
        with elsewhere.writer(SCHEMA) as other:
            assert other.apply([document(1, 2, title="护理")], deletes=[(2, 2)]) == Applied(
                written=1, deleted=1
            )
        assert titled(elsewhere, "护理") == {1}
        rebuild.apply([document(key, 1, title="焊接") for key in range(4)])
        with elsewhere.writer(SCHEMA) as other, pytest.raises(WriterBusy, match="another process"):
            other.rebuild().__enter__()
        rebuild.promote()
    assert (titled(elsewhere, "焊接"), titled(elsewhere, "护理")) == ({0, 3}, {1})


def test_one_that_was_taken_for_dead_writes_nowhere(server: Server) -> None:
    slow, quick = server.open(), server.open(lease=0)
    fill(slow, [document(1, title="焊接")])
    with slow.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
        with quick.writer(SCHEMA) as other, other.rebuild() as another:
            with pytest.raises(IndexUnreadable):
                rebuild.apply([document(2, title="护理")])
            with pytest.raises(RuntimeError, match="taken for dead"):
                rebuild.promote()
            another.apply([document(3, title="焊接")])
            another.promote()
    assert titled(slow, "焊接") == {3}
    assert len(server.aliases()) == 1, "no index came into being by a late write"


def test_purge_forgets_old_tombstones_and_nothing_else(server: Server) -> None:
    engine = server.open()
    fill(engine, [document(key, 1, title="焊接") for key in range(4)])
    with engine.writer(SCHEMA) as writer:
        writer.apply([], deletes=[(0, 2), (1, 2)])
        writer.apply([document(1, 3, title="护理")])
    stored = f"{server.prefix}-*"
    assert engine.purge(SCHEMA) == 0, "too young"
    assert server.client.count(index=stored)["count"] == 4
    assert engine.purge(SCHEMA, days=-1) == 1
    assert server.client.count(index=stored)["count"] == 3
    assert set(keys(engine, Query())) == {1, 2, 3}
    assert engine.purge(OTHER) == 0


def test_purge_removes_what_a_dead_rebuild_left(server: Server) -> None:
    engine = server.open(lease=0)
    fill(engine)
    with engine.writer(SCHEMA) as writer, writer.rebuild():
        assert len(server.aliases()) == 2
        server.open().purge(SCHEMA)
        assert len(server.aliases()) == 2, "alive as far as anybody knows"
        engine.purge(SCHEMA)
        assert len(server.aliases()) == 1
        assert "majors-write" in next(iter(server.aliases().values()))
    assert len(server.aliases()) == 1


def test_purge_removes_what_a_death_after_the_swap_left(server: Server) -> None:
    engine = server.open()
    fill(engine)
    left = f"{server.prefix}-majors-{fingerprint(SCHEMA)}-000007"
    server.client.indices.create(index=left)
    assert titled(engine, "数控") == {1}
    engine.purge(SCHEMA)
    assert list(server.aliases()) == [f"majors-{fingerprint(SCHEMA)}-000001"]


def test_a_long_batch_is_counted_whole_and_seen_as_one(server: Server) -> None:
    engine = server.open()
    seen: set[int] = set()
    over = threading.Event()

    def watch() -> None:
        reader = server.open()
        while not over.is_set():
            seen.add(reader.count(SCHEMA))

    fill(engine, [])
    watcher = threading.Thread(target=watch)
    watcher.start()
    with engine.writer(SCHEMA) as writer:
        many = [document(key, 2, title="焊接") for key in range(900)]
        assert writer.apply(many, deletes=[(5_000, 1)]) == Applied(written=900, deleted=1)
    while 900 not in seen:
        pass
    over.set()
    watcher.join()
    assert seen <= {0, 900}
    with engine.writer(SCHEMA) as writer:
        mixed = [document(key, 1 + key % 3, title="焊接") for key in range(900)]
        assert writer.apply(mixed) == Applied(written=600, stale=300)


def test_nothing_found_and_nothing_counted_is_an_answer(server: Server) -> None:
    """The answer is filtered by the names of what is wanted, and then nothing is left of it."""
    engine = server.open()
    fill(engine)
    (hits,) = engine.search(SCHEMA, [Query(text="并不存在", count=False)])
    assert (hits.hits, hits.total) == ([], 0)
