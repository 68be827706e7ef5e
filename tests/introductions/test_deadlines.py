"""What the platform does by itself: one reminder, closing in time, what follows when postings close or are full."""

from datetime import timedelta

import pytest
import time_machine

from rongqiao.common import clock
from rongqiao.indexing.models import Indexed
from rongqiao.introductions import reputation, services
from rongqiao.introductions.models import Episode, Introduction, Passage
from rongqiao.mailing.models import Letter
from rongqiao.parties.models import Organisation
from tests import world
from tests.introductions.telling import agree, says, step

pytestmark = pytest.mark.django_db


def letters(kind: str) -> list[str]:
    """To whom letters of a kind went, in their order."""
    return list(Letter.objects.filter(kind=f"introduction_{kind}").order_by("pk").values_list("to", flat=True))


def test_one_reminder_in_an_episode_and_then_it_closes(enterprise, college, need, offer) -> None:
    row = says(enterprise, "interested", need, offer, days=10)
    now = clock.now()
    assert services.remind_due() == services.close_overdue() == 0
    with time_machine.travel(now + timedelta(days=7, hours=1)):
        assert services.remind_due() == 1
        assert services.remind_due() == 0
        assert services.close_overdue() == 0
    with time_machine.travel(now + timedelta(days=10, hours=1)):
        assert services.remind_due() == 0
        assert services.close_overdue() == 1
        assert services.close_overdue() == 0
        world.drain()
    row.refresh_from_db()
    assert (row.state, row.reason, row.due_at) == ("timed_out", "no_response", None)
    assert Episode.objects.get().outcome == "expired"
    assert letters("reminder") == [college.person.email]
    assert sorted(letters("timed_out")) == sorted([enterprise.person.email, college.person.email])
    assert says(college, "interested", need, offer).state == "interested", "who was late may ask in turn"


def test_a_short_term_is_not_reminded_of_before_its_half(enterprise, need, offer) -> None:
    says(enterprise, "interested", need, offer, days=2)
    assert services.remind_due() == 0
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert services.remind_due() == 1


def test_each_step_is_told_once_and_one_that_was_taken_back_is_not(enterprise, college, need, offer) -> None:
    row = says(enterprise, "interested", need, offer)
    services.undo(person=enterprise.person, introduction_id=row.pk)
    world.drain()
    assert letters("asked") == []
    says(enterprise, "interested", need, offer)
    world.drain()
    services.follow_moves(list(Passage.objects.values_list("pk", flat=True)))
    assert letters("asked") == [college.person.email]
    says(college, "declined", need, offer, reason="no_advantage", comment="设备太旧")
    world.drain()
    assert letters("declined") == [enterprise.person.email]
    words = Letter.objects.get(kind="introduction_declined").text
    assert "对方这次有别的考虑" in words
    assert "优势不明" not in words
    assert "设备太旧" not in words


def test_a_no_to_what_nobody_asked_for_is_no_news(enterprise, college, need, offer) -> None:
    says(college, "declined", need, offer, reason="distance")
    world.drain()
    assert not Letter.objects.filter(kind__startswith="introduction").exists()


def test_what_is_pending_goes_with_its_posting(enterprise, college, need, offer) -> None:
    row = says(enterprise, "interested", need, offer)
    offer.refresh_from_db()
    world.step(offer, "withdraw")
    world.drain()
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert Episode.objects.get().outcome == "withdrawn", "nobody is to blame"


def test_the_last_place_closes_what_is_pending_and_talks_go_on(enterprise, college, need, offer) -> None:
    second = world.party("演示第二学院", "college", "500101", "office@second.example")
    other = world.publish(second, "major", "焊接自动化", "焊接", major_code="460110", skills=["焊接"])
    waiting = says(enterprise, "interested", need, other)
    both = agree(enterprise, college, need, offer, places=3)
    world.drain()
    waiting.refresh_from_db()
    both.refresh_from_db()
    need.refresh_from_db()
    assert (waiting.state, waiting.reason, both.state) == ("declined", "full", "confirmed")
    assert (need.status, need.places_left) == ("in_talks", 0)
    assert letters("declined") == [enterprise.person.email, second.person.email]


def asked_in_vain(number: int, college: world.Party) -> None:
    """The college is asked by yet another firm and lets it wait."""
    firm = world.party(f"演示{number}厂", "enterprise", "500101", f"f{number}@x.example")
    need = world.publish(firm, "talent_need", "焊工", headcount=1, skills=["焊接"])
    offer = world.publish(college, "major", f"焊接{number}", major_code="460110", skills=["焊接"])
    says(firm, "interested", need, offer)
    with time_machine.travel(clock.now() + timedelta(days=11)):
        services.close_overdue()
        world.drain()


def test_three_in_vain_rest_the_recommendations_and_an_answer_brings_them_back(college) -> None:
    def resting() -> tuple[bool, bool]:
        rows = Indexed.objects.filter(organisation_id=college.organisation.pk)
        return (
            Organisation.objects.get(pk=college.organisation.pk).resting_since is not None,
            not any(rows.values_list("recommendable", flat=True)),
        )

    for number in range(2):
        asked_in_vain(number, college)
    assert resting() == (False, False)
    asked_in_vain(2, college)
    assert resting() == (True, True)
    told = college.get(f"organisations/{college.organisation.pk}/responses").json()
    assert told == {"asked": 3, "answered": 0, "expired": 3, "rate": 0.2857, "median_hours": None, "paused": True}
    firm = world.party("演示又一厂", "enterprise", "500101", "again@x.example")
    need = world.publish(firm, "talent_need", "焊工", headcount=1, skills=["焊接"])
    offer = world.publish(college, "major", "焊接", major_code="460110", skills=["焊接"])
    with time_machine.travel(clock.now() + timedelta(days=12)):
        says(firm, "interested", need, offer)
        says(college, "not_now", need, offer)
        world.drain()
    assert resting() == (False, False)


@pytest.mark.parametrize(
    "answered, asked, rate", [(0, 0, 0.5), (1, 1, 0.6), (0, 1, 0.4), (10, 10, 0.8571), (0, 3, 0.2857), (98, 100, 0.9615)]
)
def test_the_rate_does_not_judge_on_few_cases(answered: int, asked: int, rate: float) -> None:
    assert reputation.rate(answered, asked) == rate


def test_the_median_hours_need_three_answers(enterprise, college) -> None:
    start = clock.now()
    for number, hours in enumerate((2, 30, 5)):
        need = world.publish(enterprise, "talent_need", f"焊工{number}", headcount=1, skills=["焊接"])
        offer = world.publish(college, "major", f"焊接{number}", major_code="460110", skills=["焊接"])
        with time_machine.travel(start, tick=False):
            says(enterprise, "interested", need, offer)
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            says(college, "not_now", need, offer)
    with time_machine.travel(start + timedelta(hours=40), tick=False):
        found = reputation.reputation_of(college.organisation.pk)
    assert (found.asked, found.answered, found.median_hours) == (3, 3, 5.0)
    assert reputation.reputation_of(enterprise.organisation.pk).rate == 0.5
    assert Introduction.objects.count() == 3


def test_talks_do_not_time_out(enterprise, college, need, offer) -> None:
    row = agree(enterprise, college, need, offer)
    step(college, "start_talks", row)
    with time_machine.travel(clock.now() + timedelta(days=400)):
        assert services.close_overdue() == 0
