"""The one hand that writes an index: versions, tombstones, and a new generation beside the old."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.embedded.fields import (
    BURIED,
    KEY,
    LIVE,
    PRESENT,
    SEQUENCE,
    VERSION,
    tantivy_document,
    tantivy_schema,
    tombstone,
)
from search.embedded.layout import Layout
from search.engine import TOMBSTONE_DAYS, Applied
from search.errors import CountJumped, IndexUnreadable, WriterBusy
from search.schema import Checked, Deletes, Document, Schema, prepared

_LIVE_HEAP = 32_000_000
_REBUILD_HEAP = 128_000_000
_REBUILD_COMMIT = 50_000
"""Documents between two commits of a rebuild: bounds the memory that uncommitted versions take."""


class GenerationWriter:
    """Writes one generation. Not safe to use from several threads at once."""

    def __init__(self, schema: Schema, generation: Path, heap: int) -> None:
        self.generation = generation
        self._schema = schema
        self._stored = tantivy_schema(schema)
        self._index = tantivy.Index(self._stored, path=str(generation), reuse=True)
        self._index.config_reader("manual")
        self._writer: tantivy.IndexWriter | None = self._index.writer(heap_size=heap, num_threads=1)
        self._searcher = self._index.searcher()
        self._sequence = self._last_sequence()
        self._pending: dict[int, int] = {}

    @property
    def pending(self) -> int:
        """How many keys were staged since the last commit."""
        return len(self._pending)

    def stage(self, upserts: Checked, deletes: Deletes) -> Applied:
        """Takes over what is not stale; `commit` makes it durable."""
        known = self._versions({document.key for document, _ in upserts} | {key for key, _ in deletes})
        before = set(known)
        self._sequence += 1
        fresh: dict[int, tantivy.Document] = {}
        written = deleted = 0
        for document, values in upserts:
            if document.version >= known.get(document.key, 0):
                fresh[document.key] = tantivy_document(self._schema, document, values, self._sequence)
                known[document.key] = document.version
                written += 1
        second = int(time.time())
        for key, version in deletes:
            if version >= known.get(key, 0):
                fresh[key] = tombstone(key, version, self._sequence, second)
                known[key] = version
                deleted += 1
        self._replace(fresh, [key for key in fresh if key in before])
        self._pending.update((key, known[key]) for key in fresh)
        return Applied(written, deleted, len(upserts) + len(deletes) - written - deleted)

    def commit(self) -> None:
        assert self._writer is not None
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._pending.clear()

    def rollback(self) -> None:
        """Forgets what was staged since the last commit."""
        assert self._writer is not None
        self._writer.rollback()
        self._pending.clear()

    def count(self) -> int:
        """How many live documents were committed."""
        query = tantivy.Query.term_query(self._stored, PRESENT, LIVE, index_option="basic")
        return int(self._searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Waits for merges under way, so that segments do not pile up, and lets go of the files."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def tombstones(self, since: int) -> list[tuple[int, int, int]]:
        """(key, version, second) of what was deleted since that Unix second."""
        young = tantivy.Query.range_query(self._stored, BURIED, tantivy.FieldType.Unsigned, since)
        found = self._searcher.search(young, limit=max(1, self._searcher.num_docs), count=False).hits
        addresses = [address for _, address in found]
        columns = [self._searcher.fast_field_values(name, addresses) for name in (KEY, VERSION, BURIED)]
        return list(zip(*columns, strict=True))

    def bury(self, tombstones: Sequence[tuple[int, int, int]]) -> None:
        """Stages tombstones of another generation."""
        self._sequence += 1
        sequence = self._sequence
        self._replace({key: tombstone(key, version, sequence, second) for key, version, second in tombstones})
        self._pending.update((key, version) for key, version, _ in tombstones)

    def _replace(self, fresh: Mapping[int, tantivy.Document], known: Sequence[int] = ()) -> None:
        assert self._writer is not None
        if known:
            # Not delete_documents_by_term: for an unsigned key tantivy 0.27 takes the number for a signed
            # one and deletes nothing, without an error.
            self._writer.delete_documents_by_query(tantivy.Query.term_set_query(self._stored, KEY, known))
        for document in fresh.values():
            self._writer.add_document(document)

    def _versions(self, keys: set[int]) -> dict[int, int]:
        known = {key: self._pending[key] for key in keys if key in self._pending}
        asked = [key for key in keys if key not in known]
        if asked and self._searcher.num_docs:
            query = tantivy.Query.term_set_query(self._stored, KEY, asked)
            found = self._searcher.search(query, limit=len(asked), count=False).hits
            addresses = [address for _, address in found]
            columns = [self._searcher.fast_field_values(name, addresses) for name in (KEY, VERSION)]
            known.update(zip(*columns, strict=True))
        return known

    def _last_sequence(self) -> int:
        latest = self._searcher.search(
            tantivy.Query.all_query(), limit=1, count=False, order_by_field=SEQUENCE
        ).hits
        return int(latest[0][0]) if latest else 0


class EmbeddedWriter:
    """`search.engine.Writer` over generations on disk; made by the engine while it holds the lock."""

    def __init__(self, schema: Schema, layout: Layout) -> None:
        self._schema = schema
        self._layout = layout
        self._lock = threading.RLock()
        self._rebuild: GenerationWriter | None = None
        self._closed = False
        layout.remove_leftovers()
        self._live = self._open_current()

    def apply(self, upserts: Sequence[Document], deletes: Deletes = ()) -> Applied:
        ready = prepared(self._schema, upserts, deletes)
        with self._lock:
            self._check_open()
            if self._rebuild is not None:
                followed = self._rebuild.stage(ready, deletes)
                if self._live is None:
                    return followed
            return self._apply_live(ready, deletes)

    @contextmanager
    def rebuild(self) -> Iterator["EmbeddedRebuild"]:
        with self._lock:
            self._check_open()
            if self._rebuild is not None:
                raise WriterBusy(f"index {self._schema.name!r} is being rebuilt already")
            target = self._rebuild = self._open_new(_REBUILD_HEAP)
            if self._live is not None:
                since = int(time.time()) - TOMBSTONE_DAYS * 86_400
                target.bury(self._live.tombstones(since))
        try:
            yield EmbeddedRebuild(self, target)
        finally:
            self._discard(target)

    def apply_rebuild(
        self, target: GenerationWriter, upserts: Sequence[Document], deletes: Deletes
    ) -> Applied:
        ready = prepared(self._schema, upserts, deletes)
        with self._lock:
            self._check_under_way(target)
            applied = target.stage(ready, deletes)
            if target.pending >= _REBUILD_COMMIT:
                target.commit()
            return applied

    def promote(self, target: GenerationWriter, least_share: float) -> None:
        with self._lock:
            self._check_under_way(target)
            target.commit()
            before = self._live.count() if self._live is not None else 0
            if target.count() < before * least_share:
                raise CountJumped(
                    f"index {self._schema.name!r}: {target.count()} documents in the new one, {before} in the old"
                )
            self._rebuild = None
            self._switch(target)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._rebuild is not None:
                self._discard(self._rebuild)
            if self._live is not None:
                self._live.close()
                self._live = None

    def _apply_live(self, upserts: Checked, deletes: Deletes) -> Applied:
        first = self._live is None
        if first and self._layout.latest() is not None:
            raise IndexUnreadable(
                f"index {self._schema.name!r} is damaged or of another structure, rebuild it"
            )
        live = self._live or self._open_new(_LIVE_HEAP)
        try:
            applied = live.stage(upserts, deletes)
            if live.pending or first:
                live.commit()
        except BaseException:
            live.rollback()
            raise
        if first:
            self._switch(live)
        return applied

    def _open_current(self) -> GenerationWriter | None:
        """The generation that is searched; a damaged one counts as missing, so that a rebuild can mend it."""
        current = self._layout.current()
        if current is None or not (current / "meta.json").exists():
            return None
        try:
            return GenerationWriter(self._schema, current, _LIVE_HEAP)
        except (OSError, ValueError):
            return None

    def _open_new(self, heap: int) -> GenerationWriter:
        return GenerationWriter(self._schema, self._layout.new_generation(), heap)

    def _switch(self, to: GenerationWriter) -> None:
        self._layout.promote(to.generation)
        old, self._live = self._live, to
        if old is not None:
            old.close()
        self._layout.remove_leftovers()

    def _discard(self, target: GenerationWriter) -> None:
        with self._lock:
            if self._rebuild is target:
                target.rollback()
                target.close()
                self._rebuild = None
                self._layout.remove_leftovers()

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("this writer is over: its context was left")

    def _check_under_way(self, target: GenerationWriter) -> None:
        if self._rebuild is not target:
            raise RuntimeError("this rebuild is over: it was promoted or left")


class EmbeddedRebuild:
    """`search.engine.Rebuild`: a thin handle on the writer's second generation."""

    def __init__(self, writer: EmbeddedWriter, target: GenerationWriter) -> None:
        self._writer = writer
        self._target = target

    def apply(self, upserts: Sequence[Document], deletes: Deletes = ()) -> Applied:
        return self._writer.apply_rebuild(self._target, upserts, deletes)

    def promote(self, *, least_share: float = 0.0) -> None:
        self._writer.promote(self._target, least_share)
