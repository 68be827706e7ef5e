"""Searches that somebody keeps: what is new since they looked."""

from datetime import timedelta

import pytest

from rongqiao.common import clock
from rongqiao.searching import answering, saved, services
from rongqiao.searching.live import live
from rongqiao.searching.models import SavedSearch
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(enterprise, college):
    world.publish(enterprise, "talent_need", "焊工")
    world.drain()


def keep(party, name="焊工们", q="焊工", **filters):
    return party.post("saved-searches", {"name": name, "q": q, "filters": filters})


def test_what_is_there_counts_as_seen_and_what_comes_later_is_new(region, enterprise, college) -> None:
    kept = keep(college).json()
    assert (kept["new"], kept["q"]) == (0, "焊工")
    world.publish(enterprise, "talent_need", "电焊工学徒")
    world.publish(enterprise, "talent_need", "会计")
    world.drain()
    told = college.get(f"saved-searches/{kept['id']}").json()
    assert ([row["title"] for row in told["results"]], told["count"], told["search"]["new"]) == (["电焊工学徒"], 1, 1)
    assert college.get("saved-searches").json()["results"][0]["new"] == 1
    assert college.post(f"saved-searches/{kept['id']}/seen").json()["new"] == 0
    assert college.get(f"saved-searches/{kept['id']}").json()["results"] == []


def test_filters_are_kept_and_hold(region, enterprise, college) -> None:
    kept = keep(college, q="", kind="talent_need", region="500000", near="30.8,108.4", km="20", level="1").json()
    assert kept["filters"] == {
        "kind": "talent_need", "region": "500000", "level": "1", "lat": "30.8", "lng": "108.4", "km": "20",
    }  # fmt: skip
    world.publish(enterprise, "talent_need", "钳工", degree="secondary")
    world.publish(enterprise, "talent_need", "设计师", degree="bachelor")
    world.drain()
    assert [row["title"] for row in college.get(f"saved-searches/{kept['id']}").json()["results"]] == ["钳工"]


def test_renamed_and_deleted_by_its_owner_alone(region, enterprise, college) -> None:
    kept = keep(college).json()["id"]
    assert college.patch(f"saved-searches/{kept}", {"name": "别名"}).json()["name"] == "别名"
    for answer in (
        enterprise.get(f"saved-searches/{kept}"),
        enterprise.patch(f"saved-searches/{kept}", {"name": "我的"}),
        enterprise.post(f"saved-searches/{kept}/seen"),
        enterprise.client.delete(f"/api/v1/saved-searches/{kept}"),
    ):
        assert answer.status_code == 404
    assert enterprise.get("saved-searches").json()["results"] == []
    assert college.client.delete(f"/api/v1/saved-searches/{kept}").status_code == 204
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"name": "x"}, "q", "empty_search"), ({"name": "", "q": "焊"}, "name", "blank"),
        ({"name": "x", "filters": {"regoin": "5"}}, "filters.regoin", "unknown_filter"),
        ({"name": "x", "filters": {"kind": "none"}}, "kind", "invalid_choice"),
        ({"name": "x", "q": "焊", "page": 1}, "page", "unknown_field"), ({"name": "x" * 61, "q": "焊"}, "name", "max_length"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(region, college, body, field, code) -> None:
    told = college.post("saved-searches", body)
    assert (told.status_code, told.json()["errors"][0]["field"], told.json()["errors"][0]["code"]) == (400, field, code)


def test_a_name_is_used_once_and_so_many_are_kept(region, college, monkeypatch) -> None:
    keep(college)
    assert keep(college).json()["errors"][0]["code"] == "name_taken"
    monkeypatch.setattr(services, "MOST_SAVED", 1)
    assert keep(college, name="又一个").json()["errors"][0]["code"] == "too_many"


def test_a_letter_asks_what_is_new_since_the_last_letter(region, enterprise, college) -> None:
    kept = SavedSearch.objects.get(pk=keep(college).json()["id"])
    world.publish(enterprise, "talent_need", "焊工组长")
    world.drain()
    earlier = clock.now() - timedelta(days=1)
    (since_seen,) = saved.news([kept])
    (since_letter,) = saved.news([kept], {kept.pk: earlier})
    assert (since_seen.count, since_letter.count) == (1, 2)
    services.mark_told(search_ids=[kept.pk], at=clock.now())
    kept.refresh_from_db()
    assert saved.new_of(kept, kept.told_at).count == 0


def test_without_the_engine_what_is_new_comes_from_the_database_and_says_so(region, enterprise, college, monkeypatch) -> None:
    kept = keep(college).json()["id"]
    world.publish(enterprise, "talent_need", "焊工组长")

    def away():
        raise OSError("gone")

    monkeypatch.setattr(answering, "engine", away)
    told = college.get(f"saved-searches/{kept}").json()
    assert ([row["title"] for row in told["results"]], told["search"]["note_code"]) == (["焊工组长"], "search_away")


def test_the_list_costs_a_fixed_number_of_queries(region, college, django_assert_num_queries) -> None:
    keep(college)
    live.stand_still(live.names())
    with django_assert_num_queries(5):
        college.get("saved-searches")
    for number in range(5):
        keep(college, name=f"第{number}个")
    with django_assert_num_queries(5):
        college.get("saved-searches")


def test_it_is_part_of_what_a_person_can_take_along(region, college) -> None:
    keep(college)
    assert college.get("me/export").json()["saved_searches"][0]["name"] == "焊工们"
