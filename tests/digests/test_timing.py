"""A digest comes at its own minute, never on the full or half hour, and never twice for one moment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from rongqiao.digests.timing import HALF_HOUR, MINUTES, Rhythm, falls_on, is_quiet, next_due, usual_minute

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
RHYTHMS = st.lists(st.sampled_from(list(Rhythm)), max_size=3)


@given(MOMENTS, RHYTHMS, st.integers(0, MINUTES - 1), st.integers(0, 6))
def test_the_next_moment_is_the_first_that_comes(after: datetime, rhythms: list[str], minute: int, weekday: int) -> None:
    moment = next_due(after, rhythms, minute, weekday)
    if not set(rhythms) - {Rhythm.OFF}:
        assert moment is None
        return
    assert moment is not None
    assert after < moment <= after + timedelta(days=7)
    local = timezone.localtime(moment)
    assert local.hour * 60 + local.minute == minute
    assert any(falls_on(rhythm, moment, weekday) for rhythm in rhythms)
    if Rhythm.DAILY in rhythms:
        assert moment <= after + timedelta(days=1)
    else:
        assert local.weekday() == weekday


@given(st.integers(1, 10**9))
def test_nobody_is_given_the_full_or_half_hour(person_id: int) -> None:
    assert is_quiet(usual_minute(person_id))
    assert usual_minute(person_id) == usual_minute(person_id)


def test_people_are_spread_over_the_morning() -> None:
    minutes = [usual_minute(person_id) for person_id in range(1, 1_201)]
    assert len(set(minutes)) > 100
    assert max(minutes.count(minute) for minute in set(minutes)) < 60


@pytest.mark.parametrize("minute", [0, HALF_HOUR, 8 * 60, 8 * 60 + 30, MINUTES, -1])
def test_which_minutes_are_not_taken(minute: int) -> None:
    assert not is_quiet(minute)
