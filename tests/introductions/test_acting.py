"""What matching hears of how organisations have acted."""

from datetime import timedelta

import pytest
import time_machine

from matching.records import Standing
from rongqiao.common import clock
from rongqiao.introductions import acting, services
from rongqiao.recommending import standings
from tests import world
from tests.introductions.telling import agree, says, step
from tests.introductions.test_talking import sign

pytestmark = pytest.mark.django_db


def test_who_was_never_asked_is_not_told_of(enterprise, college) -> None:
    assert acting.told({enterprise.organisation.pk, college.organisation.pk}) == {}


def test_questions_count_for_who_was_asked_answered_or_not(enterprise, college, need, offer) -> None:
    ids = {enterprise.organisation.pk, college.organisation.pk}
    says(enterprise, "interested", need, offer, days=10)
    assert acting.told(ids) == {}, "nobody is late yet"
    with time_machine.travel(clock.now() + timedelta(days=11)):
        services.close_overdue()
        assert acting.told(ids) == {college.organisation.pk: Standing(asked=1)}
        says(college, "interested", need, offer)
        says(enterprise, "interested", need, offer)
        told = acting.told(ids)
    assert (told[enterprise.organisation.pk].asked, told[enterprise.organisation.pk].answered) == (1, 1)


def test_what_was_signed_and_what_ended_after_both_agreed_count_for_both(
    enterprise, college, need, offer, django_assert_num_queries
) -> None:
    row = step(enterprise, "start_talks", agree(enterprise, college, need, offer))
    sign(enterprise, college, row.pk)
    second = world.publish(college, "major", "机电一体化", "电工", major_code="460301")
    ended = agree(college, enterprise, need, second)
    says(enterprise, "declined", need, second, reason="time")
    assert ended.pk != row.pk
    one, other = enterprise.organisation.pk, college.organisation.pk
    with django_assert_num_queries(3):
        told = acting.told({one, other})
    assert (told[one].partners, told[other].partners) == ({other: (1, 1)}, {one: (1, 1)})
    assert standings.of([one])[one].partners == {other: (1, 1)}, "matching asks this room"
