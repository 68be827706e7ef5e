"""From a pairing to talks: who may say what, what follows from it, what can be taken back."""

from datetime import timedelta

import pytest
import time_machine

from rongqiao.audit.models import Entry
from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.introductions import selectors, services, states
from rongqiao.introductions.models import Episode, Introduction, Passage
from rongqiao.parties import services as parties
from tests import world
from tests.introductions.telling import agree, code_of, says, step

pytestmark = pytest.mark.django_db


def test_the_table_is_whole() -> None:
    for each in states.STEPS.values():
        assert each.sources <= set(states.STATES)
        assert not each.target or each.target in states.STATES
        assert each.who <= {states.FIRST, states.ASKED, states.SPEAKER, states.BOTH, states.CLOSER, states.SYSTEM}
    reached = {each.target for each in states.STEPS.values()} | {"recommended"}
    assert set(states.STATES) <= reached, "a state that nothing leads to"
    left = {source for each in states.STEPS.values() for source in each.sources}
    assert set(states.STATES) - left == {"signed"}, "only an agreement is the end"


def test_a_yes_asks_and_the_second_yes_opens(enterprise, college, need, offer) -> None:
    asked = says(enterprise, "interested", need, offer, days=7, places=2)
    assert asked.state == "interested"
    assert asked.due_at is not None
    assert asked.due_at - clock.now() > timedelta(days=6, hours=23)
    assert list(selectors.waiting_for(college.organisation.pk)) == [asked]
    assert list(selectors.waiting_for(enterprise.organisation.pk)) == []
    both = says(college, "interested", need, offer)
    assert (both.pk, both.state, both.due_at, both.is_agreed) == (asked.pk, "confirmed", None, True)
    assert step(enterprise, "start_talks", both).state == "in_talks"
    assert list(Passage.objects.order_by("pk").values_list("step", "source", "target", "side")) == [
        ("recommend", "", "recommended", ""),
        ("show_interest", "recommended", "interested", "need"),
        ("confirm", "interested", "confirmed", "offer"),
        ("start_talks", "confirmed", "in_talks", "need"),
    ]
    assert Episode.objects.get().outcome == "answered"
    assert set(Entry.objects.values_list("action", flat=True)) >= {
        "introduction.show_interest", "introduction.confirm", "introduction.start_talks",
    }  # fmt: skip


def test_the_score_and_its_version_are_kept_from_the_pairing(enterprise, need, offer) -> None:
    world.drain()
    made = says(enterprise, "interested", need, offer)
    assert made.mutual is not None
    assert made.weights_version
    assert Passage.objects.filter(mutual=made.mutual, weights_version=made.weights_version).count() == 2


@pytest.mark.parametrize("said", ["interested", "not_now", "declined"])
def test_the_same_answer_again_changes_nothing(said: str, college, need, offer) -> None:
    words = {"reason": "distance"} if said == "declined" else {}
    first = says(college, said, need, offer, **words)
    rows = Passage.objects.count()
    again = says(college, said, need, offer, **words)
    assert (again.pk, again.state, again.state_since) == (first.pk, first.state, first.state_since)
    assert Passage.objects.count() == rows
    assert Introduction.objects.count() == 1


def test_a_no_needs_a_reason_and_ends_it(enterprise, college, need, offer) -> None:
    says(enterprise, "interested", need, offer)
    for reason, code in (("", "reasons_required"), ("none such", "invalid_choice"), ("no_response", "invalid_choice")):
        with pytest.raises(Problem) as refused:
            says(college, "declined", need, offer, reason=reason)
        assert code_of(refused) == code
    ended = says(college, "declined", need, offer, reason="distance", comment="太远")
    assert (ended.state, ended.reason, ended.closed_by) == ("declined", "distance", "offer")
    assert not any(side.says_yes for side in ended.sides.all())
    with pytest.raises(Problem) as late:
        says(enterprise, "interested", need, offer)
    assert code_of(late) == "wrong_state"
    assert says(college, "interested", need, offer).state == "interested", "who said no may change their mind"


def test_not_now_waits_without_a_deadline_and_the_yes_across_stands(enterprise, college, need, offer) -> None:
    says(enterprise, "interested", need, offer)
    waiting = says(college, "not_now", need, offer)
    assert (waiting.state, waiting.due_at) == ("shelved", None)
    assert says(college, "interested", need, offer).state == "confirmed"


def test_who_asked_may_take_it_back_and_who_is_asked_may_not(enterprise, college, need, offer) -> None:
    asked = says(enterprise, "interested", need, offer)
    with pytest.raises(Problem) as refused:
        step(college, "withdraw", asked)
    assert code_of(refused) == "wrong_state"
    with pytest.raises(Problem) as refused:
        step(enterprise, "confirm", asked)
    assert code_of(refused) == "wrong_state"
    assert step(enterprise, "withdraw", asked).state == "withdrawn"
    assert Episode.objects.get().outcome == "withdrawn"


def test_no_state_is_skipped(enterprise, college, need, offer) -> None:
    asked = says(enterprise, "interested", need, offer)
    for code in ("start_talks", "propose", "sign", "time_out", "close", "lapse", "see", "none-such"):
        with pytest.raises(Problem) as refused:
            step(college, code, asked)
        assert code_of(refused) == "wrong_state"


def test_talks_can_be_broken_off_by_either_with_a_reason(enterprise, college, need, offer) -> None:
    both = agree(enterprise, college, need, offer)
    with pytest.raises(Problem):
        step(enterprise, "decline", both)
    ended = step(enterprise, "decline", both, reason="money")
    assert (ended.state, ended.closed_by, ended.is_agreed) == ("declined", "need", False)


@pytest.mark.parametrize(
    "said, words", [("interested", {}), ("not_now", {}), ("declined", {"reason": "level"})]
)
def test_an_answer_can_be_taken_back_at_once(said: str, words: dict, enterprise, college, need, offer) -> None:
    """Of the side that is asked and of the one that speaks first."""
    first = says(college, said, need, offer, **words)
    undone = services.undo(person=college.person, introduction_id=first.pk)
    assert (undone.state, undone.due_at, undone.closed_by) == ("recommended", None, "")
    assert not Episode.objects.filter(outcome="open").exists()
    asked = says(enterprise, "interested", need, offer)
    if said != "interested":
        says(college, said, need, offer, **words)
        back = services.undo(person=college.person, introduction_id=first.pk)
        assert (back.state, back.due_at, back.side("need").says_yes) == ("interested", asked.due_at, True)
        assert Episode.objects.get(outcome="open").organisation == college.organisation


def test_an_undo_is_for_oneself_soon_and_while_nothing_followed(enterprise, college, need, offer) -> None:
    asked = says(enterprise, "interested", need, offer)
    with pytest.raises(Problem) as refused:
        services.undo(person=college.person, introduction_id=asked.pk)
    assert code_of(refused) == "undo_too_late"
    with time_machine.travel(clock.now() + timedelta(minutes=31)), pytest.raises(Problem):
        services.undo(person=enterprise.person, introduction_id=asked.pk)
    says(college, "interested", need, offer)
    for party in (enterprise, college):
        with pytest.raises(Problem) as refused:
            services.undo(person=party.person, introduction_id=asked.pk)
        assert code_of(refused) == "undo_too_late"


def test_of_two_that_do_not_pair_or_cannot_be_seen_nothing_is_begun(enterprise, other_enterprise, college, need, offer) -> None:
    problem = world.publish(enterprise, "tech_need", "焊缝检测", field="智能装备")
    for person, organisation, pair in (
        (enterprise, enterprise, (offer, need)),
        (enterprise, enterprise, (need, problem)),
        (other_enterprise, other_enterprise, (need, offer)),
        (other_enterprise, enterprise, (need, offer)),
        (enterprise, college, (need, offer)),
    ):
        with pytest.raises(Problem) as refused:
            services.answer(
                person=person.person, organisation_id=organisation.organisation.pk, need_id=pair[0].pk,
                offer_id=pair[1].pk, answer="interested",
            )  # fmt: skip
        assert refused.value.status == 404
    offer.refresh_from_db()
    world.step(offer, "withdraw")
    with pytest.raises(Problem) as refused:
        says(enterprise, "interested", need, offer)
    assert refused.value.status == 404
    assert Introduction.objects.count() == 0


def test_a_yes_to_what_has_closed_meanwhile_is_refused(enterprise, college, need, offer) -> None:
    says(enterprise, "interested", need, offer)
    need.refresh_from_db()
    world.step(need, "withdraw")
    with pytest.raises(Problem) as refused:
        says(college, "interested", need, offer)
    assert code_of(refused) == "posting_closed"


def test_a_suspended_side_is_asked_nothing(enterprise, college, need, offer) -> None:
    says(enterprise, "interested", need, offer)
    parties.set_verification(organisation=enterprise.organisation, by=None, status="suspended", reason="测试")
    with pytest.raises(Problem) as refused:
        says(college, "interested", need, offer)
    assert code_of(refused) == "posting_closed"


def test_met_elsewhere_closes_the_rest(enterprise, college, need, offer) -> None:
    second = world.party("演示第二学院", "college", "500101", "office@second.example")
    other = world.publish(second, "major", "焊接自动化", "焊接", major_code="460110", skills=["焊接"])
    mine = says(enterprise, "interested", need, offer)
    theirs = says(second, "interested", need, other)
    assert services.met_elsewhere(person=enterprise.person, posting_id=need.pk) == 2
    need.refresh_from_db()
    assert need.status == "met"
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state, theirs.reason) == ("withdrawn", "declined", "met_elsewhere")
    with pytest.raises(Problem):
        services.met_elsewhere(person=college.person, posting_id=need.pk)


def test_a_digest_may_say_what_it_recommended(enterprise, college, need, offer) -> None:
    assert services.recommend(pairs=[(need.pk, offer.pk), (offer.pk, need.pk), (need.pk, 999_999)]) == 1
    assert services.recommend(pairs=[(need.pk, offer.pk)]) == 0
    row = Introduction.objects.get()
    assert row.state == "recommended"
    services.see(person=college.person, introduction_id=row.pk)
    row.refresh_from_db()
    assert row.state == "seen"
