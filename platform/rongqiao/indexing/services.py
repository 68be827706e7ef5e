"""Keeping the indexes equal to the database: following changes, and telling those who wait for them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max, Q

from rongqiao.outbox import services as outbox
from rongqiao.postings import kinds, selectors
from rongqiao.postings import services as postings
from rongqiao.postings.content import PublicContent, public_content
from rongqiao.postings.models import Posting
from search.schema import Document, Schema

from . import contents as distinct
from . import statistics
from .documents import content_document, indexed_row, posting_document
from .engines import engine_may_be_away
from .models import Content, Indexed, IndexRun
from .schemas import contents_of, postings_of
from .writers import writing

INDEXED = "indexed"
FOLLOWER = "index"
"""The consumer that follows changes, and the lock under which what was read is still true when it is written."""
# Above this many changes at once it is an import, and single publications go before it.
BULK_FROM = 50


def follow_postings(posting_ids: Sequence[int]) -> None:
    """Bring the indexes up to date with these postings as they are now (idempotent).

    Order matters for a death in between: the indexes, facts, and only then the word to others; the event that called
    this is deleted last.
    """
    with engine_may_be_away():
        _follow(posting_ids)


@contextmanager
def alone() -> Iterator[None]:
    """No worker follows changes meanwhile: a change of an organisation has no version that would tell an older write.

    On SQLite there is one drainer and it is this process; a lock would only keep web requests from writing.
    """
    if not connection.features.has_select_for_update_skip_locked:
        yield
        return
    with outbox.alone(FOLLOWER):
        yield


def follow_organisations(organisation_ids: Sequence[int]) -> None:
    """An organisation's place, industry or switch changed: all its postings are looked at again."""
    postings.mark_changed(selectors.ids_of_organisations(organisation_ids))


def _follow(posting_ids: Sequence[int]) -> None:
    ready = prepare(open_postings(Q(pk__in=list(posting_ids))))
    there = {each.posting.pk for each in ready}
    gone = [posting_id for posting_id in posting_ids if posting_id not in there]
    by_kind: dict[str, list[Ready]] = defaultdict(list)
    for each in ready:
        by_kind[each.posting.kind].append(each)
    leaving = _leaving(gone)
    for kind in {*by_kind, *leaving}:
        write(kind, by_kind[kind], leaving[kind])
    with transaction.atomic():
        save([each.row for each in ready], gone)
        statistics.take_if_grown()
        outbox.record(INDEXED, posting_ids, bulk=len(posting_ids) > BULK_FROM)


@dataclass(frozen=True, slots=True)
class Ready:
    """An open posting with its facts and what it says, ready to be written."""

    posting: Posting
    row: Indexed
    content: PublicContent

    @property
    def document(self) -> Document:
        """What people find of it."""
        return posting_document(self.posting, self.row, self.content)


NOT_INDEXED = (
    "contact_name", "contact_phone", "contact_email", "source", "source_key", "batch_id", "taken_back",
    "created_by", "unit", "expires_on",
)  # fmt: skip


def between(kind: str, ids: Sequence[int]) -> Q:
    """The postings of a kind from the first to the last of these ids: cheaper to ask for than a thousand ids."""
    return Q(kind=kind, pk__gte=ids[0], pk__lte=ids[-1])


def open_postings(chosen: Q) -> list[Posting]:
    """Those of the postings that the index must hold, with their organisations: open ones, of kinds that are known
    and organisations that are not suspended."""
    # Prefetched, not joined: a thousand majors belong to some eighty colleges, and each is made once.
    found = Posting.objects.prefetch_related("organisation__enterprise").defer(*NOT_INDEXED).filter(chosen)
    return [
        posting
        for posting in found
        if posting.is_open and kinds.get(posting.kind) and posting.organisation.verify_status != "suspended"
    ]


def prepare(found: Sequence[Posting]) -> list[Ready]:
    """Facts and content of open postings; contents seen for the first time are analysed and stored."""
    said = [public_content(posting) for posting in found]
    ids = distinct.ensure(list(dict.fromkeys(said)))
    return [
        Ready(posting, indexed_row(posting, ids[content]), content)
        for posting, content in zip(found, said, strict=True)
    ]


def write(kind: str, ready: Sequence[Ready], leaving: Sequence[tuple[int, int]]) -> None:
    """Write one kind's documents and their contents, at the same time: each of the two waits for a disk or a server."""
    found = [each.document for each in ready]
    contents = _unwritten(kind, sorted({each.row.content_id for each in ready}))
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(_put, contents_of(kind), contents) if contents else None
        _put(postings_of(kind), found, leaving)
        if other is not None:
            other.result()
    _written[kind].update(content.key for content in contents)


_written: dict[str, set[int]] = defaultdict(set)
_written_since: list[object] = [None]


def write_contents(kind: str, content_ids: Sequence[int]) -> None:
    """Put contents into the index that matching searches, those this process has not put there already."""
    contents = _unwritten(kind, content_ids)
    if contents:
        _put(contents_of(kind), contents)
        _written[kind].update(content.key for content in contents)


def _unwritten(kind: str, content_ids: Sequence[int]) -> list[Document]:
    _forget_after_a_run()
    new = [content_id for content_id in content_ids if content_id not in _written[kind]]
    return [content_document(row) for row in Content.objects.filter(pk__in=new)] if new else []


def _put(schema: Schema, documents: Sequence[Document], leaving: Sequence[tuple[int, int]] = ()) -> None:
    with writing(schema) as writer:
        writer.apply(documents, leaving)


def forget_written() -> None:
    """After a rebuild or a repair the index may hold less than this process has written."""
    _written.clear()


def _forget_after_a_run() -> None:
    """Another process may have rebuilt the index, or be at it: what was written here may not be in the new one."""
    ended = IndexRun.objects.aggregate(last=Max("ended_at"))["last"]
    under_way = IndexRun.objects.filter(state="running").exists()
    if under_way or _written_since[0] != ended:
        forget_written()
    _written_since[0] = ended


def _leaving(gone: Sequence[int]) -> dict[str, list[tuple[int, int]]]:
    """What must leave the index, by kind: (id, version). The posting's own row is its tombstone."""
    leaving: dict[str, list[tuple[int, int]]] = defaultdict(list)
    known = set()
    for posting_id, kind, version in Posting.objects.filter(pk__in=gone).values_list("id", "kind", "version"):
        leaving[kind].append((posting_id, version))
        known.add(posting_id)
    erased = Indexed.objects.filter(pk__in=[posting_id for posting_id in gone if posting_id not in known])
    for posting_id, kind, version in erased.values_list("posting_id", "kind", "version"):
        leaving[kind].append((posting_id, version + 1))
    return leaving


def save(rows: list[Indexed], gone: Sequence[int]) -> None:
    fields = [field.name for field in Indexed._meta.concrete_fields if not field.primary_key]
    Indexed.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["posting_id"], update_fields=fields, batch_size=1_000
    )
    Indexed.objects.filter(pk__in=list(gone)).delete()
