"""The engines that are measured, each with a look at what it takes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from search.bench.timing import own_megabytes
from search.embedded import EmbeddedEngine
from search.engine import Engine
from search.schema import Schema


class Store(Protocol):
    """An engine with a look at what it takes."""

    @property
    def engine(self) -> Engine: ...
    def bytes(self, schema: Schema) -> int:
        """What the index takes on disk."""
        ...

    def megabytes(self) -> int:
        """The most memory of the process that does the work, so far."""
        ...


class EmbeddedStore:
    """In this process, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.engine: Engine = EmbeddedEngine(folder)

    def bytes(self, schema: Schema) -> int:
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def megabytes(self) -> int:
        return own_megabytes()


class ElasticsearchStore:
    """On a server, under a prefix of this run's own."""

    def __init__(self, address: str) -> None:
        from elasticsearch import Elasticsearch

        from search.elasticsearch import ElasticsearchEngine

        self._prefix = f"bench{os.getpid()}"
        self._client = Elasticsearch(address, request_timeout=60)
        self.engine: Engine = ElasticsearchEngine(address, prefix=self._prefix, seconds=30)

    def bytes(self, schema: Schema) -> int:
        stats = self._client.indices.stats(index=f"{self._prefix}-*", metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def megabytes(self) -> int:
        """Heap and the rest of the Java machine; the files that the system caches for it are not in it."""
        nodes = self._client.nodes.stats(metric="jvm")["nodes"].values()
        kinds = ("heap_committed_in_bytes", "non_heap_committed_in_bytes")
        taken = sum(int(node["jvm"]["mem"][kind]) for node in nodes for kind in kinds)
        return round(taken / 1e6)

    def close(self) -> None:
        self.engine.close()
        for name in self._client.indices.get_alias(index=f"{self._prefix}-*").body:
            self._client.indices.delete(index=name)
        self._client.close()


@contextmanager
def opened(name: str, address: str) -> Iterator[Store]:
    """The store of an engine; nothing of it is left afterwards."""
    if name == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedStore(Path(folder))
        return
    store = ElasticsearchStore(address)
    try:
        yield store
    finally:
        store.close()
