"""`search.engine.Engine` over files in one folder."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.embedded.layout import Layout
from search.embedded.reader import Reader, Snapshot
from search.embedded.writer import EmbeddedWriter
from search.engine import Entry
from search.errors import IndexUnreadable, InvalidQuery
from search.query import ANALYSES, Hits, Query, check, check_terms, nothing
from search.schema import Keyword, Schema, Text

_PATIENCE = 20
"""Promotions that may overtake one search before it gives up; one is already rare."""


class EmbeddedEngine:
    """Keeps its indexes below `root`. Any number of processes may read, one writes (per index)."""

    def __init__(self, root: Path) -> None:
        self._root = Path(root)
        self._readers: dict[tuple[str, str], Reader] = {}
        self._lock = threading.Lock()

    def exists(self, schema: Schema) -> bool:
        return Layout(self._root, schema).current() is not None

    def search(self, schema: Schema, queries: Sequence[Query]) -> list[Hits]:
        for query in queries:
            check(schema, query)
        snapshot = self._snapshot(schema)
        if snapshot is None:
            return [nothing(query) for query in queries]
        return [snapshot.answer(query) for query in queries]

    def search_many(self, asked: Sequence[tuple[Schema, Sequence[Query]]]) -> list[list[Hits]]:
        return [self.search(schema, queries) for schema, queries in asked]

    def entries(self, schema: Schema) -> Iterator[Entry]:
        snapshot = self._snapshot(schema)
        return iter(()) if snapshot is None else snapshot.entries()

    def count(self, schema: Schema) -> int:
        snapshot = self._snapshot(schema)
        return 0 if snapshot is None else snapshot.count()

    def document_frequency(
        self, schema: Schema, field: str, analysis: str, terms: Sequence[str]
    ) -> list[int]:
        if analysis not in (*ANALYSES, "values"):
            raise InvalidQuery(f"there is no analysis {analysis!r}")
        check_terms(terms)
        schema.get(field, Keyword if analysis == "values" else Text)
        snapshot = self._snapshot(schema)
        return [0] * len(terms) if snapshot is None else snapshot.document_frequency(field, analysis, terms)

    @contextmanager
    def writer(self, schema: Schema) -> Iterator[EmbeddedWriter]:
        layout = Layout(self._root, schema)
        with layout.lock():
            writer = EmbeddedWriter(schema, layout)
            try:
                yield writer
            finally:
                writer.close()

    def close(self) -> None:
        with self._lock:
            self._readers.clear()

    def _snapshot(self, schema: Schema) -> Snapshot | None:
        layout = Layout(self._root, schema)
        for attempt in range(_PATIENCE):
            generation = layout.current()
            if generation is None:
                return None
            try:
                return self._reader(schema, generation).snapshot()
            except (OSError, ValueError) as problem:
                # Most likely another process promoted a new generation and removed this one in between.
                if layout.current() == generation and attempt:
                    message = f"index {schema.name!r} cannot be read, rebuild it: {problem}"
                    raise IndexUnreadable(message) from problem
        raise TimeoutError(f"index {schema.name!r} is being replaced again and again")

    def _reader(self, schema: Schema, generation: Path) -> Reader:
        name = (schema.name, schema.fingerprint)
        with self._lock:
            reader = self._readers.get(name)
            if reader is None or reader.generation != generation:
                reader = self._readers[name] = Reader(schema, generation)
            return reader
