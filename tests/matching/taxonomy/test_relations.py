"""Majors, industries, occupations and certificates: names, classes, neighbours, steps."""

import subprocess
import sys

import pytest

from matching.taxonomy import StandardTaxonomy, certificates, fields_of, industries, majors, occupations
from matching.taxonomy_protocol import Taxonomy


def test_classes_and_groups_compare_across_levels() -> None:
    table = majors()
    assert table.class_of("660103") == table.class_of("460103") == table.class_of("260101") == "4601"
    assert table.class_of("6601") == "4601" and table.class_of("0802") == "0802"
    assert table.group_of("720201") == table.group_of("520201") == table.group_of("32") == "52"
    assert table.class_of("080901") == "0809" and table.group_of("0809") == "08"
    assert (
        table.class_of("46") is None and table.class_of("999999") is None and table.group_of("9999") is None
    )


def test_every_vocational_class_has_one_trade_on_all_levels() -> None:
    groups: dict[str | None, set[str]] = {}
    for major in majors():
        groups.setdefault(majors().group_of(major.code), set()).add(major.group_name)
    assert [names for names in groups.values() if len(names) > 1] == []


def test_same_name_joins_levels_and_leaves_out_itself() -> None:
    assert majors().same_name("520201") == {"720201", "320201"}
    assert "520201" in majors().same_name("720201")
    assert majors().same_name("999999") == frozenset()


@pytest.mark.parametrize(
    ("said", "level", "code"),
    [
        ("护理", "中职", "720201"),
        ("护理专业", "高职专科", "520201"),
        ("软件技术（移动应用开发）", None, "510203"),
        ("数控技术", "高职专科", "460103"),
        ("护理", None, None),
        ("学前教育", "高职专科", "570102"),
        ("不存在的专业", None, None),
    ],
)
def test_majors_by_name(said: str, level: str | None, code: str | None) -> None:
    found = majors().find(said, level)
    assert (found.code if found else None) == code


def test_marks_of_controlled_and_new_majors_are_ignored() -> None:
    assert majors().get("520101K") is majors().get("520101")
    computing = majors().get("080717T")
    assert computing is not None and computing.name == "人工智能"


def test_degrees_are_the_ordinals_of_matching() -> None:
    degrees = {major.level: major.degree for major in majors()}
    assert degrees == {"中职": 1, "高职专科": 2, "职教本科": 3, "本科": 3}


def test_neighbours_share_the_class_on_every_level() -> None:
    near = majors().neighbours("460103")
    assert {major.level for major in near} == {"中职", "高职专科", "职教本科"}
    assert {majors().class_of(major.code) for major in near} == {"4601"}
    assert "460103" not in {major.code for major in near}


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("C3911", "C3911", 0),
        ("C3911", "3911", 0),
        ("C3911", "C3912", 1),
        ("C3911", "C391", 1),
        ("C3911", "C3921", 2),
        ("C3911", "C3612", 2),
        ("C39", "C36", 2),
        ("C39", "C27", 3),
        ("A0111", "C1311", 2),
        ("A", "C13", None),
        ("C3911", "A0111", None),
        ("C3911", "Z", None),
    ],
)
def test_steps_between_industries(one: str, other: str, steps: int | None) -> None:
    assert industries().steps(one, other) == steps
    assert industries().steps(other, one) == steps


def test_industries_by_name_and_field() -> None:
    assert [row.code for row in industries().named("汽车制造")] == ["C36"]
    assert [row.code for row in industries().named("农林牧渔业")] == ["A"]
    assert {"集成电路", "新一代信息技术"} <= {field.name for field in fields_of("C3973")}
    assert "集成电路" not in {field.name for field in fields_of("C3911")}


def test_occupations_climb_to_their_class() -> None:
    (welder,) = occupations().named("焊工")
    assert occupations().named("焊") == (welder,)
    assert [row.level for row in occupations().path(welder.code)] == ["大类", "中类", "小类", "职业"]
    assert {row.parent for row in occupations().siblings(welder.code)} == {welder.parent}


def test_certificates_by_name_and_major() -> None:
    (nurse,) = certificates().named("护士执业资格证书")
    assert nurse in certificates().of_major("520201")
    assert certificates().named("1+X 建筑信息模型(BIM)") == certificates().named(
        "建筑信息模型（BIM）职业技能等级证书"
    )
    assert certificates().named("") == ()


def test_one_object_answers_for_all_systems() -> None:
    taxonomy: Taxonomy = StandardTaxonomy()
    assert taxonomy.class_of("660103") == "4601"
    assert taxonomy.industry_distance("C3911", "C3912") == 1
    assert taxonomy.occupation_parents("6-18-02-04")[-1] == "6-00-00-00"
    assert (taxonomy.name("S0001", "zh"), taxonomy.name("S0001", "en")) == ("编程", "Programming")
    names = [taxonomy.name(code, "zh") for code in ("520201", "4601", "C36", "500234", "nothing")]
    assert names == ["护理", "机械设计制造类", "汽车制造业", "开县", "nothing"]


def test_importing_reads_no_table() -> None:
    code = (
        "import matching.taxonomy.tables as t; read = t.read_rows.__code__;"
        "import matching.taxonomy as m;"
        "assert m.regions.cache_info().currsize == m.majors.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
