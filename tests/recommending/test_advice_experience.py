"""What others' postings show: said only when both groups are large enough and the difference is no chance."""

import re

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from rongqiao.postings import kinds
from rongqiao.recommending import advice, advice_experience, advice_words
from rongqiao.recommending.advice_experience import (
    OUTCOMES,
    Group,
    Seen,
    comparisons,
    interval,
    of_kind,
    says,
)
from rongqiao.recommending.models import Pairing
from tests import world

pytestmark = pytest.mark.django_db

TALENT, TECH = "talent_need", "tech_need"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What experience showed in another test is forgotten."""
    cache.clear()
    yield
    cache.clear()


def seen(count: int, reached: int, **details: object) -> list[Seen]:
    """Postings that say these details, so many of which reached talks."""
    return [
        Seen(details, "", dict.fromkeys(OUTCOMES) | {"reached": float(number < reached)}) for number in range(count)
    ]


def fields(rows: list[Seen], kind: str = TALENT) -> set[str]:
    return {each.field for each in comparisons(kinds.of(kind), rows)}


def test_a_clear_difference_is_told() -> None:
    rows = seen(40, 30, benefits="五险一金") + seen(60, 10)
    [found] = comparisons(kinds.of(TALENT), rows)
    assert (found.field, found.outcome, found.having.count, found.lacking.count) == ("benefits", "reached", 40, 60)
    assert found.difference == round(30 / 40 - 10 / 60, 4)
    assert 0 < found.low < found.difference < found.high


@pytest.mark.parametrize(("having", "lacking", "told"), [(10, 10, True), (9, 60, False), (60, 9, False)])
def test_fewer_than_ten_say_nothing(having: int, lacking: int, told: bool) -> None:
    rows = seen(having, having, benefits="五险一金") + seen(lacking, 0)
    assert ("benefits" in fields(rows)) is told


def test_what_may_be_chance_or_is_worse_is_not_told() -> None:
    assert fields(seen(20, 10, benefits="食宿") + seen(20, 7)) == set()
    assert fields(seen(40, 10, benefits="食宿") + seen(60, 45)) == set()


def test_fields_that_are_scored_required_or_private_are_not_compared() -> None:
    assert fields(seen(40, 40, majors=["460301"], degree="college", headcount=3) + seen(60, 0)) == set()
    assert fields(seen(40, 40, field="新材料") + seen(60, 0), TECH) == set()
    assert fields(seen(40, 40, conflicts=["某公司"]) + seen(60, 0), "expert") == set()


@given(
    first=st.lists(st.floats(0, 1), min_size=10, max_size=40), second=st.lists(st.floats(0, 1), min_size=10, max_size=40)
)
def test_the_interval_can_be_recomputed_from_the_basis(first: list[float], second: list[float]) -> None:
    rows = [Seen({"benefits": "有"}, "", dict.fromkeys(OUTCOMES) | {"reached": 0.0, "mutual": value}) for value in first]
    rows += [Seen({}, "", dict.fromkeys(OUTCOMES) | {"reached": 0.0, "mutual": value}) for value in second]
    for each in comparisons(kinds.of(TALENT), rows):
        basis = each.as_basis()
        having, lacking = Group(**basis["with"]), Group(**basis["without"])
        assert [*interval(having, lacking, share=basis["outcome"] != "mutual")] == basis["interval"]
        assert basis["interval"][0] > 0
        assert (having.count, lacking.count) == (len(first), len(second))


@pytest.mark.parametrize(
    ("details", "description", "told"),
    [
        ({"targets": [{"metric": "直线度", "goal": "≤0.010"}]}, "", True),
        ({"targets": [{"metric": "直线度", "now": "0.018", "goal": "更好"}]}, "", False),
        ({"targets": [{"metric": "直线度"}]}, "要求≤8", True),
        ({}, "出水氨氮35mg/L", False),
        ({}, "合格率从 92% 提到 98%", True),
        ({}, "误差0.02mm以内", True),
        ({}, "用S7-1200，2026年完成，来3人", False),
        ({}, "型号XK-20t的机床", False),
        ({}, "", False),
    ],
)
def test_targets_are_said_by_a_number(details: dict[str, object], description: str, told: bool) -> None:
    assert says(kinds.of(TECH), "targets", details, description) is told


def test_it_is_read_from_the_postings_in_one_query_and_kept(enterprise, django_assert_num_queries) -> None:
    for number in range(24):
        benefits = {"benefits": "包食宿"} if number % 2 else {}
        posting = world.publish(enterprise, TALENT, f"焊工{number}", **benefits)
        if benefits:
            world.step(posting, "start_talks")
    kind = kinds.of(TALENT)
    with django_assert_num_queries(1):
        [found] = of_kind(kind)
    assert (found.field, found.having, found.lacking.mean) == ("benefits", Group(12, 1.0, 0.0), 0.0)
    with django_assert_num_queries(0):
        assert of_kind(kind) == (found,)
    draft = {"kind": TALENT, "title": "焊工", "details": {}}
    [said] = enterprise.post("match-advice", draft).json()["advice"]
    assert (said["field"], said["kind_of_reason"], said["gain"]) == ("benefits", "experience", 1.0)
    assert "100%" in said["sentence"]
    assert said["basis"]["with"]["count"] == 12
    assert enterprise.post("match-advice", draft | {"details": {"benefits": "五险一金"}}).json()["advice"] == []


def test_pairings_are_read_from_the_posting_s_own_side(enterprise, college) -> None:
    for number in range(10):
        world.publish(enterprise, TALENT, f"焊工{number}", "焊接")
    world.publish(college, "major", "智能焊接技术", "焊接", major_code="460110")
    world.drain()
    best = {row.need_id: row.mutual for row in Pairing.objects.all()}
    assert len(best) == 10
    assert {each.outcomes["mutual"] for each in advice_experience._seen(kinds.of(TALENT))} == set(best.values())
    [offer] = advice_experience._seen(kinds.of("major"))
    assert offer.outcomes["mutual"] == max(best.values())


def test_without_the_cache_it_is_read_each_time(enterprise, monkeypatch) -> None:
    def away(*args: object) -> None:
        raise ConnectionError("the cache is away")

    monkeypatch.setattr(type(cache._connections["default"]) if hasattr(cache, "_connections") else type(cache), "get", away)
    assert of_kind(kinds.of(TALENT)) == ()


def test_the_sentences_carry_the_same_numbers() -> None:
    kind = kinds.of(TECH)
    for outcome in OUTCOMES:
        found = advice_experience.Comparison("targets", outcome, Group(40, 0.75, 0.1), Group(60, 0.1667, 0.1), 0.3, 0.8)
        said = advice_words.of_experience(kind, found)
        zh, en = (sorted(re.findall(r"\d+(?:\.\d+)?", words)) for words in (said.zh, said.en))
        assert zh == en
        assert {"40", "60"} <= set(zh)
        assert "考核指标的数字" in said.zh


def test_three_at_most_and_what_was_computed_for_the_draft_first(enterprise, monkeypatch) -> None:
    rows = seen(40, 40, benefits="有", start="2026-09-01", urgency="short", employ_type="campus") + seen(60, 0)
    monkeypatch.setattr(advice_experience, "_seen", lambda kind: rows)
    found = advice.advise(kind_code=TALENT, base={"title": "焊工"}, details={}, organisation_id=enterprise.organisation.pk)
    assert [each.kind_of_reason for each in found.advice] == ["experience"] * 3
