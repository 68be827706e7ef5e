"""Answers queries from one generation as it was at one moment."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from search.embedded.compile import Compiler, by_number
from search.embedded.fields import CHECKSUM, KEY, SEQUENCE, VALUE, VERSION, tantivy_schema, text_field
from search.embedded.shortlist import Floats, Mask
from search.embedded.vectors import Matrix, Nearest
from search.engine import Entry
from search.query import Filter, Hit, Hits, Query
from search.schema import Schema, Vector, unit

_ENTRIES_AT_ONCE = 50_000
_VECTORS_AT_ONCE = 5_000
_MOST_FACET_VALUES = 10_000
_MASKS = 32
"""Filters of vector searches whose rows a snapshot remembers."""
_MOST_FREQUENCIES = 100_000
"""Terms of a field whose frequency a snapshot remembers: a matcher asks for the same ones again and again."""


class Snapshot:
    """A moment of one generation. Never changes, so any number of threads may ask it."""

    def __init__(
        self,
        schema: Schema,
        stored: tantivy.Schema,
        searcher: tantivy.Searcher,
        nearest: dict[str, Nearest],
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._compiler = Compiler(schema, stored, searcher)
        self._stored = stored
        self._nearest = nearest
        self._masks: dict[tuple[str, str], Mask] = {}
        self._frequencies: dict[str, dict[str, int]] = {}

    def answer(self, query: Query) -> Hits:
        if query.vector is not None:
            return self._nearest_hits(query)
        compiled = self._compiler.matching(query)
        if not query.size:
            return Hits([], self._count(compiled), *self._counted(compiled, query))
        if query.sort:
            hits, total = self._sorted(compiled, query)
        elif not query.scored:
            hits, total = self._by_key(compiled, query)
        else:
            hits, total = self._best(compiled, query)
        return Hits(hits, total, *self._counted(compiled, query))

    def count(self) -> int:
        return self._count(self._compiler.live())

    def document_frequency(self, field: str, analysis: str, terms: Sequence[str]) -> list[int]:
        name = VALUE + field if analysis == "values" else text_field(field, analysis)
        known = self._frequencies.setdefault(name, {})
        if len(known) > _MOST_FREQUENCIES:
            known = self._frequencies[name] = {}
        for term in terms:
            if term not in known:
                known[term] = self._searcher.doc_freq(name, term)
        return [known[term] for term in terms]

    def entries(self) -> Iterator[Entry]:
        lowest = 0
        while True:
            page = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, self._compiler.live()),
                    (
                        tantivy.Occur.Must,
                        tantivy.Query.range_query(self._stored, KEY, tantivy.FieldType.Unsigned, lowest),
                    ),
                ]
            )
            found = self._searcher.search(
                page, limit=_ENTRIES_AT_ONCE, count=False, order_by_field=KEY, order=tantivy.Order.Asc
            ).hits
            addresses = [address for _, address in found]
            columns = [self._column(name, addresses) for name in (KEY, VERSION, CHECKSUM)]
            for key, version, checksum in zip(*columns, strict=True):
                yield Entry(key, version, checksum)
            if len(found) < _ENTRIES_AT_ONCE:
                return
            lowest = columns[0][-1] + 1

    def _column(self, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
        return self._searcher.fast_field_values(name, addresses)

    def _count(self, compiled: tantivy.Query) -> int:
        return int(self._searcher.search(compiled, limit=1, count=True).count)  # type: ignore[attr-defined]

    def _best(self, compiled: tantivy.Query, query: Query) -> tuple[list[Hit], int]:
        result = self._searcher.search(compiled, limit=query.size, offset=query.offset, count=query.count)
        keys = self._column(KEY, [address for _, address in result.hits])
        hits = [Hit(key, score) for key, (score, _) in zip(keys, result.hits, strict=True)]
        hits.sort(key=lambda hit: (-hit.score, hit.key))
        if query.overlap is not None and by_number(query.overlap, query.count):
            hits = [hit for hit in hits if hit.score >= query.overlap.at_least]
        total = int(result.count) if query.count else query.offset + len(hits)  # type: ignore[attr-defined]
        return hits, total

    def _by_key(self, compiled: tantivy.Query, query: Query) -> tuple[list[Hit], int]:
        found = self._searcher.search(
            compiled, limit=query.depth, count=False, order_by_field=KEY, order=tantivy.Order.Asc
        ).hits
        keys = self._column(KEY, [address for _, address in found[query.offset :]])
        return [Hit(key, 0.0) for key in keys], self._count(compiled)

    def _sorted(self, compiled: tantivy.Query, query: Query) -> tuple[list[Hit], int]:
        found = self._searcher.search(compiled, limit=max(1, self._searcher.num_docs), count=False).hits
        addresses = [address for _, address in found]
        keys = np.array(self._column(KEY, addresses), dtype=np.int64)
        order = np.lexsort(self._sort_columns(keys, addresses, query))[query.offset : query.depth]
        hits = [Hit(int(keys[row]), float(found[row][0]) if query.scored else 0.0) for row in order]
        return hits, len(found)

    def _sort_columns(
        self, keys: np.ndarray[Any, Any], addresses: list[tantivy.DocAddress], query: Query
    ) -> list[np.ndarray[Any, Any]]:
        columns = [keys]
        for name, descending in reversed(query.sort or ()):
            values = np.array(self._column(VALUE + name, addresses), dtype=np.float64)
            # None became NaN, which lexsort puts last whatever the sign.
            columns.append(-values if descending else values)
        return columns

    def _counted(self, compiled: tantivy.Query, query: Query) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
        within = {name: self._compiler.narrowed(compiled, one) for name, one in query.counts.items()}
        return self._facets(compiled, query.facets), {name: self._count(each) for name, each in within.items()}

    def _facets(self, compiled: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        size = {"size": _MOST_FACET_VALUES, "segment_size": _MOST_FACET_VALUES}
        wanted = {name: {"terms": {"field": VALUE + name, **size}} for name in names}
        counted = self._searcher.aggregate(compiled, wanted)
        return {name: _by_frequency(counted[name]["buckets"]) for name in names}

    def _nearest_hits(self, query: Query) -> Hits:
        target = self._schema.get(query.vector_field or "", Vector)
        assert isinstance(target, Vector)
        vector = unit(query.vector, target.dims)
        view = self._nearest[target.name]
        passing = self._passing(target.name, query.filters) if query.filters else None
        keys, scores = view.ranked(vector, query.depth, passing)
        found = [Hit(int(key), float(score)) for key, score in zip(keys, scores, strict=True)]
        return Hits(found[query.offset : query.depth], len(found))

    def _passing(self, name: str, filters: tuple[Filter, ...]) -> Mask:
        """Which rows of a vector field pass; kept, for a matcher asks thousands of times with few filters."""
        known = self._masks.get((name, repr(filters)))
        if known is not None:
            return known
        compiled = self._compiler.filters(filters)
        found = self._searcher.search(compiled, limit=max(1, self._searcher.num_docs), count=False).hits
        keys = np.array(self._column(KEY, [address for _, address in found]), dtype=np.int64)
        mask = np.isin(self._nearest[name].keys, keys)
        if len(self._masks) >= _MASKS:
            self._masks.clear()
        self._masks[name, repr(filters)] = mask
        return mask


def _by_frequency(buckets: list[dict[str, Any]]) -> dict[str, int]:
    values = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return dict(sorted(values, key=lambda value: (-value[1], value[0])))


class Reader:
    """Keeps the latest snapshot of one index, and notices commits and promotions of other processes."""

    def __init__(self, schema: Schema, generation: Path) -> None:
        self.generation = generation
        self._schema = schema
        self._stored = tantivy_schema(schema)
        # Opened, never made: where a writer is just removing this generation, making it anew would answer every
        # question with nothing instead of sending the reader to the next generation.
        self._index = tantivy.Index.open(str(generation))
        self._index.config_reader("manual")
        self._lock = threading.Lock()
        self._matrices = {field.name: Matrix(field.dims) for field in schema.of_kind(Vector)}
        self._seen: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._sequence = 0

    def snapshot(self) -> Snapshot:
        """The latest committed state."""
        with self._lock:
            state = (self.generation / "meta.json").stat()
            mark = (state.st_ino, state.st_mtime_ns, state.st_size)
            if self._snapshot is None or mark != self._seen:
                self._refresh()
                self._seen = mark
            assert self._snapshot is not None
            return self._snapshot

    def _refresh(self) -> None:
        self._index.reload()
        searcher = self._index.searcher()
        if self._matrices:
            self._follow(searcher)
        nearest = {name: matrix.view() for name, matrix in self._matrices.items()}
        self._snapshot = Snapshot(self._schema, self._stored, searcher, nearest)

    def _follow(self, searcher: tantivy.Searcher) -> None:
        """Brings the vectors up to date: everything written since, tombstones too, has a later sequence."""
        later = tantivy.Query.range_query(
            self._stored, SEQUENCE, tantivy.FieldType.Unsigned, self._sequence, include_lower=False
        )
        found = searcher.search(later, limit=max(1, searcher.num_docs), count=False).hits
        addresses = [address for _, address in found]
        if not addresses:
            return
        for matrix in self._matrices.values():
            matrix.reserve(len(addresses))
        for start in range(0, len(addresses), _VECTORS_AT_ONCE):
            self._change(searcher, addresses[start : start + _VECTORS_AT_ONCE])
        self._sequence = max(searcher.fast_field_values(SEQUENCE, addresses))  # type: ignore[type-var, assignment]

    def _change(self, searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> None:
        keys = [int(key) for key in searcher.fast_field_values(KEY, addresses)]  # type: ignore[arg-type]
        documents = [searcher.doc(address) for address in addresses]
        for name, matrix in self._matrices.items():
            stored = [document.get_first(VALUE + name) for document in documents]
            present = [value for value in stored if value is not None]
            rows = iter(_restored(b"".join(present), len(present)))
            matrix.change(keys, [None if value is None else next(rows) for value in stored])


def _restored(stored: bytes, number: int) -> Floats:
    if not number:
        return np.empty((0, 0), dtype=np.float32)
    rows = np.frombuffer(stored, dtype=np.float16).reshape(number, -1).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows
