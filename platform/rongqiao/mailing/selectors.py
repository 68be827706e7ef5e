"""Reading about letters and notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from rongqiao.common import clock
from rongqiao.common.errors import missing

from . import addresses
from .models import WAITING, Letter, Notice, State, Suppressed

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Depth:
    """How many letters are in a state, and since when the oldest."""

    state: str
    count: int
    oldest: datetime | None


def depths() -> list[Depth]:
    """One row per state that has letters."""
    rows = Letter.objects.values("state").annotate(count=Count("id"), oldest=Min("queued_at")).order_by("state")
    return [Depth(**row) for row in rows]


def due() -> QuerySet[Letter]:
    """The letters somebody should take now, those that people wait for first."""
    return Letter.objects.filter(state__in=WAITING, due_at__lte=clock.now()).order_by("bulk", "due_at", "id")


def held_back() -> Q:
    """Letters that nobody waits for, to hosts that took as many in the last minute as RONGQIAO_MAIL_RATES allows."""
    full = Q(pk__in=())
    for host, most in settings.RONGQIAO_MAIL_RATES.items():
        taken = Letter.objects.filter(to__iendswith=f"@{host}", sent_at__gt=clock.now() - MINUTE)
        full |= Q(bulk=True, to__iendswith=f"@{host}") if taken.count() >= int(most) else Q(pk__in=())
    return full


def letters(*, state: str = "", kind: str = "", to: str = "") -> QuerySet[Letter]:
    """Letters without their bodies, newest first."""
    rows = Letter.objects.defer("text", "html", "unsubscribe").order_by("-id")
    rows = rows.filter(state=State(state)) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(to__iexact=to) if to else rows


def is_suppressed(address: str) -> bool:
    """Whether an address gets no letters."""
    return Suppressed.objects.filter(address=addresses.same(address)).exists()


def suppressed(given: Iterable[str]) -> set[str]:
    """Those of the addresses, as they were given, that get no letters: one query for all."""
    spelled = {addresses.same(address): address for address in given}
    rows = Suppressed.objects.filter(address__in=list(spelled)).values_list("address", flat=True)
    return {spelled[address] for address in rows}


def notices(person_id: int, *, unread: bool = False) -> QuerySet[Notice]:
    """A person's own notices, newest first."""
    rows = Notice.objects.filter(person_id=person_id).order_by("-id")
    return rows.filter(read_at=None) if unread else rows


def one_notice(person_id: int, notice_id: int) -> Notice:
    """One of a person's own notices; others' look missing."""
    found = notices(person_id).filter(pk=notice_id).first()
    if found is None:
        raise missing()
    return found
