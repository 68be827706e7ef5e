"""Taking letters to the mail server. No transaction is open while the server is spoken to.

Each letter is claimed with a lease that is committed before the first word; who dies lets the lease run out, and the
letter is sent again with the same Message-ID. What the server answered decides the state.
"""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from rongqiao.common import clock
from rongqiao.outbox import services as outbox

from . import bounces, selectors
from .connection import Away, Connection, NotNow, Refused
from .models import Letter, State
from .services import DUE

log = logging.getLogger(__name__)

LETTERS_A_ROUND = 50
SECONDS_A_ROUND = 10.0
# One that hangs costs the time-out of ten seconds; three in a row, and the server counts as away.
MOST_FAULTS = 3
PAUSE = timedelta(seconds=10)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVE_UP = timedelta(days=3)


def handle(_letter_ids: Sequence[int]) -> None:
    """The outbox's consumer: an event says that something is due, the letters themselves say what."""
    if deliver():
        outbox.record(DUE, [0])


def deliver() -> bool:
    """One round: so many letters or seconds. Whether more may be due at once."""
    line, faults, end = Connection(), 0, time.monotonic() + SECONDS_A_ROUND
    try:
        for _ in range(LETTERS_A_ROUND):
            letter = claim()
            if letter is None:
                return False
            faults = 0 if _hand_over(line, letter) else faults + 1
            if faults == MOST_FAULTS or time.monotonic() > end:
                break
    except Away as error:
        log.warning("mailing: the mail server is away (%s); letters wait", error)
        _pause()
        return False
    finally:
        line.close()
    if faults == MOST_FAULTS:
        _pause()
    return True


def deliver_one(letter_id: int) -> None:
    """One letter now, whatever waits before it; somebody asks and looks at the answer."""
    line = Connection()
    try:
        if letter := claim(pk=letter_id):
            _hand_over(line, letter)
    except Away as error:
        log.warning("mailing: the mail server is away (%s)", error)
    finally:
        line.close()


def claim(**which: int) -> Letter | None:
    """The next letter that is due, now in flight; those that must not be sent any more are withheld on the way."""
    while True:
        with transaction.atomic():
            due = selectors.due().filter(**which).exclude(selectors.held_back())
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(of=("self",), skip_locked=True)
            letter = due.first()
            if letter is None:
                return None
            if selectors.is_suppressed(letter.to):
                _end(letter, State.WITHHELD, reason="suppressed")
                continue
            letter.state, letter.attempts = State.IN_FLIGHT, letter.attempts + 1
            letter.due_at = clock.now() + timedelta(seconds=settings.RONGQIAO_MAIL_LEASE)
            letter.save(update_fields=["state", "attempts", "due_at", "updated_at"])
            return letter


def _hand_over(line: Connection, letter: Letter) -> bool:
    """Send one letter and write down what became of it; whether the server answered. Raises Away."""
    try:
        line.send(letter)
    except Refused as error:
        _end(letter, State.FAILED, reason="refused", answer=str(error))
        bounces.refused_with(letter, str(error))
    except NotNow as error:
        _later(letter, str(error))
        return False
    except Away as error:
        _later(letter, str(error))
        raise
    except Exception as error:
        # A letter that cannot even be put together must not stand in the way of the others.
        log.exception("mailing: letter %s could not be sent", letter.pk)
        _later(letter, f"{type(error).__name__}: {error}")
    else:
        _end(letter, State.SENT, sent_at=clock.now(), answer="")
    return True


def _later(letter: Letter, answer: str) -> None:
    """Back off, or give up after three days."""
    now = clock.now()
    due_at = now + BACK_OFF[min(letter.attempts, len(BACK_OFF)) - 1]
    if due_at > letter.queued_at + GIVE_UP:
        _end(letter, State.FAILED, reason="gave_up", answer=answer)
    else:
        _settle(letter, state=State.AWAITING_RETRY, due_at=due_at, answer=answer[:500])


def _end(letter: Letter, state: State, **values: object) -> None:
    """Sent, failed or withheld: a secret has no reader here any more."""
    erased = {"text": "", "html": "", "unsubscribe": ""} if letter.secret else {}
    _settle(letter, state=state, **values, **erased)


def _settle(letter: Letter, **values: object) -> None:
    """Write it down, unless the lease ran out and another attempt has begun."""
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts)
    mine.update(updated_at=clock.now(), **values)


def _pause() -> None:
    """While the server is away nobody tries it letter by letter: all that is due waits a little."""
    now = clock.now()
    waiting = Letter.objects.filter(state__in=(State.QUEUED, State.AWAITING_RETRY), due_at__lte=now)
    waiting.update(due_at=now + PAUSE)
