"""`python -m search.bench --engine embedded|elasticsearch --documents N`: what a search box and a matcher ask, timed.

The corpus is synthetic (`search.corpus`). Elasticsearch is the one at ELASTICSEARCH_URL; its indexes of this run are
removed at the end. Prints one JSON object; times in milliseconds, memory in MB (10^6 bytes).
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from search.corpus import Corpus
from search.embedded import EmbeddedEngine
from search.engine import Engine, Writer
from search.query import AnyOf, Between, Filter, Near, Overlap, Query
from search.retrieval import retrieve
from search.schema import Schema, Vector

_BATCH = 1_000
_NEAREST = 200
_RECALL_QUERIES = 50
_MOST_FOR_RECALL = 200_000
"""Vectors beside which all are compared, to know the true neighbours: more would not fit beside the engine."""


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
        return _own_megabytes()


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


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m search.bench", description=__doc__)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=100, help="how many of each type are timed")
    parser.add_argument("--dims", type=int, default=0, help="dimensions of the vectors; 0: none")
    chosen = parser.parse_args(arguments)
    address = os.environ.get("ELASTICSEARCH_URL", "")
    if chosen.engine == "elasticsearch" and not address:
        parser.error("ELASTICSEARCH_URL names no server")
    with opened(chosen.engine, address) as store:
        report = measure(store, chosen)
    json.dump(report, sys.stdout, ensure_ascii=False)
    print()


def measure(store: Store, chosen: argparse.Namespace) -> dict[str, Any]:
    """The whole report: the build, then each type of query, then single writes, then what is missed of the nearest."""
    engine, corpus = store.engine, Corpus(chosen.dims)
    with engine.writer(corpus.schema) as writer:
        rate = _build(writer, corpus, chosen.documents)
        size = store.bytes(corpus.schema)
        queries = {
            name: _percentiles([_timed(ask) for _ in range(chosen.queries)])
            for name, ask in _questions(engine, corpus).items()
        }
        writes = [_timed(lambda: writer.apply([corpus.document(0)])) for _ in range(10)]
    report = {
        "engine": chosen.engine,
        "documents": chosen.documents,
        "dims": chosen.dims,
        "documents_per_second": round(rate),
        "bytes_per_document": round(size / max(chosen.documents, 1)),
        "milliseconds": queries | {"apply one": _percentiles(writes)},
        "peak_megabytes": store.megabytes(),
        "client_megabytes": _own_megabytes(),
    }
    if chosen.dims and chosen.documents <= _MOST_FOR_RECALL:
        report["nearest"] = _nearest(engine, corpus, chosen.documents)
    return report


def _own_megabytes() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


def _nearest(engine: Engine, corpus: Corpus, number: int) -> dict[str, Any]:
    """How many of the true nearest are found, and how long comparing all vectors takes."""
    rows = corpus.vectors(number)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    shares, times = [], []
    for _ in range(_RECALL_QUERIES):
        vector = corpus.vector()
        assert vector is not None
        begun = time.perf_counter()
        cosines = rows @ vector
        best = np.argpartition(-cosines, min(_NEAREST, number - 1))[:_NEAREST]
        times.append((time.perf_counter() - begun) * 1000)
        (hits,) = engine.search(corpus.schema, [_near(vector)])
        shares.append(len(set(best.tolist()) & set(hits.keys)) / len(best))
    return {"recall@200": round(float(np.mean(shares)), 4), "brute_force_milliseconds": _percentiles(times)}


def _near(vector: npt.NDArray[Any] | None, filters: tuple[Filter, ...] = ()) -> Query:
    return Query(vector=vector, vector_field="vector", size=_NEAREST, filters=filters)


def _build(writer: Writer, corpus: Corpus, number: int) -> float:
    """Documents a second, tokenising and promotion included, the making of the corpus left out."""
    seconds = 0.0
    documents = corpus.documents(number)
    with writer.rebuild() as rebuild:
        while batch := list(islice(documents, _BATCH)):
            seconds += _timed(lambda batch=batch: rebuild.apply(batch)) / 1000  # type: ignore[misc]
        seconds += _timed(rebuild.promote) / 1000
    return number / seconds


def _questions(engine: Engine, corpus: Corpus) -> dict[str, Callable[[], object]]:
    schema = corpus.schema
    narrow: tuple[Filter, ...] = (AnyOf("kind", ("major", "teacher")), Between("level", 3, None))

    def asked(make: Callable[[], Query]) -> Callable[[], object]:
        return lambda: engine.search(schema, [make()])

    questions = {
        "title": asked(lambda: Query(text=corpus.title())),
        "title, page": asked(
            lambda: Query(text=corpus.title(), filters=narrow, facets=("kind", "skills"), minimum_match=0.75)
        ),
        "advertisement": asked(lambda: Query(text=corpus.document(0).values["body"], size=100)),  # type: ignore[arg-type]
        "newest": asked(lambda: Query(filters=narrow, sort=(("confirmed", True),), facets=("kind",))),
        "near": asked(lambda: Query(filters=(Near("place", 31.2, 121.4, 300),))),
        "overlap": asked(
            lambda: Query(overlap=Overlap("skills", dict.fromkeys(corpus.skills(), 1.0), 2), size=50)
        ),
        "retrieve, title": lambda: retrieve(engine, schema, corpus.probe(body=False)),
        "retrieve, advertisement": lambda: retrieve(engine, schema, corpus.probe()),
    }
    if schema.of_kind(Vector):
        questions["vector"] = asked(lambda: _near(corpus.vector()))
        questions["vector, filtered"] = asked(lambda: _near(corpus.vector(), narrow))
    return questions


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _percentiles(times: list[float]) -> dict[str, float]:
    return {name: round(float(np.percentile(times, share)), 2) for name, share in (("p50", 50), ("p95", 95))}


if __name__ == "__main__":
    main()
