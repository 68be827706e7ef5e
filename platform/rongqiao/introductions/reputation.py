"""How an organisation answers (响应信誉): a rate that does not judge on few cases, and the median time.

The rate is the mean of a Beta(2, 2) after m questions with r answers: (r + 2) / (m + 4). Who has never been asked
stands at one half, one miss costs little, many cost much, and each answer mends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from rongqiao.common import clock

from .models import Episode

PRIOR_ANSWERED, PRIOR_ASKED = 2, 4
LOOKED_BACK = timedelta(days=180)
MOST_EXPIRED = 3
FEWEST_FOR_HOURS = 3


@dataclass(frozen=True, slots=True)
class Reputation:
    """`asked` and `answered` in the last 180 days, the rate, the median hours (None for fewer than three answers)."""

    asked: int
    answered: int
    expired: int
    rate: float
    median_hours: float | None
    paused: bool


def reputation_of(organisation_id: int) -> Reputation:
    """The reputation of an organisation now; questions that were taken back do not count."""
    since = clock.now() - LOOKED_BACK
    rows = list(
        Episode.objects.filter(organisation_id=organisation_id, asked_at__gte=since)
        .filter(outcome__in=[Episode.Outcome.ANSWERED, Episode.Outcome.EXPIRED])
        .order_by("ended_at", "pk")
        .values_list("outcome", "asked_at", "ended_at")
    )
    hours = [_hours(asked, ended) for outcome, asked, ended in rows if outcome == Episode.Outcome.ANSWERED and ended]
    outcomes = [outcome for outcome, _, _ in rows]
    return Reputation(
        asked=len(rows), answered=len(hours), expired=len(rows) - len(hours),
        rate=rate(len(hours), len(rows)),
        median_hours=round(median(hours), 1) if len(hours) >= FEWEST_FOR_HOURS else None,
        paused=is_paused(outcomes),
    )  # fmt: skip


def rate(answered: int, asked: int) -> float:
    """(r + 2) / (m + 4), four decimals."""
    return round((answered + PRIOR_ANSWERED) / (asked + PRIOR_ASKED), 4)


def is_paused(outcomes: list[str]) -> bool:
    """Whether three have expired since the last answer, of these outcomes in their order: a reply begins anew."""
    since_last = 0
    for outcome in outcomes:
        since_last = 0 if outcome == Episode.Outcome.ANSWERED else since_last + 1
    return since_last >= MOST_EXPIRED


def _hours(asked: datetime, ended: datetime) -> float:
    return (ended - asked).total_seconds() / 3600
