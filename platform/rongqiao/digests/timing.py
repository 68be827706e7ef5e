"""When a digest is due: at a minute of somebody's own, daily or on one day of the week."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from rongqiao.common.language import both


class Rhythm(models.TextChoices):
    """How often."""

    DAILY = "daily", both("每天", "Daily")
    WEEKLY = "weekly", both("每周", "Weekly")
    OFF = "off", both("不发", "Never")


MINUTES = 24 * 60
HALF_HOUR = 30
EARLIEST, SPREAD = 8 * 60, 120  # 08:00–10:00 for those who did not choose
WEEKDAYS = (
    both("周一", "Monday"), both("周二", "Tuesday"), both("周三", "Wednesday"), both("周四", "Thursday"),
    both("周五", "Friday"), both("周六", "Saturday"), both("周日", "Sunday"),
)  # fmt: skip


def is_quiet(minute: int) -> bool:
    """Whether a minute of the day is off the full and the half hour, when everybody's machines send."""
    return 0 <= minute < MINUTES and minute % HALF_HOUR != 0


def usual_minute(person_id: int) -> int:
    """The minute for somebody who did not choose: always the same one, and not everybody's."""
    minute = EARLIEST + person_id * 37 % SPREAD
    return minute if is_quiet(minute) else minute + 1 + person_id % (HALF_HOUR - 1)


def falls_on(rhythm: str, moment: datetime, weekday: int) -> bool:
    """Whether something of this rhythm has its turn at a moment that is due."""
    return rhythm == Rhythm.DAILY or (rhythm == Rhythm.WEEKLY and timezone.localtime(moment).weekday() == weekday)


def next_due(after: datetime, rhythms: Iterable[str], minute: int, weekday: int) -> datetime | None:
    """The first moment after `after` at which one of the rhythms has its turn, None when none ever has."""
    wanted = set(rhythms) - {Rhythm.OFF}
    if not wanted:
        return None
    day, at = timezone.localtime(after).date(), time(*divmod(minute, 60))
    moments = (timezone.make_aware(datetime.combine(day + timedelta(days=ahead), at)) for ahead in range(9))
    return next(
        moment for moment in moments if moment > after and any(falls_on(rhythm, moment, weekday) for rhythm in wanted)
    )
