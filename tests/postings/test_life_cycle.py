"""The life of a posting, as its table says."""

import itertools

import pytest

from rongqiao.common.errors import Problem
from rongqiao.parties import services as parties
from rongqiao.postings import freshness, life_cycle, services
from rongqiao.postings.models import Posting
from tests import world

pytestmark = pytest.mark.django_db

EVERYBODY = frozenset({life_cycle.OWNER, life_cycle.REVIEWER, life_cycle.SYSTEM})


def test_the_table_names_only_states_that_exist() -> None:
    for step in life_cycle.STEPS.values():
        assert step.sources <= set(life_cycle.STATES)
        assert step.target == "" or step.target in life_cycle.STATES
        assert step.who


def test_open_states_are_those_the_index_holds() -> None:
    assert {"published", "in_talks", "partly_met"} == life_cycle.OPEN


@pytest.mark.parametrize(("state", "code"), list(itertools.product(life_cycle.STATES, life_cycle.STEPS)))
def test_each_step_is_possible_exactly_where_the_table_says(state: str, code: str, enterprise) -> None:
    posting = world.publish(enterprise, "talent_need", "焊工")
    Posting.objects.filter(pk=posting.pk).update(status=state)
    step = life_cycle.STEPS[code]

    def take():
        return services.take_step(
            posting_id=posting.pk, version=posting.version, step_code=code, who=EVERYBODY
        )

    if state in step.sources:
        assert take().status == (step.target or state)
    else:
        with pytest.raises(Problem) as refused:
            take()
        assert refused.value.status == 409
        assert Posting.objects.get(pk=posting.pk).status == state


def test_a_reviewer_s_step_is_not_the_owner_s(enterprise) -> None:
    posting = world.publish(enterprise, "talent_need", "焊工")
    Posting.objects.filter(pk=posting.pk).update(status="in_review")
    with pytest.raises(Problem):
        services.take_step(
            posting_id=posting.pk, version=posting.version, step_code="approve",
            who=frozenset({life_cycle.OWNER}),
        )  # fmt: skip


def test_publishing_sets_the_dates_and_expiry_closes(enterprise) -> None:
    posting = world.publish(enterprise, "talent_need", "焊工")
    assert posting.confirmed_on is not None
    assert (posting.expires_on - posting.confirmed_on).days == 90
    assert freshness.expire_stale() == 0
    Posting.objects.update(expires_on="2020-01-01")
    assert freshness.expire_stale() == 1
    assert Posting.objects.get().status == "expired"


def test_the_second_of_two_editors_learns_of_it(enterprise) -> None:
    posting = world.publish(enterprise, "talent_need", "焊工")
    services.edit(posting_id=posting.pk, version=posting.version, base={"title": "氩弧焊工"}, details=None)
    with pytest.raises(Problem) as refused:
        services.edit(posting_id=posting.pk, version=posting.version, base={"title": "电工"}, details=None)
    assert refused.value.faults[0].code == "conflict"
    assert Posting.objects.get().title == "氩弧焊工"


def test_what_is_required_must_be_there_to_publish(enterprise) -> None:
    draft = services.create_draft(
        organisation=enterprise.organisation, by=None, kind_code="tech_need", base={"title": "难题"}, details={}
    )
    with pytest.raises(Problem) as refused:
        world.step(draft, "publish")
    assert [fault.field for fault in refused.value.faults] == ["details.field"]


def test_a_posting_moves_to_another_unit_of_its_own_school_alone(college, enterprise) -> None:
    add = {"by": college.person, "unit_type": "school", "partners": []}
    first, second = (parties.add_unit(organisation=college.organisation, name=name, **add) for name in ("机电学院", "护理学院"))
    body = {"kind": "major", "title": "护理", "unit": first.pk, "details": {"major_code": "520201"}}
    draft = college.post("postings", body).json()
    path = f"postings/{draft['id']}"
    moved = college.patch(path, {"version": draft["version"], "unit": second.pk}).json()
    assert (moved["unit"], moved["title"]) == (second.pk, "护理")
    same = college.patch(path, {"version": moved["version"], "title": "护理（专升本）"}).json()
    assert same["unit"] == second.pk
    foreign = world.party("演示别家学院", "college", "500101", "office@elsewhere.example")
    theirs = parties.add_unit(organisation=foreign.organisation, name="别家", **add)
    answer = college.patch(path, {"version": same["version"], "unit": theirs.pk})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "unit")
    left = college.patch(path, {"version": same["version"], "unit": None}).json()
    assert left["unit"] is None
