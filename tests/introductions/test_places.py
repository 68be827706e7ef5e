"""Places: held from the second yes on, freed when talks break off, and never one too many."""

import threading
from typing import Any

import pytest
from django.db import connections

from rongqiao.common.errors import Problem
from rongqiao.indexing.models import Indexed
from rongqiao.introductions.models import Introduction
from rongqiao.postings.models import Posting
from tests import world
from tests.introductions.telling import agree, code_of, says, step

PARALLEL = 50


@pytest.mark.django_db
def test_places_are_held_while_both_talk_and_freed_afterwards(enterprise, college, need, offer) -> None:
    both = agree(enterprise, college, need, offer, places=2)
    world.drain()
    need.refresh_from_db()
    offer.refresh_from_db()
    assert (need.taken, need.places_left, need.status) == (2, 1, "in_talks")
    assert (offer.taken, offer.places_left) == (2, 38)
    assert Indexed.objects.get(posting_id=need.pk).capacity == 1
    step(college, "decline", both, reason="time")
    world.drain()
    need.refresh_from_db()
    assert (need.taken, need.places_left, need.status) == (0, 3, "published")
    assert Indexed.objects.get(posting_id=need.pk).capacity == 3


@pytest.mark.django_db
def test_more_than_there_are_cannot_be_had(enterprise, college, need, offer) -> None:
    with pytest.raises(Problem) as refused:
        says(college, "interested", need, offer, places=4)
    assert code_of(refused) == "full"
    assert not Introduction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_accept_at_once_as_many_get_a_place_as_there_are(enterprise) -> None:
    need = world.publish(enterprise, "talent_need", "焊工", "会焊接", headcount=3, skills=["焊接"])
    rivals = [world.party(f"演示{n}学院", "college", "500101", f"o{n}@c.example") for n in range(PARALLEL)]
    offers = [world.publish(each, "major", "焊接技术", "焊接", major_code="460110", skills=["焊接"]) for each in rivals]
    for offer in offers:
        says(enterprise, "interested", need, offer)
    outcomes = at_once(rivals, need, offers)
    assert sorted(outcomes) == ["confirmed"] * 3 + ["full"] * (PARALLEL - 3)
    need = Posting.objects.get(pk=need.pk)
    assert (need.taken, need.places_left) == (3, 0)
    assert Introduction.objects.filter(state="confirmed").count() == 3


def at_once(rivals: list[world.Party], need: Posting, offers: list[Posting]) -> list[str]:
    """What became of each yes, all said at the same moment in threads of their own."""
    barrier = threading.Barrier(len(rivals))
    outcomes: list[str] = [""] * len(rivals)

    def run(number: int) -> None:
        try:
            barrier.wait()
            outcomes[number] = says(rivals[number], "interested", need, offers[number]).state
        except Problem as problem:
            outcomes[number] = problem.faults[0].code
        except Exception as error:
            outcomes[number] = repr(error)
        finally:
            connections.close_all()

    threads: list[Any] = [threading.Thread(target=run, args=(number,)) for number in range(len(rivals))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
