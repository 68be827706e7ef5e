"""A new index beside the old one: searched only when it is whole, and nothing is missed meanwhile."""

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.db.models import Max, Q

from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting
from search.engine import Rebuild

from . import services, statistics
from .documents import content_document
from .engines import engine
from .models import Content, Indexed
from .schemas import contents_of, postings_of
from .writers import holding

CHUNK = 1_000
# A rebuilt index that has lost more than half is a mistake more likely than a region that emptied overnight.
LEAST_SHARE = 0.5
GUARDED_FROM = 100

Progress = Callable[[int, int], None]


class CountJumped(Exception):
    """The new index holds far less than the old one; it was not put in its place."""


def rebuild(progress: Progress, between: Callable[[], None], *, force: bool = False) -> int:
    """Rebuild the indexes of every kind. Returns the postings written.

    `progress(done, total)` is called after each chunk and may raise to cancel; `between()` lets single
    publications through. Raises CountJumped (the old index stays), WriterBusy.
    """
    codes = [kind.code for kind in kinds.all_kinds()]
    total = Posting.objects.filter(status__in=OPEN, kind__in=codes).count()
    done = 0
    for code in codes:
        for written in _rebuild_kind(code, between, force):
            done += written
            progress(done, total)
    with transaction.atomic():
        statistics.take()
    return done


def _rebuild_kind(code: str, between: Callable[[], None], force: bool) -> Iterator[int]:
    schema = postings_of(code)
    before = engine().count(schema)
    services.forget_written()
    with holding(contents_of(code)) as contents_writer, holding(schema) as postings_writer:
        with contents_writer.rebuild() as contents, postings_writer.rebuild() as postings:
            written: set[int] = set()
            new = 0
            for chunk in _chunks(code):
                new += _write_chunk(code, chunk, contents, postings, written)
                yield len(chunk)
                between()
            if not force and before >= GUARDED_FROM and new < before * LEAST_SHARE:
                raise CountJumped(
                    f"{code}: {new} postings in the new index, {before} in the old one. "
                    "Check the database; `index rebuild --force` swaps all the same."
                )
            contents.promote()
            postings.promote()


def _chunks(code: str) -> Iterator[list[int]]:
    """The open postings there were at the start; what is published meanwhile comes as a live change."""
    every = Posting.objects.filter(kind=code, status__in=OPEN)
    newest = every.aggregate(newest=Max("pk"))["newest"] or 0
    last = 0
    while last < newest:
        rows = every.filter(pk__gt=last, pk__lte=newest).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _write_chunk(
    code: str, ids: Sequence[int], contents: Rebuild, postings: Rebuild, written: set[int]
) -> int:
    chosen = services.between(code, ids)
    ready = services.prepare(services.open_postings(chosen))
    rows = {each.posting.pk: each.row for each in ready}
    new = {row.content_id for row in rows.values()} - written
    contents.apply([content_document(row) for row in Content.objects.filter(pk__in=new)])
    written |= new
    postings.apply([each.document for each in ready])
    services.save(_changed(rows, chosen), [posting_id for posting_id in ids if posting_id not in rows])
    return len(ready)


def _changed(rows: dict[int, Indexed], chosen: Q) -> list[Indexed]:
    """Those rows of facts that differ from the stored ones; a rebuild seldom changes any."""
    columns = ("posting_id", "version", "checksum")
    known = {pk: rest for pk, *rest in Indexed.objects.filter(chosen).values_list(*columns)}
    return [row for pk, row in rows.items() if known.get(pk) != [row.version, row.checksum]]
