"""The index follows the database: what is open is in it, nothing else, whatever happened in between."""

import pytest

from rongqiao.indexing import reconciling, services
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Content, Indexed, StatisticsSnapshot
from rongqiao.indexing.schemas import contents_of, postings_of
from rongqiao.outbox.models import Event
from rongqiao.parties import services as parties
from rongqiao.postings import services as postings
from search.engine import SearchError
from tests import world

pytestmark = pytest.mark.django_db
on_both = pytest.mark.usefixtures("search_engine")


def held(kind: str) -> set[int]:
    return {entry.key for entry in engine().entries(postings_of(kind))}


def nothing_differs() -> bool:
    return not any(reconciling.check(lambda done, total: None).counts().values())


@on_both
def test_published_is_in_withdrawn_is_out(enterprise) -> None:
    need = world.publish(enterprise, "talent_need", "焊工")
    world.drain()
    assert held("talent_need") == {need.pk} == set(Indexed.objects.values_list("pk", flat=True))
    gone = world.step(need, "withdraw")
    world.drain()
    assert held("talent_need") == set()
    assert not Indexed.objects.exists()
    world.step(gone, "reopen")
    world.drain()
    assert held("talent_need") == {need.pk}
    assert nothing_differs()


def test_drafts_and_reviews_never_reach_it(enterprise) -> None:
    draft = postings.create_draft(
        organisation=enterprise.organisation, by=None, kind_code="talent_need", base={"title": "焊工"}, details={}
    )
    services.follow_postings([draft.pk])
    world.step(draft, "submit")
    world.drain()
    assert held("talent_need") == set()


@on_both
def test_equal_texts_are_stored_once_and_edits_make_a_new_content(college, enterprise) -> None:
    first = world.publish(college, "major", "机电一体化技术", major_code="460301")
    other = world.party("演示第二学院", "college", "511702", "o@second.example")
    world.publish(other, "major", "机电一体化技术", major_code="460301")
    world.drain()
    assert Content.objects.count() == 1
    assert engine().count(contents_of("major")) == 1
    assert engine().count(postings_of("major")) == 2
    postings.edit(posting_id=first.pk, version=first.version, base={"description": "含工业机器人方向"}, details=None)
    world.drain()
    assert Content.objects.count() == 2
    assert nothing_differs()


def test_doing_it_again_changes_nothing(enterprise) -> None:
    need = world.publish(enterprise, "talent_need", "焊工")
    world.drain()
    before = list(Indexed.objects.values())
    for _ in range(3):
        services.follow_postings([need.pk])
    assert list(Indexed.objects.values()) == before
    assert nothing_differs()


def test_a_row_erased_from_the_database_leaves_the_index(enterprise) -> None:
    need = world.publish(enterprise, "talent_need", "焊工")
    world.drain()
    pk = need.pk
    need.delete()
    services.follow_postings([pk])
    assert held("talent_need") == set()


def test_a_switched_off_organisation_stays_found_but_is_not_recommendable(enterprise) -> None:
    world.publish(enterprise, "talent_need", "焊工")
    world.drain()
    parties.switch_recommendations(organisation=enterprise.organisation, by=enterprise.person, on=False)
    world.drain()
    assert Indexed.objects.get().recommendable is False
    assert enterprise.get("search?q=焊工").json()["count"] == 1


def test_an_engine_that_fails_keeps_the_event(enterprise, monkeypatch) -> None:
    world.publish(enterprise, "talent_need", "焊工")

    def fail(*args, **kwargs):
        raise SearchError("disk full")

    monkeypatch.setattr(services, "write", fail)
    world.drain()
    event = Event.objects.get(consumer="index")
    assert (event.attempts, event.set_aside_at) == (0, None)
    assert "disk full" in event.error
    monkeypatch.undo()
    Event.objects.update(not_before=None)
    world.drain()
    assert nothing_differs()


def test_statistics_are_taken_as_contents_grow(college) -> None:
    for number in range(21):
        world.publish(college, "expert", f"智能焊接方向专家第{number}号", skills=["焊接工艺"])
    world.drain()
    assert StatisticsSnapshot.objects.count() >= 1


def test_following_a_hundred_costs_a_fixed_number_of_queries(college, django_assert_max_num_queries) -> None:
    made = [world.publish(college, "major", "护理", major_code="520201").pk for _ in range(60)]
    with django_assert_max_num_queries(25):
        services.follow_postings(made)


def test_a_suspended_organisation_s_postings_are_not_found(enterprise, visitor) -> None:
    world.publish(enterprise, "talent_need", "焊工")
    world.drain()
    parties.set_verification(organisation=enterprise.organisation, by=None, status="suspended", reason="测试")
    world.drain()
    assert held("talent_need") == set()
    assert visitor.get("/api/v1/search?q=焊工").json()["count"] == 0
    assert nothing_differs()
