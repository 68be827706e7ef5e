"""Telling those whose moment has come. The row is written together with the letter, before anything is sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from rongqiao.common import clock
from rongqiao.introductions import services as introductions
from rongqiao.mailing import services as mailing
from rongqiao.outbox import selectors as waiting
from rongqiao.outbox import services as outbox
from rongqiao.recommending import services as recommending
from rongqiao.recommending.models import Pairing
from rongqiao.searching import services as searching

from . import groups, links, selectors
from .composing import Composed, Suggestion, composed_from
from .letters import code_of
from .models import Digest, Group, Item, Preference
from .planning import plan
from .timing import next_due

DUE = "digest due"
TOLD = "digest told"
CONSUMER = "digests"
WOKEN_AT_ONCE = 1_000
KEPT_DAYS = 400


def wake() -> int:
    """The chore: hand those who are due to whoever is awake. Returns how many."""
    due = selectors.due(clock.now()).values_list("pk", flat=True)[:WOKEN_AT_ONCE]
    new = sorted(set(due) - waiting.waiting_for(CONSUMER))
    outbox.record(DUE, new, bulk=True)
    return len(new)


def handle(preference_ids: Sequence[int]) -> None:
    """The outbox's consumer. Composing reads and holds no lock; each digest is written in a transaction of its own."""
    now = clock.now()
    due = selectors.with_people(selectors.due(now).filter(pk__in=list(preference_ids)))
    for preference, composed in plan(due, now):
        tell(preference, composed, now)


@transaction.atomic
def tell(preference: Preference, composed: Composed, now: datetime) -> Digest | None:
    """Write what is told and its letter, or why nothing is; None when somebody else did, or the wish has changed since.

    Whoever moves `due_at` on is the one who tells: of two workers one does, and who dies has written nothing.
    """
    person, planned_at = preference.person, preference.due_at
    mine = Preference.objects.filter(pk=preference.pk, due_at=planned_at, updated_at=preference.updated_at)
    next_at = next_due(now, preference.rhythms, preference.minute, preference.weekday)
    told_at = preference.told_at if composed.reason else now
    if planned_at is None or not mine.update(due_at=next_at, told_at=told_at):
        return None
    digest = Digest.objects.create(
        person=person, kind=preference.kind, planned_at=planned_at, composed_at=now, language=preference.language,
        outcome=Digest.Outcome.NOTHING if composed.reason else Digest.Outcome.SENT, reason=composed.reason,
        subject=composed.subject, body={} if composed.reason else composed.as_json(), told=composed.told,
    )  # fmt: skip
    if not composed.reason:
        _keep_items(digest, composed)
        searching.mark_told(search_ids=list(composed.searches), at=now)
        _write(digest, composed)
        outbox.record(TOLD, [digest.pk], bulk=True)
        for group in Group.objects.filter(preference=preference):
            groups.ask(digest, group)
    return digest


def _keep_items(digest: Digest, composed: Composed) -> None:
    Item.objects.bulk_create(
        Item(
            digest=digest, person_id=digest.person_id, organisation_id=each.organisation, need_id=each.need,
            offer_id=each.offer, position=position, mutual=each.mutual, band=each.band,
        )
        for position, each in enumerate(composed.suggested, 1)
    )  # fmt: skip


def count_as_recommended(digest_ids: Sequence[int]) -> None:
    """The outbox's consumer, after the letter: the funnel begins with what was recommended, and the ranking learns from
    what was shown. Saying it again changes nothing."""
    for digest in Digest.objects.filter(pk__in=list(digest_ids), counted=False).select_related("person").order_by("pk"):
        told = composed_from(digest.body).suggested
        with transaction.atomic():
            if Digest.objects.filter(pk=digest.pk, counted=False).update(counted=True):
                introductions.recommend(pairs=[(each.need, each.offer) for each in told])
                _expose(digest, told)


def _expose(digest: Digest, told: Sequence[Suggestion]) -> None:
    rows = Pairing.objects.select_related("run").defer("need_facts", "offer_facts", "bill")
    there = rows.in_bulk([each.pairing for each in told])
    for position, each in enumerate(told, 1):
        if each.pairing in there:
            recommending.expose(
                shown=[there[each.pairing]], person=digest.person, organisation_id=each.organisation, place="digest",
                first=position,
            )  # fmt: skip


def _write(digest: Digest, composed: Composed) -> None:
    digest.letter = mailing.send(
        kind=code_of(digest.kind), to=digest.person.email, language=digest.language, person_id=digest.person_id,
        context={"body": composed.as_json(), **links.made_for(digest, composed)}, once=f"digest {digest.pk}",
    )  # fmt: skip
    digest.save(update_fields=["letter"])


def forget_old() -> int:
    """The chore: digests of long ago go. Returns how many rows."""
    return Digest.objects.filter(composed_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()[0]
