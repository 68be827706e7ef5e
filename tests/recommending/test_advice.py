"""Advice on a draft: what it names really helps by what it says, and what does not help is not said."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.records import Batch
from matching.taxonomy.majors import majors
from rongqiao.parties.models import Organisation
from rongqiao.postings import kinds
from rongqiao.recommending import advice, source
from rongqiao.recommending.advice_drafts import rescored_fields, value_giving
from rongqiao.recommending.advice_hypotheses import _acceptable
from rongqiao.recommending.advice_trial import COMPARED, Trial
from rongqiao.recommending.drafts import read, records_of
from search.engine import IndexUnreadable
from tests import world

# One of them: whether the kinds without an index have anything to index.
QUERIES = 18
"""Session, person, memberships, owner; contents and postings; regions; experience; tags of the drafts and of each kind,
and how their organisations acted (three each)."""

pytestmark = pytest.mark.django_db

MAJORS = [
    ("机电一体化技术", "460301", "PLC编程、液压与气动、电气控制，设备装调与维护"),
    ("电气自动化技术", "460306", "PLC编程、变频器、电气图识读、自动化产线调试"),
    ("护理", "520201", "基础护理、急救护理"),
]
DRAFT = {"title": "PLC调试工程师", "description": "PLC编程、变频器、电气图识读，自动化产线装调与维护"}


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What experience showed in another test is forgotten."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def built(keep):
    return keep(six_colleges)


@pytest.fixture
def region(built, db) -> world.Party:
    """The enterprise that drafts, among six colleges that teach much the same."""
    return built.again()


def six_colleges() -> world.Party:
    """In the region of the enterprise, all of one county."""
    enterprise = world.enterprise()
    for number in range(6):
        college = world.party(f"演示学院{number}", "college", "500101", f"c{number}@colleges.example")
        for title, code, text in MAJORS:
            years = [{"year": 2025, "graduates": 40 + number}]
            world.publish(
                college, "major", title, f"{text}，第{number}校", major_code=code, years=years, skills=["PLC编程", "电气图识读"],
                occupation_codes=["电工"] if code != "520201" else [], certificates=["电工证"],
            )  # fmt: skip
    world.drain()
    return enterprise


def advised(owner: world.Party, details: dict[str, Any] | None = None, **base: str) -> advice.Advised:
    """Advice on the draft with these details."""
    return advice.advise(
        kind_code="talent_need", base={**DRAFT, **base}, details=details or {}, organisation_id=owner.organisation.pk
    )


def by_field(found: advice.Advised) -> dict[str, advice.Advice]:
    return {each.field: each for each in found.advice}


FILLED: dict[str, Any] = {
    "majors": ["460301"], "skills": ["PLC编程"], "occupation_code": "电工", "degree": "master", "headcount": 3,
    "certificates": ["电工证"],
}  # fmt: skip
FITTING = {**FILLED, "majors": ["460301", "460306"], "degree": "college", "field": "智能制造"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.sets(st.sampled_from(sorted(FILLED))),
    title=st.sampled_from(["PLC调试工程师", "电气工程师", "机电设备维护"]),
    skills=st.sampled_from([["PLC编程"], ["奢侈品鉴定"], ["PLC编程", "奢侈品鉴定"]]),
)
def test_the_gain_named_is_the_gain_one_gets(region, names: set[str], title: str, skills: list[str]) -> None:
    details = {name: skills if name == "skills" else FILLED[name] for name in names}
    organisation = region.organisation.pk
    found = advised(region, details, title=title)
    assert len(found.advice) <= advice.MOST
    draft = read("talent_need", {**DRAFT, "title": title}, details, organisation)
    trial = Trial(draft, records_of([draft])[0])
    before = trial.standing(records_of([draft])[0])
    for each in found.advice:
        filled = read("talent_need", {**DRAFT, "title": title}, {**details, each.field: each.basis["value"]}, organisation)
        assert not filled.unread
        after = trial.standing(records_of([filled])[0], len(before.best) or COMPARED)
        got = {"score": after.mutual - before.mutual, "coverage": after.coverage - before.coverage}
        assert each.gain == round(got[each.kind_of_reason], 4) > 0
        assert each.basis["mutual"] == {"before": before.mutual, "after": after.mutual}
        best = [row["mutual"] for row in each.basis["best_after"]]
        assert round(sum(best) / (len(before.best) or COMPARED), 4) == after.mutual
        relaxed = each.field in details
        assert relaxed == (each.basis["how"] == str(advice.advice_words.RELAXED))
    ranks = [(advice.ORDER.index(each.kind_of_reason), -each.gain) for each in found.advice]
    assert ranks == sorted(ranks)


def test_a_trial_stands_where_the_matcher_puts_it(region) -> None:
    draft = read("talent_need", DRAFT, {}, region.organisation.pk)
    record = records_of([draft])[0]
    trial = Trial(draft, record)
    assert len(trial) == 18
    kept = Batch.of([trial._batches[0][1].record(row) for row in range(18)])

    class Kept:
        def contents(self, probe, kind):
            return kept.contents

        def postings(self, contents, probe, kind):
            return kept

    found = trial.matcher.match(record, "need", Kept(), ["major"], trial.today, top=COMPARED)
    standing = trial.standing(record)
    assert standing.best == tuple((pairing.offer.key, pairing.mutual) for pairing in found)
    assert standing.mutual == round(sum(pairing.mutual for pairing in found) / 10, 4)
    assert standing.coverage == round(sum(pairing.bill()["data_coverage"] for pairing in found) / 10, 4)


def test_what_the_best_candidates_teach_is_shown_and_not_written(region) -> None:
    answer = region.post("match-advice", {"kind": "talent_need", **DRAFT}).json()
    first = answer["advice"][0]
    assert (first["field"], first["label"], first["kind_of_reason"]) == ("majors", "专业要求", "score")
    assert {example["label"] for example in first["examples"]} <= {"机电一体化技术", "电气自动化技术"}
    assert all(example["count"] >= 2 for example in first["examples"])
    assert "还没有填" in first["sentence"]
    assert f"{first['basis']['mutual']['after']:.2f}" in first["sentence"]
    assert 0 < answer["complete"] < 1
    assert answer["note"] == ""


def test_what_does_not_help_is_not_said(region) -> None:
    """The number of places is empty and everybody near has one, but saying it would bring next to nothing."""
    details = {**FITTING}
    details.pop("headcount")
    assert advised(region, details).advice == []


def test_a_complete_draft_gets_no_advice(region) -> None:
    found = advised(region, FITTING)
    assert (found.complete, found.advice) == (1, [])
    assert advised(region).complete < 1


def test_a_degree_that_rules_everybody_out_is_the_first_advice(region) -> None:
    details = {"majors": ["460301", "460306"], "skills": ["PLC编程"], "degree": "doctor"}
    first = advised(region, details).advice[0]
    assert (first.field, first.basis["value"]) == ("degree", "college")
    assert first.basis["mutual"]["before"] == 0
    assert "高职专科" in first.sentence.zh


def test_a_skill_that_nobody_near_has_is_named(enterprise, college) -> None:
    for number in range(3):
        world.publish(college, "expert", f"铸造工艺教师{number}", "压铸件气孔与缩松分析", skills=["压铸", "铸造工艺"])
    world.drain()
    draft = {
        "kind": "tech_need", "title": "压铸件气孔率高", "description": "气孔与缩松分析",
        "details": {"field": "新材料", "skills": ["压铸", "奢侈品鉴定", "古籍修复"]},
    }  # fmt: skip
    found = {each["field"]: each for each in enterprise.post("match-advice", draft).json()["advice"]}["skills"]
    assert found["basis"]["value"] == ["压铸"]
    assert {example["label"] for example in found["examples"]} == {"奢侈品鉴定", "古籍修复"}
    assert all(example["count"] == 0 for example in found["examples"])
    assert "奢侈品鉴定" in found["sentence"]
    assert "压铸" not in found["sentence"]


def test_one_name_on_several_levels_is_said_once() -> None:
    field_type = kinds.of("talent_need").by_name["majors"].type
    held = [(major.code, 3) for major in majors().named("护理")]
    assert len(held) > 1
    assert [each.label.zh for each in _acceptable(field_type, "majors", held)] == ["护理"]
    assert _acceptable(field_type, "majors", held, ["护理"]) == ()


def test_what_could_not_be_read_is_not_called_empty(region) -> None:
    assert "majors" in by_field(advised(region))
    assert "majors" not in by_field(advised(region, {"majors": ["没有这个专业"]}))


def test_a_place_is_advised_only_to_those_whose_owner_has_none(region, other_enterprise) -> None:
    """One that is elsewhere is not told to write the candidates' place."""
    assert "region_code" not in by_field(advised(other_enterprise, FITTING))
    Organisation.objects.filter(pk=region.organisation.pk).update(region_code="")
    found = by_field(advised(region, FITTING))["region_code"]
    assert found.basis["value"] == "500101"
    assert "万州区" in found.sentence.zh


def test_the_sentences_carry_the_same_numbers(region) -> None:
    seen = set()
    for details in ({}, {"degree": "doctor"}, {"skills": ["奢侈品鉴定"]}, {"majors": ["520201"], "degree": "college"}):
        for each in advised(region, details).advice:
            zh, en = (sorted(re.findall(r"\d+(?:\.\d+)?", words)) for words in (each.sentence.zh, each.sentence.en))
            assert zh == en
            assert zh
            seen.add(each.field)
    assert len(seen) >= 3


def test_an_offer_is_advised_from_what_needs_ask(enterprise, college) -> None:
    for number in range(4):
        world.publish(
            enterprise, "talent_need", f"PLC调试工程师{number}", "PLC编程、电气图识读", skills=["PLC编程", "电气图识读"],
            majors=["460301"], occupation_code="电工",
        )  # fmt: skip
    world.drain()
    draft = {"kind": "major", "title": "机电一体化技术", "description": "PLC编程", "details": {"major_code": "460301"}}
    found = college.post("match-advice", draft).json()["advice"]
    assert "occupation_codes" in {each["field"] for each in found}
    assert all("需求" in each["sentence"] for each in found)


def test_it_costs_a_fixed_number_of_queries(region, django_assert_max_num_queries) -> None:
    draft = {"kind": "talent_need", **DRAFT}
    # The contents are read here, and once by a process; the second one asks for the owner's region instead.
    with django_assert_max_num_queries(QUERIES):
        assert region.post("match-advice", draft).json()["advice"]
    Organisation.objects.filter(pk=region.organisation.pk).update(region_code="")
    cache.clear()
    with django_assert_max_num_queries(QUERIES):
        assert region.post("match-advice", {**draft, "details": FITTING}).json()["advice"]


def test_without_the_engine_there_is_a_note(region, monkeypatch) -> None:
    def away():
        raise IndexUnreadable("the index is damaged")

    monkeypatch.setattr(source, "engine", away)
    answer = region.post("match-advice", {"kind": "talent_need", **DRAFT})
    assert (answer.status_code, answer.json()["advice"]) == (200, [])
    assert answer.json()["note"]


def test_it_is_for_those_who_have_signed_in(region, visitor) -> None:
    assert visitor.post("/api/v1/match-advice", {"kind": "talent_need", **DRAFT}, "application/json").status_code in (401, 403)
    assert region.post("match-advice", {"kind": "talent_need"}).status_code == 400
    assert region.post("match-advice", {"kind": "unheard_of", "title": "焊工"}).status_code == 400


def test_which_fields_are_tried_follows_from_the_kind() -> None:
    assert rescored_fields(kinds.of("talent_need")) == {
        "majors", "occupation_code", "skills", "certificates", "degree", "headcount", "region_code"
    }  # fmt: skip
    assert {"slots", "degree"} <= rescored_fields(kinds.of("internship"))
    assert {"major_code", "years"} <= rescored_fields(kinds.of("major"))
    assert rescored_fields(kinds.of("tech_need")) == {"skills", "region_code"}


@pytest.mark.parametrize(
    ("kind", "field", "part", "wanted", "value"),
    [
        ("talent_need", "degree", "level", 3, "bachelor"),
        ("internship", "slots", "capacity", 7, 7),
        ("talent_need", "degree", "level", 9, None),
        ("talent_need", "headcount", "capacity", 10**9, None),
        ("major", "years", "capacity", 40, [{"year": 1990, "intake": 40, "enrolled": 40, "graduates": 40}]),
    ],
)
def test_a_value_that_gives_a_level_or_a_number_of_places(enterprise, kind, field, part, wanted, value) -> None:
    draft = read(kind, {"title": "焊工"}, {}, enterprise.organisation.pk)
    assert value_giving(draft, field, getattr(draft.kind, part), wanted) == value
