"""The one who is awake: a thread of the embedded server, or the body of a Celery task."""

import contextlib
import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection, connections

from . import chores, doorbell, services

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.2
CHORES_SECONDS = 10.0
LOCK_RETRY_SECONDS = 0.5


@contextlib.contextmanager
def only_drainer() -> Iterator[bool]:
    """Whether this process may drain. On SQLite one process at a time, by a file lock that dies with it;
    with row locks (PostgreSQL) everybody may."""
    if connection.features.has_select_for_update_skip_locked:
        yield True
        return
    path = Path(settings.VAR) / "worker.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def run(stop: threading.Event, *, seconds: float | None = None) -> None:
    """Drain until told to stop, or for so many seconds; waits while another process is the drainer."""
    end = None if seconds is None else time.monotonic() + seconds
    while not stop.is_set() and not _over(end):
        with only_drainer() as mine:
            if mine:
                _serve(stop, end)
        stop.wait(LOCK_RETRY_SECONDS)


def _over(end: float | None) -> bool:
    return end is not None and time.monotonic() >= end


def _serve(stop: threading.Event, end: float | None) -> None:
    """Both threads of a worker: this one, and one for the consumers that wait for servers of others."""
    over = threading.Event()
    aside = threading.Thread(target=_serve_aside, args=(over,), name="outbox-aside", daemon=True)
    aside.start()
    chores_at = 0.0

    def look_after() -> int:
        nonlocal chores_at
        done = services.drain(rounds=1, aside=False)
        if time.monotonic() >= chores_at:
            chores.run_due()
            chores_at = time.monotonic() + CHORES_SECONDS
        return done

    try:
        _rounds(look_after, stop, end)
    finally:
        over.set()
        aside.join()


def _serve_aside(over: threading.Event) -> None:
    try:
        _rounds(lambda: services.drain(rounds=1, aside=True), over, None)
    finally:
        connections.close_all()


def _rounds(work: Callable[[], int], stop: threading.Event, end: float | None) -> None:
    """Work again and again, with a short rest when nothing was due."""
    while not stop.is_set() and not _over(end):
        try:
            done = work()
        except Exception:
            # The database or the engine is away: say so, wait, go on. A dead worker would lose the region's day.
            log.exception("outbox: a round failed; the events stay and are tried again")
            done = 0
            close_old_connections()
            stop.wait(1.0)
        if not done:
            doorbell.wait(IDLE_SECONDS)


def start_thread(first: Callable[[], None]) -> threading.Thread:
    """The worker of the embedded server; `first` prepares it while the server already answers."""

    def work() -> None:
        first()
        run(threading.Event())

    thread = threading.Thread(target=work, name="outbox-worker", daemon=True)
    thread.start()
    return thread
