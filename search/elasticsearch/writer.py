"""A hand that writes an index on the server, and a new generation beside the old. Any number of processes may write:
versions decide, not the order of arrival."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager

from search.elasticsearch.bulk import Item, items_of, send
from search.elasticsearch.connection import Connection, NotFound
from search.elasticsearch.generations import SLOW_SECONDS, Generations, State
from search.elasticsearch.mapping import BURIED, KEY
from search.elasticsearch.mapping import tombstone as tombstone_body
from search.elasticsearch.reading import count, pages
from search.engine import TOMBSTONE_DAYS, Applied
from search.errors import CountJumped, EngineAway, IndexUnreadable, WriterBusy
from search.schema import Deletes, Document, Schema, prepared

_LIVE_PART = (200, 1_000_000)
"""Items and bytes of one live request: it must be answered within the time a search has."""
_REBUILD_PART = (1_000, 8_000_000)
_DAY = 86_400
_MERGE_SECONDS = 3_600.0


class ElasticsearchWriter:
    """`search.engine.Writer` over the generations of one schema."""

    def __init__(
        self,
        schema: Schema,
        connection: Connection,
        generations: Generations,
        lease: float,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is called after every change."""
        self._schema = schema
        self._changed = changed
        self._connection = connection
        self._generations = generations
        self._lease = lease
        self._lock = threading.RLock()
        self._rebuilding = False
        self._closed = False

    def apply(self, upserts: Sequence[Document], deletes: Deletes = ()) -> Applied:
        ready = prepared(self._schema, upserts, deletes)
        self._check_open()
        aliases = self._targets()
        items = items_of(self._schema, ready, deletes, int(time.time()))
        tally = send(self._connection, items, aliases, most=_LIVE_PART, refresh=True)
        self._changed()
        return tally.judge(self._schema.name)

    @contextmanager
    def rebuild(self) -> Iterator["ElasticsearchRebuild"]:
        with self._lock:
            self._check_open()
            if self._rebuilding:
                raise WriterBusy(f"index {self._schema.name!r} is being rebuilt already")
            self._rebuilding = True
        try:
            with self._building() as rebuild:
                yield rebuild
        finally:
            self._rebuilding = False
            self._changed()

    def close(self) -> None:
        self._closed = True

    @contextmanager
    def _building(self) -> Iterator["ElasticsearchRebuild"]:
        built = self._generations.begin(self._lease)
        rebuild = ElasticsearchRebuild(self._schema, self._connection, self._generations, built, self._lease)
        try:
            rebuild.bury()
            yield rebuild
        finally:
            # With the server away it stays; after the lease anybody's next rebuild removes it.
            with contextlib.suppress(EngineAway):
                rebuild.leave()

    def _targets(self) -> list[str]:
        """The aliases that a change must reach. What begins to be built after this moment reads the change from where
        the change came from, so looking once is enough."""
        state = self._generations.look()
        following = [self._generations.write] if state.followed else []
        if state.searched is not None:
            return [self._generations.read, *following]
        if following:
            return following
        self._make(state)
        return [self._generations.read]

    def _make(self, state: State) -> None:
        if state.served is not None:
            raise IndexUnreadable(f"index {self._schema.name!r} has another structure, rebuild it")
        self._generations.make(state)

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("this writer is over: its context was left")


class ElasticsearchRebuild:
    """`search.engine.Rebuild` over a generation that is being built."""

    def __init__(
        self, schema: Schema, connection: Connection, generations: Generations, built: str, lease: float
    ) -> None:
        self._schema = schema
        self._connection = connection
        self._generations = generations
        self._built = built
        self._lease = lease
        self._signed = time.monotonic()
        self._lock = threading.Lock()
        self._over = False

    def apply(self, upserts: Sequence[Document], deletes: Deletes = ()) -> Applied:
        ready = prepared(self._schema, upserts, deletes)
        self._check_under_way()
        self._sign()
        return self._send(items_of(self._schema, ready, deletes, int(time.time())))

    def promote(self, *, least_share: float = 0.0) -> None:
        self._check_under_way()
        try:
            self._settle()
            if least_share:
                self._compare(least_share)
            self._generations.promote(self._built)
        except NotFound as problem:
            raise RuntimeError(
                "this rebuild is over: it was taken for dead, and another was begun"
            ) from problem
        self._over = True

    def bury(self) -> None:
        """Carries over the young tombstones of the generation that is searched."""
        served = self._generations.look().served
        if served is None:
            return
        young = {"range": {BURIED: {"gte": int(time.time()) - TOMBSTONE_DAYS * _DAY}}}
        for page in pages(self._connection, served, young, (KEY, BURIED)):
            self._send(
                [Item(key, version, tombstone_body(key, second), True) for version, (key, second) in page]
            )

    def leave(self) -> None:
        """Discards the generation unless it was promoted."""
        if not self._over:
            self._over = True
            self._generations.discard(self._built)

    def _send(self, items: Sequence[Item]) -> Applied:
        alias = [f"{self._built}-building"]
        tally = send(self._connection, items, alias, most=_REBUILD_PART, refresh=False, seconds=SLOW_SECONDS)
        return tally.judge(self._schema.name)

    def _settle(self) -> None:
        """All visible, in one segment: a search of several takes half as long again."""
        with ThreadPoolExecutor(max_workers=1) as pool:
            merging = pool.submit(self._merge)
            while not wait([merging], timeout=self._lease / 4).done:
                self._generations.renew(self._built)
            merging.result()
        self._connection.call(lambda client: client.indices.refresh(index=self._built), SLOW_SECONDS)

    def _merge(self) -> None:
        self._connection.call(
            lambda client: client.indices.forcemerge(index=self._built, max_num_segments=1), _MERGE_SECONDS
        )

    def _compare(self, least_share: float) -> None:
        served = self._generations.look().served
        if served is None:
            return
        before, after = (count(self._connection, name) for name in (served, self._built))
        if after < before * least_share:
            raise CountJumped(
                f"index {self._schema.name!r}: {after} documents in the new one, {before} in the old"
            )

    def _sign(self) -> None:
        with self._lock:
            if time.monotonic() - self._signed > self._lease / 4:
                self._generations.renew(self._built)
                self._signed = time.monotonic()

    def _check_under_way(self) -> None:
        if self._over:
            raise RuntimeError("this rebuild is over: it was promoted or left")
