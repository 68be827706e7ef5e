"""Keeping the indexes equal to the database: following changes, and telling those who wait for them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from rongqiao.postings import kinds, selectors
from rongqiao.postings import services as postings
from rongqiao.postings.content import PublicContent, public_content
from rongqiao.postings.models import Posting
from search.engine import WriterBusy

from . import contents as distinct
from . import statistics
from .documents import content_document, indexed_row, posting_document
from .models import Content, Indexed, IndexRun
from .schemas import contents_of, postings_of
from .writers import writing

INDEXED = "indexed"
# Above this many changes at once it is an import, and single publications go before it.
BULK_FROM = 50


def follow_postings(posting_ids: Sequence[int]) -> None:
    """Bring the indexes up to date with these postings as they are now (idempotent).

    Order matters for a death in between: contents, search index, facts, and only then the word to others;
    the event that called this is deleted last.
    """
    try:
        _follow(posting_ids)
    except WriterBusy as error:
        raise Unavailable(str(error)) from error


def follow_organisations(organisation_ids: Sequence[int]) -> None:
    """An organisation's place, industry or switch changed: all its postings are looked at again."""
    postings.mark_changed(selectors.ids_of_organisations(organisation_ids))


def _follow(posting_ids: Sequence[int]) -> None:
    found = {posting.pk: posting for posting in open_postings(posting_ids)}
    gone = [posting_id for posting_id in posting_ids if posting_id not in found]
    rows = prepare(found.values())
    by_kind: dict[str, list[Posting]] = defaultdict(list)
    for posting in found.values():
        by_kind[posting.kind].append(posting)
    leaving = _leaving(gone, rows)
    for kind in {*by_kind, *leaving}:
        write(kind, by_kind[kind], rows, leaving[kind])
    with transaction.atomic():
        save(list(rows.values()), gone)
        statistics.take_if_grown()
        outbox.record(INDEXED, posting_ids, bulk=len(posting_ids) > BULK_FROM)


def open_postings(posting_ids: Iterable[int]) -> list[Posting]:
    """Those of the postings that the index must hold, with their organisations, of kinds that are known."""
    found = selectors.with_owner().select_related("organisation__enterprise").filter(pk__in=list(posting_ids))
    return [posting for posting in found if posting.is_open and kinds.get(posting.kind)]


def prepare(found: Iterable[Posting]) -> dict[int, Indexed]:
    """The facts of open postings, by id; contents seen for the first time are analysed and stored."""
    said = {posting.pk: public_content(posting) for posting in found}
    ids = distinct.ensure(list(dict.fromkeys(said.values())))
    return {posting.pk: indexed_row(posting, ids[said[posting.pk]]) for posting in found}


def write(
    kind: str, found: Sequence[Posting], rows: dict[int, Indexed], leaving: Sequence[tuple[int, int]]
) -> None:
    """Write one kind's documents: the contents first, so that no posting is found whose content is not."""
    write_contents(kind, sorted({rows[posting.pk].content_id for posting in found}))
    said: list[tuple[Posting, PublicContent]] = [(posting, public_content(posting)) for posting in found]
    documents = [posting_document(posting, rows[posting.pk], content) for posting, content in said]
    with writing(postings_of(kind)) as writer:
        writer.apply(documents, leaving)


_written: dict[str, set[int]] = defaultdict(set)
_written_since: list[object] = [None]


def write_contents(kind: str, content_ids: Sequence[int]) -> None:
    """Put contents into the index that matching searches, those this process has not put there already."""
    _forget_after_a_run()
    new = [content_id for content_id in content_ids if content_id not in _written[kind]]
    if not new:
        return
    rows = Content.objects.filter(pk__in=new)
    with writing(contents_of(kind)) as writer:
        writer.apply([content_document(row) for row in rows])
    _written[kind].update(new)


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


def _leaving(gone: Sequence[int], rows: dict[int, Indexed]) -> dict[str, list[tuple[int, int]]]:
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
