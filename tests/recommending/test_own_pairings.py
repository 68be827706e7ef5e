"""Which of ours: one ranked list of all that an organisation posts, by unit, and with one posting across."""

from typing import Any

import pytest

from rongqiao.parties import services as parties
from rongqiao.parties.models import Unit
from rongqiao.postings import services as postings
from rongqiao.postings.models import Posting
from rongqiao.recommending.models import Exposure
from tests import world

pytestmark = pytest.mark.django_db


def unit_of(college: world.Party, name: str) -> Unit:
    return parties.add_unit(organisation=college.organisation, by=college.person, name=name, unit_type="school", partners=[])


def offer_of(college: world.Party, unit: Unit, title: str, **details: Any) -> Posting:
    draft = postings.create_draft(
        organisation=college.organisation, by=college.person, kind_code="major", unit_id=unit.pk,
        base={"title": title, "description": ""}, details=details,
    )  # fmt: skip
    return world.step(draft, "publish")


@pytest.fixture
def river(enterprise: world.Party, college: world.Party) -> dict[str, Any]:
    """Two units with a major each, and a need that fits each of them."""
    machines, nursing = unit_of(college, "机电学院"), unit_of(college, "护理学院")
    found = {
        "machines": machines,
        "nursing": nursing,
        "turning": offer_of(college, machines, "数控技术", major_code="460103", skills=["数控车床"]),
        "care": offer_of(college, nursing, "护理", major_code="520201"),
        "turner": world.publish(enterprise, "talent_need", "数控车工", majors=["460103"], headcount=5, skills=["数控车床"]),
        "nurse": world.publish(enterprise, "talent_need", "护士", majors=["520201"], headcount=2),
    }
    world.drain()
    return found


def test_all_of_ours_in_one_list_best_first_with_which_it_is(river: dict[str, Any], college: world.Party) -> None:
    rows = college.get("pairings").json()["results"]
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    scores = [round(row["mutual"], 2) for row in rows]
    assert scores == sorted(scores, reverse=True)
    pairs = {(row["own"]["title"], row["other"]["title"]) for row in rows}
    assert {("数控技术", "数控车工"), ("护理", "护士")} <= pairs
    assert {row["own"]["unit_name"] for row in rows} == {"机电学院", "护理学院"}
    assert "contact_phone" not in rows[0]["other"]
    assert Exposure.objects.filter(place="ours").count() == len(rows)


def test_of_one_unit_and_with_one_need(river: dict[str, Any], college: world.Party) -> None:
    of_unit = college.get(f"pairings?unit={river['nursing'].pk}").json()["results"]
    assert {row["own"]["title"] for row in of_unit} == {"护理"}
    with_turner = college.get(f"pairings?other={river['turner'].pk}").json()["results"]
    assert [row["own"]["title"] for row in with_turner][:1] == ["数控技术"]
    assert {row["other"]["id"] for row in with_turner} == {river["turner"].pk}


def test_the_other_side_asks_from_its_side(river: dict[str, Any], enterprise: world.Party) -> None:
    rows = enterprise.get(f"pairings?side=need&other={river['turning'].pk}").json()["results"]
    assert rows[0]["own"]["id"] == river["turner"].pk
    assert enterprise.get("pairings").json()["results"] == []


def test_another_s_organisation_looks_missing(
    river: dict[str, Any], college: world.Party, enterprise: world.Party, other_enterprise: world.Party
) -> None:
    own = college.organisation.pk
    assert college.get(f"pairings?organisation={own}").json()["count"] > 0
    assert enterprise.get(f"pairings?organisation={own}").status_code == 404
    assert other_enterprise.get(f"pairings?side=need&unit={river['nursing'].pk}").json()["count"] == 0


def test_with_what_nobody_may_see_any_more_there_is_nothing(
    river: dict[str, Any], college: world.Party, enterprise: world.Party
) -> None:
    world.step(Posting.objects.get(pk=river["turner"].pk), "withdraw")
    # The worker has not heard of it yet.
    assert college.get(f"pairings?other={river['turner'].pk}").status_code == 404
    assert "数控车工" not in {row["other"]["title"] for row in college.get("pairings").json()["results"]}


def test_it_costs_a_fixed_number_of_queries(
    river: dict[str, Any], college: world.Party, enterprise: world.Party, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        world.publish(enterprise, "talent_need", f"数控车工{number}班", majors=["460103"], headcount=5)
    world.drain()
    before = college.get("pairings?page_size=50").json()["count"]
    assert before >= 8
    with django_assert_max_num_queries(12):
        college.get("pairings?page_size=50")


@pytest.mark.parametrize("query", ["side=both", "unit=x", "kind=none", "band=best", "nearest=1"])
def test_what_is_not_understood_is_refused(query: str, college: world.Party) -> None:
    assert college.get(f"pairings?{query}").status_code == 400
