"""Reading preferences and digests."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, F, QuerySet, Sum

from rongqiao.common.errors import missing
from rongqiao.introductions.models import Introduction
from rongqiao.mailing import selectors as mailing
from rongqiao.parties import personal_data
from rongqiao.parties.models import Person

from .composing import Pair
from .models import Digest, Group, Item, Preference

WEEK = timedelta(days=7)


@dataclass(slots=True)
class Told:
    """What somebody was told: pair → its band the last time; the pairs of the last digest with their organisation."""

    bands: dict[Pair, str] = field(default_factory=dict)
    last: dict[Pair, int] = field(default_factory=dict)
    digest: int = 0


NOTHING_TOLD = Told()


def due(now: datetime) -> QuerySet[Preference]:
    """The preferences whose moment has come, the longest waiting first."""
    return Preference.objects.filter(due_at__lte=now).order_by("due_at", "id")


def with_people(preferences: QuerySet[Preference]) -> QuerySet[Preference]:
    """The rows with their people (no query per row)."""
    return preferences.select_related("person").order_by("id")


def preferences(*, kind: str = "", to: str = "", due_at: datetime | None = None) -> QuerySet[Preference]:
    """What everybody has set, with their people; of one kind, of one address, of those due at a moment."""
    rows = with_people(Preference.objects.all())
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(person__email__iexact=to) if to else rows
    return rows.filter(due_at__lte=due_at) if due_at else rows


def in_parts(rows: QuerySet[Preference], size: int) -> Iterator[list[Preference]]:
    """The rows in lists of so many, one after the other: never all of them in memory."""
    several = iter(rows.iterator(chunk_size=size))
    while part := list(islice(several, size)):
        yield part


def one_preference(preference_id: int) -> Preference:
    """Anybody's, for operators; Problem 404 when there is none."""
    found = with_people(Preference.objects.all()).filter(pk=preference_id).first()
    if found is None:
        raise missing()
    return found


def outcomes(now: datetime, kind: str = "") -> list[dict[str, Any]]:
    """How many were sent, or not and why, in the seven days before: kind, outcome, reason, count."""
    rows = Digest.objects.filter(composed_at__gt=now - WEEK)
    rows = rows.filter(kind=kind) if kind else rows
    counted = rows.values("kind", "outcome", "reason").annotate(count=Count("id"))
    return list(map(dict, counted.order_by("kind", "outcome", "reason")))


def own(person: Person) -> dict[str, Preference]:
    """kind → what the person has set or was given."""
    rows = Preference.objects.filter(person=person).select_related("group")
    return {preference.kind: preference for preference in rows}


def group_of(preference: Preference) -> Group | None:
    """The group chat that it is posted to as well."""
    return getattr(preference, "group", None) if preference.pk else None


def told(person_ids: Sequence[int], since: datetime) -> dict[int, Told]:
    """person → the pairings they were told of since then: one query for all."""
    rows = Item.objects.filter(person_id__in=person_ids, digest__composed_at__gte=since).order_by("id")
    found: dict[int, Told] = {}
    for person_id, digest_id, need_id, offer_id, band, organisation_id in rows.values_list(
        "person_id", "digest_id", "need_id", "offer_id", "band", "organisation_id"
    ):
        theirs = found.setdefault(person_id, Told())
        if digest_id != theirs.digest:
            theirs.digest, theirs.last = digest_id, {}
        theirs.bands[(need_id, offer_id)] = band
        theirs.last[(need_id, offer_id)] = organisation_id
    return found


def answered_pairs(organisation_ids: Iterable[int]) -> set[Pair]:
    """The pairs of these organisations that somebody has answered: they are no news."""
    rows = Introduction.objects.filter(sides__organisation_id__in=list(organisation_ids))
    return set(rows.exclude(state__in=("recommended", "seen")).values_list("need_id", "offer_id"))


def told_this_week(person_ids: Sequence[int], kind: str, now: datetime) -> Mapping[int, int]:
    """person → how many items of a kind they were told of in the seven days before."""
    rows = Digest.objects.filter(person_id__in=person_ids, kind=kind, composed_at__gt=now - WEEK)
    return dict(rows.values_list("person_id").annotate(sum=Sum("told")))


def proved_addresses(people: Iterable[Person]) -> set[int]:
    """Those of them who have shown that they read their address's mail."""
    rows = EmailAddress.objects.filter(user__in=list(people), verified=True, email=F("user__email"))
    return set(rows.values_list("user_id", flat=True))


def suppressed_addresses(people: Iterable[Person]) -> set[int]:
    """Those of them whose address gets nothing any more."""
    turned_off = mailing.suppressed([person.email for person in people])
    return {person.pk for person in people if person.email in turned_off}


def archive(person: Person) -> QuerySet[Digest]:
    """What was sent to the person, newest first, without the bodies."""
    return Digest.objects.filter(person=person, outcome=Digest.Outcome.SENT).defer("body").order_by("-id")


def one_of(person: Person, digest_id: int) -> Digest:
    """One of them; another's looks missing."""
    found = Digest.objects.filter(person=person, outcome=Digest.Outcome.SENT, pk=digest_id).first()
    if found is None:
        raise missing()
    return found


def exported(person: Person) -> list[dict[str, Any]]:
    """All that was told to a person, as plain values."""
    rows = Digest.objects.filter(person=person).order_by("-id")
    return personal_data.rows(rows, "kind", "planned_at", "composed_at", "outcome", "reason", "subject", "body")


def exported_preferences(person: Person) -> list[dict[str, Any]]:
    """What a person has set, as plain values."""
    names = ("kind", "rhythm", "minute", "weekday", "language", "most", "own", "due_at", "told_at")
    return personal_data.rows(Preference.objects.filter(person=person).order_by("kind"), *names)
