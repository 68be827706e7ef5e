"""A new index beside the old one: searched only when it is whole, and nothing is missed meanwhile."""

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.db.models import Max, Q

from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting
from search.engine import CountJumped, Rebuild

from . import services, statistics
from .documents import content_document
from .models import Content, Indexed
from .schemas import contents_of, postings_of
from .writers import holding

CHUNK = 500
# A rebuilt index that has lost more than half is a mistake more likely than a region that emptied overnight.
LEAST_SHARE = 0.5
REMEDY = "Check the database; with --force the new index takes the old one's place all the same."

Progress = Callable[[int, int], None]


def rebuild(
    progress: Progress, between: Callable[[], None], *, force: bool = False, codes: Sequence[str] | None = None
) -> int:
    """Rebuild the indexes of these kinds, of all by default. Returns the postings written.

    `progress(done, total)` is called after each chunk and may raise to cancel; `between()` lets single
    publications through. Raises CountJumped (the old index stays), WriterBusy.
    """
    codes = [kind.code for kind in kinds.all_kinds()] if codes is None else codes
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
    before = Indexed.objects.filter(kind=code).count()
    services.forget_written()
    with holding(contents_of(code)) as contents_writer, holding(postings_of(code)) as postings_writer:
        with contents_writer.rebuild() as contents, postings_writer.rebuild() as postings:
            written: set[int] = set()
            new = 0
            for chunk in _chunks(code):
                with services.alone():
                    new += _write_chunk(code, chunk, contents, postings, written)
                yield len(chunk)
                between()
            if not force:
                _refuse_jump(code, before, new)
            _swap(contents, postings, 0.0 if force else LEAST_SHARE)


def _refuse_jump(code: str, before: int, new: int) -> None:
    """The engine compares with what it searches; where that has another structure, with the facts of what it held."""
    if new < before * LEAST_SHARE:
        raise CountJumped(f"{code}: {new} postings in the new index, facts of {before} before. {REMEDY}")


def _swap(contents: Rebuild, postings: Rebuild, least_share: float) -> None:
    """Put both in their places. The number of postings decides: contents that nobody has any more are left out."""
    try:
        postings.promote(least_share=least_share)
    except CountJumped as refused:
        raise CountJumped(f"{refused}. {REMEDY}") from refused
    contents.promote()


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
