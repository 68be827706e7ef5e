"""How much is waiting, since when, and what was set aside."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from .models import Event


@dataclass(frozen=True, slots=True)
class Depth:
    """The state of one consumer's queue."""

    consumer: str
    waiting: int
    oldest: datetime | None
    set_aside: int


def depths() -> list[Depth]:
    """One row per consumer that has events."""
    waiting = Q(set_aside_at=None)
    rows = (
        Event.objects.values("consumer")
        .annotate(
            waiting=Count("id", filter=waiting),
            oldest=Min("recorded_at", filter=waiting),
            set_aside=Count("id", filter=~waiting),
        )
        .order_by("consumer")
    )
    return [Depth(**row) for row in rows]


def waiting() -> int:
    """How many events are due or backing off, over all consumers."""
    return Event.objects.filter(set_aside_at=None).count()


def waiting_for(consumer: str) -> set[int]:
    """The objects that this consumer will look at by itself."""
    waiting = Event.objects.filter(consumer=consumer, set_aside_at=None)
    return set(waiting.values_list("object_id", flat=True))


def set_aside() -> QuerySet[Event]:
    """The events that kept failing, newest first, each with its last error."""
    return Event.objects.exclude(set_aside_at=None).order_by("-set_aside_at", "-id")
