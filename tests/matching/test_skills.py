"""Skills found in text: spans of the original, whole Latin names, guarded short ones, near misses."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.skills import SkillFinder
from matching.taxonomy.vocabulary import vocabulary

FINDER = SkillFinder()


def names(text: str) -> list[str]:
    return [name(found.skill_id) for found in FINDER.find(text)]


def name(code: str) -> str:
    skill = vocabulary().get(code)
    assert skill is not None
    return skill.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熟悉C++、C#、.NET、Node.js", ["C++", "C#", ".NET", "Node.js"]),
        ("会JavaScript", ["JavaScript"]),
        ("会Java，也写javascript", ["Java", "JavaScript"]),
        ("精通python3和MySQL8.0", ["Python", "MySQL"]),
        ("Spring Boot / springboot / Spring-Boot", ["Spring Boot"] * 3),
        ("Spring、SpringCloud", ["Spring", "Spring Cloud"]),
        ("nodejs", ["Node.js"]),
        ("PL/SQL与plsql", ["Oracle", "Oracle"]),
        ("K8s与kubernetes", ["Kubernetes", "Kubernetes"]),
        ("氩弧、二保都会", ["氩弧焊", "二氧化碳气体保护焊"]),
        ("会CO2焊和气保焊", ["二氧化碳气体保护焊"] * 2),
        ("西门子S7-1200编程", ["西门子S7-1200", "编程"]),
        ("负责上位机软件", ["上位机"]),
        ("数控车床操作", ["数控车削"]),
        ("AutoCAD2014", ["AutoCAD"]),
    ],
)
def test_what_people_write(text: str, expected: list[str]) -> None:
    assert names(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "参数控制要求高",
        "机电工程学院",
        "汽车工程学院",
        "自动化工程学院",
        "引导游客",
        "word2vec向量",
        "www.abcnet.net",
        "xjavax",
        "vitamin C and zinc",
        "C座3楼",
        "go to school with me",
        "canvas and string, reach the state",
        "养老保险、社会保险",
        "旅客服务",
        "密切配合，创造价值，确保安全",
        "土木工程学院",
        "R座",
        "PS：请自备雨具",
        "",
    ],
)
def test_what_only_looks_like_a_skill(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会C、Java", ["C语言", "Java"]),
        ("用R做数据分析", ["R语言", "数据分析"]),
        ("用Go开发微服务", ["Go语言", "微服务"]),
        ("AI算法模型训练", "人工智能"),
        (
            "会PS、AI、PR、AE，做平面设计",
            ["Photoshop", "Illustrator", "Premiere", "After Effects", "平面设计"],
        ),
        ("负责公众号SEO推广", "搜索引擎优化"),
    ],
)
def test_short_spellings_count_beside_their_trade(text: str, expected: list[str] | str) -> None:
    assert names(text) == expected or expected in names(text)


def test_spans_are_places_in_the_original_text() -> None:
    text = "㎡①：熟悉Ｃ＋＋，　Ｎｏｄｅ．ｊｓ与ﬁSpring Ｂｏｏｔ。İ后面的Python"
    found = FINDER.find(text)
    assert [one.surface for one in found] == ["Ｃ＋＋", "Ｎｏｄｅ．ｊｓ", "Python"]
    assert [text[one.start : one.end] for one in found] == [one.surface for one in found]
    assert text.index("Python") == found[-1].start


def test_misspelt_latin_words_are_found_with_a_lower_score() -> None:
    found = FINDER.find("要求pyhton、kubernets，不含Jaav")
    assert [one.surface for one in found] == ["pyhton", "kubernets"]
    assert all(not one.exact and 0.8 <= one.score < 1 for one in found)
    assert FINDER.find("要求Python")[0].exact


@pytest.mark.parametrize(
    ("tag", "expected", "exact"),
    [
        ("二保焊", "二氧化碳气体保护焊", True),
        ("ＰＬＣ编程", "PLC编程", True),
        ("熟练使用Pyhton", "Python", False),
        ("C", "C语言", True),
        ("c++", "C++", True),
        ("工业机器人编成", "工业机器人", False),
        ("氩弧焊技术", "氩弧焊", True),
    ],
)
def test_tags_are_resolved(tag: str, expected: str, exact: bool) -> None:
    resolved = FINDER.resolve(tag)
    assert resolved is not None
    assert name(resolved[0]) == expected
    assert (resolved[1] == 1.0) == exact


@pytest.mark.parametrize("tag", ["", "不知道", "吃饭睡觉打豆豆", "x", "qqqqqqqq", "！！"])
def test_tags_that_mean_nothing(tag: str) -> None:
    assert FINDER.resolve(tag) is None


SPELLINGS = [skill.name for skill in vocabulary()][:400]


@given(st.lists(st.sampled_from([*SPELLINGS, "，", "ａｂ", " ", "㎡", "可", "x"]), max_size=12).map("".join))
def test_spans_never_overlap_and_always_quote(text: str) -> None:
    found = FINDER.find(text)
    assert all(text[one.start : one.end] == one.surface != "" for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_every_name_and_alias_finds_its_own_skill() -> None:
    lost = [
        (skill.name, spelling)
        for skill in vocabulary()
        for spelling in (skill.name, *skill.aliases)
        if [one.skill_id for one in FINDER.find(f"，{spelling}。")] != [skill.code]
    ]
    assert lost == []
