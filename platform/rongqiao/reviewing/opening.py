"""What comes into the queue and what leaves it by itself. The rooms below only say that something changed."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from rongqiao.common import clock
from rongqiao.parties.models import Application
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

from .models import Case
from .vocabulary import Occasion, State

OCCASION_OF = {
    Application.Purpose.VERIFICATION: Occasion.VERIFICATION, Application.Purpose.CLAIM: Occasion.CLAIM,
}  # fmt: skip
SAMPLES_A_DAY = 10


@transaction.atomic
def look_at_applications(ids: Sequence[int]) -> None:
    """Open a case for each application that waits; close the case of one that waits no more. May run twice."""
    rows = {row.pk: row for row in Application.objects.filter(pk__in=ids)}
    waiting = {pk: row for pk, row in rows.items() if row.state == Application.State.WAITING}
    _close("application", [pk for pk in ids if pk not in waiting], list(OCCASION_OF.values()))
    _open(
        Case(
            occasion=OCCASION_OF[Application.Purpose(row.purpose)], subject_type="application", subject_id=row.pk,
            organisation_id=row.organisation_id,
        )
        for row in waiting.values()
    )  # fmt: skip


@transaction.atomic
def look_at_postings(ids: Sequence[int]) -> None:
    """Open cases for postings that wait for approval, for a share of those that passed by themselves, and for
    changes of an open one whose organisation is not trusted; close the cases of those that went. May run twice."""
    # In one order always: two at once that insert the same cases must not wait for each other crosswise.
    found = Posting.objects.filter(pk__in=ids).select_related("organisation").order_by("pk")
    rows = list(found.defer("details", "description"))
    in_review = [row for row in rows if row.status == "in_review"]
    shown = [row for row in rows if row.status in OPEN]
    _close("posting", sorted(set(ids) - {row.pk for row in in_review}), [Occasion.PUBLICATION])
    _close("posting", sorted(set(ids) - {row.pk for row in shown}), [Occasion.SAMPLE, Occasion.CHANGE])
    _open(_case(row, Occasion.PUBLICATION) for row in in_review)
    if shown:
        _open_for_shown(shown)


def _open_for_shown(shown: Sequence[Posting]) -> None:
    """Approved ones are looked at again when they change; of those that nobody approved a sample is drawn once."""
    known = Case.objects.filter(subject_type="posting", subject_id__in=[row.pk for row in shown])
    sampled, approved = set(), {}
    for subject, occasion, state, after in known.order_by("pk").values_list("subject_id", "occasion", "state", "after"):
        if occasion == Occasion.SAMPLE:
            sampled.add(subject)
        elif state == State.APPROVED:
            approved[subject] = after.get("version", 0)
    drawn = within_a_day_s_share(row for row in shown if row.pk not in sampled and row.pk not in approved and is_drawn(row))
    changed = [
        row for row in shown
        if row.pk in approved and row.version > approved[row.pk] and not row.organisation.is_trusted
    ]  # fmt: skip
    _open(_case(row, Occasion.SAMPLE) for row in drawn)
    _open(_case(row, Occasion.CHANGE) for row in changed)


def is_drawn(posting: Posting) -> bool:
    """Whether a posting that passed by itself is in the sample: a fixed share, by a lot that nobody can choose and
    that falls the same again. What an operator's table brought in for an organisation that is not trusted answers for
    itself: the operator has seen it."""
    if not posting.organisation.is_trusted or posting.published_at is None or not settings.RONGQIAO_REVIEW_SAMPLE:
        return False
    return lot(posting) < float(settings.RONGQIAO_REVIEW_SAMPLE)


def lot(posting: Posting) -> float:
    """The posting's lot, evenly spread over [0, 1): a hash of its number, its first publication and the secret key."""
    published = posting.published_at.isoformat() if posting.published_at else ""
    seed = f"{settings.SECRET_KEY}:{posting.pk}:{published}"
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6]) / 2**48


def within_a_day_s_share(drawn: Iterable[Posting]) -> list[Posting]:
    """Of what one organisation first published on one day at most SAMPLES_A_DAY are looked at, those with the lowest
    lots first: a college's table of a thousand majors does not flood the queue."""
    ordered = sorted(drawn, key=lambda row: (lot(row), row.pk))
    room = _room_left(ordered) if ordered else {}
    chosen = []
    for row in ordered:
        share = row.organisation_id, _day(row)
        room[share] = room.get(share, SAMPLES_A_DAY) - 1
        if room[share] >= 0:
            chosen.append(row)
    return chosen


def _room_left(drawn: Sequence[Posting]) -> dict[tuple[int, date], int]:
    """How many more may be looked at, by organisation and day of publication, after those that already were."""
    days = [_day(row) for row in drawn]
    samples = Case.objects.filter(occasion=Occasion.SAMPLE, organisation_id__in={row.organisation_id for row in drawn})
    earlier = Posting.objects.filter(
        pk__in=samples.values("subject_id"), published_at__date__gte=min(days), published_at__date__lte=max(days)
    )
    taken = Counter((row.organisation_id, _day(row)) for row in earlier.only("organisation_id", "published_at"))
    return {share: SAMPLES_A_DAY - count for share, count in taken.items()}


def _day(posting: Posting) -> date:
    return timezone.localdate(posting.published_at)


def _case(posting: Posting, occasion: str) -> Case:
    return Case(
        occasion=occasion, subject_type="posting", subject_id=posting.pk, organisation_id=posting.organisation_id
    )


def _open(cases: Iterable[Case]) -> None:
    """Add the cases that do not wait yet."""
    now = clock.now()
    new = list(cases)
    for case in new:
        case.opened_at = now
    Case.objects.bulk_create(new, ignore_conflicts=True)


def _close(subject_type: str, ids: Sequence[int], occasions: Sequence[str]) -> None:
    if ids:
        waiting = Case.objects.filter(
            subject_type=subject_type, subject_id__in=ids, occasion__in=occasions, state=State.WAITING
        )
        waiting.update(state=State.CLOSED, decided_at=clock.now())
