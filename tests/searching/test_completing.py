"""Completion while typing."""

import pytest

from rongqiao.searching.live import live
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(keep):
    return keep(published)


@pytest.fixture
def region(built, db) -> tuple[world.Party, world.Party]:
    """An enterprise and a college, of whom each has posted something."""
    return built.again()


def published() -> tuple[world.Party, world.Party]:
    enterprise, college = world.enterprise(), world.college()
    world.publish(enterprise, "talent_need", "焊接机器人调试员", occupation_code="6-18-02-04")
    world.publish(college, "major", "智能焊接技术", major_code="460110")
    world.drain()
    return enterprise, college


def proposed(client, typed: str) -> list[dict[str, object]]:
    return client.get("/api/v1/search/complete", {"q": typed}).json()["results"]


@pytest.mark.parametrize("typed", ["焊接机", "hanjiejiq", "hjjqr", "焊接jiqi"])
def test_titles_that_are_posted_come_first(region, visitor, typed) -> None:
    assert proposed(visitor, typed)[0] == {"text": "焊接机器人调试员", "kind": "title", "value": "", "posted": True}


def test_names_carry_the_code_to_filter_by(region, visitor) -> None:
    _, college = region
    (first, *_) = proposed(visitor, "yszyjs")
    assert first == {
        "text": "演示职业技术学院", "kind": "organisation", "value": str(college.organisation.pk), "posted": True,
    }  # fmt: skip
    assert {"text": "焊工", "kind": "occupation", "value": "6-18-02-04", "posted": True} in proposed(visitor, "焊工")


def test_what_nobody_posts_comes_after_what_is_posted(region, visitor) -> None:
    found = proposed(visitor, "zhineng")
    assert [one["posted"] for one in found] == sorted((one["posted"] for one in found), reverse=True)
    assert found[0]["text"] == "智能焊接技术"


def test_a_title_that_is_hidden_is_not_proposed(region, visitor) -> None:
    enterprise, _ = region
    world.publish(enterprise, "tech_need", "激光熔覆裂纹", field="智能制造", secrecy="secret")
    world.drain()
    assert "激光熔覆裂纹" not in {one["text"] for one in proposed(visitor, "激光")}


@pytest.mark.parametrize("typed", ["", " ", "%", "🙂", "a" * 1_000, "焊" * 60, "(*", "\u200b"])
def test_anything_may_be_typed(region, visitor, typed) -> None:
    assert visitor.get("/api/v1/search/complete", {"q": typed}).status_code == 200


def test_it_asks_the_database_nothing_between_two_looks(region, visitor, django_assert_num_queries) -> None:
    live.stand_still(live.names())
    with django_assert_num_queries(0):
        proposed(visitor, "hanjie")
