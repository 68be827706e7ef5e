"""Recording what happened, and draining it."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from zlib import crc32

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from rongqiao.common import clock

from .doorbell import ring
from .models import Event
from .registry import Consumer, Unavailable, consumers, listeners

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LONGEST_WAIT = 300.0


def record(topic: str, object_ids: Iterable[int], *, bulk: bool = False) -> None:
    """Write, in the caller's transaction, that these objects changed. Bulk work waits behind single changes."""
    ids = list(object_ids)
    names = listeners(topic)
    rows = (Event(consumer=name, object_id=object_id, bulk=bulk) for name in names for object_id in ids)
    Event.objects.bulk_create(rows, batch_size=2_000)
    transaction.on_commit(lambda: ring(), robust=True)


def drain(*, rounds: int | None = None, aside: bool | None = None) -> int:
    """Serve every consumer in turn until nothing is due (or for so many rounds). Returns the events done.

    With `aside` only those that are (or are not) served in the worker's second thread.
    """
    total = 0
    served = [consumer for consumer in consumers() if aside is None or consumer.aside == aside]
    while (rounds is None or rounds > 0) and _anything_due(served):
        done = sum(_served(consumer, served) for consumer in served)
        total += done
        if not done:
            break
        rounds = None if rounds is None else rounds - 1
    return total


def _due() -> QuerySet[Event]:
    return Event.objects.filter(Q(not_before=None) | Q(not_before__lte=clock.now()), set_aside_at=None)


def _anything_due(served: Sequence[Consumer]) -> bool:
    """One question, where each consumer would ask its own: a worker that has nothing to do asks five times a second."""
    return _due().filter(consumer__in=[consumer.name for consumer in served]).exists()


def _served(consumer: Consumer, others: Sequence[Consumer]) -> int:
    """A batch of the consumer, and of those that had better not wait for the next one."""
    done = drain_consumer(consumer)
    urgent = [other for other in others if other.urgent and other != consumer] if done else []
    return done + sum(drain_consumer(other) for other in urgent)


def let_singles_through() -> None:
    """Between the steps of long work: what people did one by one does not wait for its end."""
    for consumer in consumers():
        if not consumer.long:
            drain_consumer(consumer, singles_only=True)


def drain_consumer(consumer: Consumer, *, singles_only: bool = False) -> int:
    """One batch of one consumer. Returns how many events were settled (done or put back with their error)."""
    with _claimed(consumer, singles_only) as events:
        if not events:
            return 0
        try:
            _attempt(consumer, events)
        except Unavailable as error:
            _put_back(events, error, counts=False)
            return 0
        return len(events)


@contextmanager
def _claimed(consumer: Consumer, singles_only: bool) -> Iterator[list[Event]]:
    """Rows nobody else works on, free again the moment this process dies.

    PostgreSQL: locked until the end of the transaction and skipped by the others; for long work, which must not
    sit in a transaction, a lock of the session on the consumer. SQLite: one drainer a machine (outbox.worker's
    lock), so no lock is held while it works and web requests can write.
    """
    due = _due().filter(consumer=consumer.name).order_by("bulk", "id")
    if singles_only:
        due = due.filter(bulk=False)
    if not connection.features.has_select_for_update_skip_locked:
        yield list(due[: consumer.batch])
    elif consumer.long:
        with _session_lock(consumer.name) as mine:
            yield list(due[: consumer.batch]) if mine else []
    else:
        with transaction.atomic():
            mine = not consumer.lock or _transaction_lock(consumer.lock, wait=False)
            yield list(due.select_for_update(skip_locked=True)[: consumer.batch]) if mine else []


@contextmanager
def alone(lock: str) -> Iterator[None]:
    """A transaction that overlaps no batch of the consumers with this lock, for who does their work by hand."""
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            _transaction_lock(lock, wait=True)
        yield


def _transaction_lock(name: str, *, wait: bool) -> bool:
    """PostgreSQL's lock of that name until the end of the transaction; whether it was got."""
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [crc32(name.encode())])
        return wait or bool(cursor.fetchone()[0])


@contextmanager
def _session_lock(name: str) -> Iterator[bool]:
    number = crc32(name.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _attempt(consumer: Consumer, events: Sequence[Event]) -> None:
    """Handle a batch; when it fails, its halves, so that one bad record holds up nobody else."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            consumer.handle(sorted({event.object_id for event in events}))
    except Unavailable:
        raise
    except Exception as error:
        if len({event.object_id for event in events}) == 1:
            log.exception("outbox: %s failed on object %s", consumer.name, events[0].object_id)
            _put_back(events, error, counts=True)
            return
        ids = sorted({event.object_id for event in events})
        low = set(ids[: len(ids) // 2])
        _attempt(consumer, [event for event in events if event.object_id in low])
        _attempt(consumer, [event for event in events if event.object_id not in low])
        return
    Event.objects.filter(pk__in=[event.pk for event in events]).delete()


def _put_back(events: Sequence[Event], error: Exception, *, counts: bool) -> None:
    now = clock.now()
    for event in events:
        attempts = event.attempts + 1
        Event.objects.filter(pk=event.pk).update(
            attempts=attempts if counts else F("attempts"),
            not_before=now + _wait(attempts if counts else 1),
            set_aside_at=_set_aside(now, attempts, counts),
            error=f"{type(error).__name__}: {error}"[:2_000],
        )


def _set_aside(now: datetime, attempts: int, counts: bool) -> datetime | None:
    return now if counts and attempts >= MOST_ATTEMPTS else None


def _wait(attempts: int) -> timedelta:
    return timedelta(seconds=min(0.5 * 2.0**attempts, LONGEST_WAIT))


def retry_set_aside() -> int:
    """Give the events that were set aside another try, after their cause was mended. Returns how many."""
    waiting = Event.objects.exclude(set_aside_at=None)
    count = waiting.update(set_aside_at=None, attempts=0, not_before=None, error="")
    ring()
    return count
