"""What is done by the clock: whoever drains looks after it, and the database says who did it last."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from rongqiao.common import clock

from .models import Chore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to call every so many seconds, by one process of all."""

    name: str
    seconds: float
    call: Callable[[], object]


_duties: dict[str, Duty] = {}


def every(seconds: float, name: str, call: Callable[[], object]) -> None:
    """Have something called again and again; saying it again replaces."""
    _duties[name] = Duty(name, seconds, call)


def run_due() -> list[str]:
    """Do what is due. Returns the names. One that fails is logged and waits for its next turn."""
    done = []
    for duty in list(_duties.values()):
        if _mine(duty):
            done.append(duty.name)
            try:
                duty.call()
            except Exception:
                log.exception("chore %s failed; it is tried again in %.0f s", duty.name, duty.seconds)
    return done


def _mine(duty: Duty) -> bool:
    """Whether it is due and this process is the one that does it: the first to move the time forward."""
    now = clock.now()
    Chore.objects.get_or_create(name=duty.name, defaults={"last_done": now - timedelta(seconds=2 * duty.seconds)})
    due = Chore.objects.filter(name=duty.name, last_done__lt=now - timedelta(seconds=duty.seconds))
    return due.update(last_done=now) == 1
