"""Each field is checked; each fault names its field; nothing wrong is kept."""

import pytest

from rongqiao.postings import kinds
from rongqiao.postings.cleaning import clean
from rongqiao.postings.field_types import Choice, Code, Day, Flag, Many, Number, Refused, Rows, Words

BAD = [
    ("headcount", "三", "not_number"),
    ("headcount", 0, "too_small"),
    ("headcount", 10**9, "too_large"),
    ("headcount", True, "not_number"),
    ("headcount", 1.5, "not_number"),
    ("headcount", float("nan"), "not_number"),
    ("degree", "大学", "invalid_choice"),
    ("degree", ["bachelor"], "invalid_choice"),
    ("start", "明天", "not_date"),
    ("start", "2026-13-01", "not_date"),
    ("start", 20260901, "not_date"),
    ("majors", "机电", "not_list"),
    ("majors", ["没有这个专业"], "unknown_code"),
    ("skills", ["x"] * 41, "too_many"),
    ("skills", ["x" * 61], "too_long"),
    ("skills", [1], "not_text"),
    ("occupation_code", "0-00-00-00", "unknown_code"),
    ("benefits", "a\x00b", "control_character"),
    ("benefits", {"a": 1}, "not_text"),
    ("nonsense", 1, "unknown_field"),
]


@pytest.mark.parametrize(("name", "value", "code"), BAD)
def test_a_bad_value_is_a_fault_of_its_field(name: str, value: object, code: str) -> None:
    cleaned = clean(kinds.of("talent_need"), {"title": "焊工"}, {name: value})
    faults = [fault for fault in cleaned.faults if fault.field.startswith(f"details.{name}")]
    assert [fault.code for fault in faults] == [code]
    assert name not in cleaned.details


def test_good_values_are_kept_as_codes() -> None:
    cleaned = clean(
        kinds.of("talent_need"),
        {"title": " 焊工 ", "region_code": "开州区"},
        {"majors": ["智能焊接技术", "4603"], "degree": "college", "headcount": 3.0, "skills": ["二保焊", "二保焊"]},
    )
    assert cleaned.faults == ()
    assert cleaned.fields == {"title": "焊工", "region_code": "500154"}
    assert cleaned.details == {
        "majors": ["460110", "4603"], "degree": "college", "headcount": 3, "skills": ["二保焊"],
    }  # fmt: skip


def test_a_major_s_name_on_several_levels_is_asked_of_an_offer_and_understood_of_a_need() -> None:
    offered = clean(kinds.of("major"), {}, {"major_code": "护理"})
    assert [(fault.field, fault.code) for fault in offered.faults] == [("details.major_code", "ambiguous_code")]
    assert clean(kinds.of("major"), {}, {"major_code": "智能焊接技术"}).details == {"major_code": "460110"}
    assert clean(kinds.of("talent_need"), {}, {"majors": ["护理"]}).details == {"majors": ["520201"]}


def test_a_row_field_names_row_and_column() -> None:
    cleaned = clean(kinds.of("major"), {}, {"years": [{"year": 2026}, {"year": "去年"}]})
    assert [(fault.field, fault.code) for fault in cleaned.faults] == [("details.years.1.year", "not_number")]


@pytest.mark.parametrize("field_type", [Words(), Number(), Day(), Flag(), Choice(()), Code("region"), Many(Words()), Rows(())])
@pytest.mark.parametrize("value", [None, 1, 1.5, "x", [], {}, True, [[]], {"a": []}, "\x00", float("inf")])
def test_any_value_is_cleaned_or_refused_never_a_crash(field_type, value) -> None:
    try:
        field_type.clean(value)
    except Refused as refused:
        assert refused.code


def test_every_kind_describes_every_field() -> None:
    for kind in kinds.all_kinds():
        for field in kind.fields:
            assert field.type.describe()["type"]
            assert field.zh
            assert field.en
        parts = (kind.majors, kind.occupations, kind.skills, kind.certificates, *kind.body)
        assert {part for part in parts if part} <= set(kind.by_name)


def test_a_base_s_ratio_of_teachers_to_students_is_worked_out_or_left_out() -> None:
    computed = kinds.of("training_base").computed
    assert computed({"students": 60, "teachers": 4}) == {"teachers_to_students": "1:15.0"}
    assert computed({"students": 60}) == computed({"students": 60, "teachers": 0}) == {}
