"""The interface every engine offers. Callers know this and nothing behind it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from search.errors import (
    CountJumped,
    EngineAway,
    IndexUnreadable,
    InvalidDocument,
    InvalidQuery,
    SearchError,
    UnknownField,
    WriterBusy,
)
from search.query import Hits, Query
from search.schema import Document, Schema

__all__ = [
    "TOMBSTONE_DAYS",
    "Applied",
    "CountJumped",
    "Engine",
    "EngineAway",
    "Entry",
    "IndexUnreadable",
    "InvalidDocument",
    "InvalidQuery",
    "Rebuild",
    "SearchError",
    "UnknownField",
    "Writer",
    "WriterBusy",
]

TOMBSTONE_DAYS = 7
"""A rebuild carries over tombstones this young; no write stays under way for longer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index says it holds of one document, for reconciliation (对账)."""

    key: int
    version: int
    checksum: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a batch: written, deleted, and stale (older than what was known, so without effect)."""

    written: int = 0
    deleted: int = 0
    stale: int = 0

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(self.written + other.written, self.deleted + other.deleted, self.stale + other.stale)


class Rebuild(Protocol):
    """A new generation beside the one that is searched (重建)."""

    def apply(self, upserts: Sequence[Document], deletes: Sequence[tuple[int, int]] = ()) -> Applied:
        """Like `Writer.apply`, to the new generation only; nothing is visible before `promote`."""
        ...

    def promote(self, *, least_share: float = 0.0) -> None:
        """Makes the new generation the one that is searched, atomically and durably.

        Raises CountJumped, changing nothing, when it holds less than that share of the documents searched now.
        """
        ...


class Writer(Protocol):
    """A hand that writes an index. Its methods may be called from several threads."""

    def apply(self, upserts: Sequence[Document], deletes: Sequence[tuple[int, int]] = ()) -> Applied:
        """Writes documents and deletes (key, version), seen as one step: all of it or nothing.

        A version older than what is known for the key, live or deleted, is stale and changes
        nothing; an equal version overwrites. On return the change is durable, visible to searches
        of this process, and to other processes at their next search. An index that does not exist
        is created; while its first rebuild is open, changes go to the rebuild alone and appear
        when it is promoted.
        Raises InvalidDocument or UnknownField before anything is written, and IndexUnreadable while the index
        has another structure: it wants a rebuild first. After EngineAway a part may be written; the same batch
        again is harmless.
        """
        ...

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """Opens a new, empty generation; leaving without `promote` discards it.

        While it is open `apply` writes to both generations, so live changes are followed. Tombstones
        of the last days are carried over. One rebuild at a time: a second raises WriterBusy. A rebuild whose
        process died leaves the searched generation as it was, and another may begin: at once where the system sees
        the death, else after a minute without a sign of life.
        """
        ...


class Engine(Protocol):
    """One store of indexes, one index per schema name. Safe to use from several threads."""

    def exists(self, schema: Schema) -> bool:
        """Whether an index of exactly this structure can be searched; if not, it wants a rebuild."""
        ...

    def search(self, schema: Schema, queries: Sequence[Query]) -> list[Hits]:
        """The answers, in the order of the queries; empty ones when the index does not exist yet.

        Raises UnknownField or InvalidQuery, IndexUnreadable when a rebuild is needed, and EngineAway (as every
        method does) when a server does not answer.
        """
        ...

    def search_many(self, asked: Sequence[tuple[Schema, Sequence[Query]]]) -> list[list[Hits]]:
        """The answers of `search` for several indexes, in their order; a server is asked once for all of them."""
        ...

    def entries(self, schema: Schema) -> Iterator[Entry]:
        """All live documents, by key."""
        ...

    def count(self, schema: Schema) -> int:
        """How many live documents there are."""
        ...

    def document_frequency(
        self, schema: Schema, field: str, analysis: str, terms: Sequence[str]
    ) -> list[int]:
        """For each term, in how many documents of the Text field it occurs (analysis "words" or "grams").

        Also of a Keyword field, with analysis "values". Replaced and deleted documents may still count
        for a while: this is a statistic, not a search.
        """
        ...

    def writer(self, schema: Schema) -> AbstractContextManager[Writer]:
        """A writer, over when the context is left.

        Where an index can have only one, it is exclusive across threads and processes, given back on leaving and on
        death, and WriterBusy is raised at once when another has it.
        """
        ...

    def close(self) -> None:
        """Lets go of files, connections and memory."""
        ...
