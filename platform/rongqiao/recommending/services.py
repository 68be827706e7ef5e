"""Finding who fits whom, keeping the pairings, and logging who was shown them."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from matching.pipeline import Matcher
from matching.pipeline import Pairing as Found
from matching.records import Batch, Record, Side
from rongqiao.common import clock
from rongqiao.indexing import selectors as indexing
from rongqiao.indexing.analysis import tokens
from rongqiao.indexing.engines import engine_may_be_away
from rongqiao.indexing.models import Content
from rongqiao.indexing.schemas import contents_of
from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from rongqiao.parties.models import Person
from rongqiao.postings import kinds
from rongqiao.postings.models import Posting
from search.analysis import Tokens

from . import matchers, standings
from .facts import facts_of
from .models import Exposure, Pairing, Run
from .reasons import strongest_of
from .source import IndexSource

PAIRING_LOST = "pairing lost"
LOCK = "pairings"

log = logging.getLogger(__name__)
TOP = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a posting found: its own best (True) and others' rows re-scored (False), and the rows it stood in."""

    record: Record
    side: Side
    found: list[tuple[Found, bool]]
    before: dict[int, Pairing]


def refresh(posting_ids: Sequence[int]) -> None:
    """Find the pairings of these postings anew; those of a posting that has left the index go (idempotent).

    Scoring comes first and holds no lock; all is written in one short transaction.
    """
    records = standings.of_records(indexing.records(posting_ids))
    matcher = matchers.current()
    taking_part = [record for record in records.values() if record.recommendable]
    with engine_may_be_away():
        outcomes = [look(record, matcher) for record in taking_part]
    with transaction.atomic():
        for outcome in outcomes:
            keep(outcome, matcher)
        for posting_id in sorted(set(posting_ids) - {record.key for record in taking_part}):
            drop(posting_id)


def look(record: Record, matcher: Matcher) -> Outcome:
    """A posting's best pairings of each kind it pairs with, and its rows in others' lists re-scored."""
    side: Side = kinds.of(record.content.kind).side
    before = _rows_of(record.key, side)
    return Outcome(record, side, _found(record, side, matcher, before), before)


def ensure(posting_id: int) -> None:
    """Make sure that an open posting has been paired (an import's may still be waiting for its turn).

    Not beside a worker's batch: it may be dropping the very posting that this one would be paired with.
    """
    if indexing.record(posting_id) is None or _has_run(posting_id):
        return
    try:
        with outbox.alone(LOCK):
            record = indexing.record(posting_id)
            if record is not None and record.recommendable and not _has_run(posting_id):
                refresh([posting_id])
    except Unavailable:
        log.exception("pairings: the engine is away; what is stored is shown")


def _has_run(posting_id: int) -> bool:
    return Run.objects.filter(posting_id=posting_id).exists()


@transaction.atomic
def drop(posting_id: int) -> None:
    """Take a posting out of all lists; those who lose a pairing by it look for another."""
    rows = Pairing.objects.filter(need_id=posting_id) | Pairing.objects.filter(offer_id=posting_id)
    others = {need if offer == posting_id else offer for need, offer in rows.values_list("need_id", "offer_id")}
    rows.delete()
    outbox.record(PAIRING_LOST, sorted(others), bulk=True)


def expose(*, shown: Sequence[Pairing], person: Person, organisation_id: int, place: str, first: int) -> None:
    """Log that these pairings were shown, in this order from rank `first`."""
    Exposure.objects.bulk_create(
        Exposure(
            pairing=pairing, need_id=pairing.need_id, offer_id=pairing.offer_id, person_id=person.pk,
            organisation_id=organisation_id, place=place, rank=first + number, mutual=pairing.mutual,
            weights_version=pairing.run.weights_version,
        )
        for number, pairing in enumerate(shown)
    )  # fmt: skip


def _rows_of(posting_id: int, side: Side) -> dict[int, Pairing]:
    """The rows the posting stands in, by the other posting's id."""
    rows = Pairing.objects.filter(need_id=posting_id) if side == "need" else Pairing.objects.filter(offer_id=posting_id)
    return {_other_key(row, side): row for row in rows.defer("bill", "need_facts", "offer_facts")}


def _found(
    record: Record, side: Side, matcher: Matcher, before: dict[int, Pairing]
) -> list[tuple[Found, bool]]:
    """The posting's own best per kind (True), and the others' rows that still pass, re-scored (False)."""
    today = clock.today()
    others = standings.of_records(indexing.records(before))
    title, body = _tokens(record)
    source = IndexSource(title, body, [other.content.key for other in others.values()])
    best: list[tuple[Found, bool]] = []
    for kind in kinds.partners(record.content.kind):
        best += [(found, True) for found in matcher.match(record, side, source, [kind], today, top=TOP)]
    seen = {found.other(side).key for found, _ in best}
    rest = [other for key, other in others.items() if key not in seen and _in_other_list(before[key], side)]
    return best + [(found, False) for found in _scored(record, side, matcher, rest) if found.passes]


def _scored(record: Record, side: Side, matcher: Matcher, others: Sequence[Record]) -> Iterable[Found]:
    by_kind: dict[str, list[Record]] = {}
    for other in others:
        by_kind.setdefault(other.content.kind, []).append(other)
    for kind, members in by_kind.items():
        yield from matcher.score_batch(record, side, kind, Batch.of(members), clock.today())


def _tokens(record: Record) -> tuple[Tokens, Tokens]:
    row = Content.objects.only("kind", "title", "body").get(pk=record.content.key)
    return tokens(row.kind, row.title, row.body)


def _in_other_list(row: Pairing, side: Side) -> bool:
    return row.for_offer if side == "need" else row.for_need


@transaction.atomic
def keep(outcome: Outcome, matcher: Matcher) -> Run:
    """Replace the posting's rows by those it found; what others list of it stays theirs, and so do rows that
    another posting's run has added meanwhile."""
    record, side = outcome.record, outcome.side
    run = Run.objects.create(
        posting_id=record.key, weights_version=matcher.weights.version,
        statistics_version=matcher.statistics.version,
        index_version=contents_of(record.content.kind).fingerprint, day=clock.today(), snapshot_at=clock.now(),
        scored=len(outcome.found),
    )  # fmt: skip
    now = _rows_of(record.key, side)
    others = _still_there([found.other(side).key for found, _ in outcome.found])
    rows = [
        _row(found, own, side, run, now) for found, own in outcome.found if found.other(side).key in others
    ]
    kept = {_other_key(row, side) for row in rows}
    gone = [row.pk for key, row in now.items() if key in outcome.before and key not in kept]
    Pairing.objects.filter(pk__in=gone).delete()
    fields = [field.name for field in Pairing._meta.concrete_fields if not field.primary_key]
    Pairing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["need", "offer"], update_fields=fields, batch_size=500
    )
    Run.objects.filter(posting_id=record.key, pk__lt=run.pk, pairings=None).delete()
    return run


def _still_there(posting_ids: Sequence[int]) -> set[int]:
    """Those whose rows have not been erased from the database meanwhile."""
    return set(Posting.objects.filter(pk__in=posting_ids).values_list("pk", flat=True))


def _other_key(row: Pairing, side: Side) -> int:
    return row.offer_id if side == "need" else row.need_id


def _row(found: Found, own: bool, side: Side, run: Run, now: dict[int, Pairing]) -> Pairing:
    before = now.get(found.other(side).key)
    theirs = before is not None and _in_other_list(before, side)
    return Pairing(
        need_id=found.need.key, offer_id=found.offer.key, need_kind=found.need.content.kind,
        offer_kind=found.offer.content.kind, run=run, for_need=own if side == "need" else theirs,
        for_offer=theirs if side == "need" else own, forward=found.forward, reverse=found.reverse,
        mutual=found.mutual, band=found.band, need_facts=facts_of(found.need, found.offer.organisation),
        offer_facts=facts_of(found.offer, found.need.organisation), bill=None, strongest=strongest_of(found),
    )  # fmt: skip
