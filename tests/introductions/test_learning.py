"""Answers teach the lists without touching a score, and are kept as rows to learn from."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from rongqiao.introductions import selectors, services
from rongqiao.recommending import bills, lessons
from rongqiao.recommending.models import Pairing
from rongqiao.recommending.selectors import of_owner, of_posting
from tests import world
from tests.introductions.telling import agree, says

pytestmark = pytest.mark.django_db


def college_in(region: str, number: int) -> world.Party:
    return world.party(f"演示{number}学院", "college", region, f"o{number}@c.example")


def welding(college: world.Party, title: str = "焊接技术"):
    return world.publish(college, "major", title, "焊接", major_code="460110", skills=["焊接"])


def test_a_declined_pair_is_not_recommended_again(enterprise, college, need, offer) -> None:
    world.drain()
    assert list(of_posting(need).values_list("offer_id", flat=True)) == [offer.pk]
    row = says(college, "declined", need, offer, reason="time")
    for posting in (need, offer):
        assert not of_posting(posting).exists()
    assert not of_owner(enterprise.person, "need", enterprise.organisation.pk).exists()
    assert not of_owner(college.person, "offer", college.organisation.pk).exists()
    services.undo(person=college.person, introduction_id=row.pk)
    assert of_posting(need).exists()


def test_what_is_declined_again_and_again_comes_later_and_says_why(enterprise, need) -> None:
    near, far = college_in("500101", 1), college_in("510104", 2)
    offers = {"near": welding(near), "far": welding(far), "far too": welding(far, "焊接自动化")}
    world.drain()
    scores = dict(of_posting(need).values_list("offer_id", "mutual"))
    says(enterprise, "declined", need, offers["far too"], reason="distance")
    known = lessons.of(need)
    assert known.left_out == {(need.pk, offers["far too"].pk)}
    (lowering,) = known.lowerings
    assert (dict(lowering.where), lowering.by) == ({"region_code__startswith": "5101"}, 0.02)
    rows = {row["offer"]: row for row in enterprise.get(f"postings/{need.pk}/pairings").json()["results"]}
    assert set(rows) == {offers["near"].pk, offers["far"].pk}
    assert rows[offers["near"].pk]["lowered_because"] == []
    assert rows[offers["far"].pk]["lowered_because"] == ["本单位近半年因“距离过远”谢绝过类似的 1 次，排后 0.02 分"]
    assert rows[offers["far"].pk]["mutual"] == scores[offers["far"].pk], "the score is what its bill says"
    assert all(bills.recomputes(pairing) for pairing in Pairing.objects.select_related("run"))


def test_a_lesson_changes_the_order_by_what_it_says(enterprise, need) -> None:
    first, second = college_in("500101", 1), college_in("500101", 2)
    offers = [welding(first), welding(second)]
    world.drain()
    assert list(of_posting(need).values_list("offer_id", flat=True)) == [offer.pk for offer in offers]
    others = [welding(first, f"焊接{number}") for number in range(5)]
    for posting in others:
        says(enterprise, "declined", need, posting, reason="no_advantage")
    assert list(of_posting(need).values_list("offer_id", flat=True)) == [offers[1].pk, offers[0].pk]
    assert lessons.of(need).lowerings[0].by == 0.06, "at most three times"


def test_others_do_not_learn_from_it(enterprise, other_enterprise, need) -> None:
    far = college_in("510104", 2)
    says(enterprise, "declined", need, welding(far), reason="distance")
    theirs = world.publish(other_enterprise, "talent_need", "焊工", headcount=1, skills=["焊接"])
    assert lessons.of(theirs) == lessons.Lessons()


def test_every_answer_is_a_row_to_learn_from(enterprise, college, need, offer) -> None:
    other = welding(college, "焊接自动化")
    world.drain()
    listed = enterprise.get(f"postings/{need.pk}/pairings").json()["results"]
    pairing = Pairing.objects.get(need=need, offer=offer)
    enterprise.get(f"pairings/{pairing.pk}")
    agree(enterprise, college, need, offer)
    said = StringIO()
    call_command("introductions", "training", stdout=said)
    rows = {row["offer"]: row for row in map(json.loads, said.getvalue().splitlines())}
    row = rows[offer.pk]
    assert (row["shown"], row["opened"], row["need_answer"], row["offer_answer"]) == (1, True, "show_interest", "confirm")
    rank = next(each["rank"] for each in listed if each["offer"] == offer.pk)
    assert (row["best_rank"], row["mutual"], row["state"]) == (rank, pairing.mutual, "confirmed")
    assert (rows[other.pk]["shown"], rows[other.pk]["opened"], rows[other.pk]["state"]) == (1, False, "")


def test_each_figure_of_the_funnel_drills_to_its_rows(enterprise, college, need, offer) -> None:
    agree(enterprise, college, need, offer)
    other = says(college, "interested", need, welding(college, "焊接自动化"))
    services.undo(person=college.person, introduction_id=other.pk)
    counts = selectors.funnel()
    assert {code: count for code, count in counts.items() if count} == {"recommended": 2, "interested": 1, "confirmed": 1}
    for code, count in counts.items():
        assert selectors.funnel_rows(code).values("introduction").distinct().count() == count
    said = StringIO()
    call_command("introductions", "funnel", stdout=said)
    assert "双向确认\t1" in said.getvalue()
