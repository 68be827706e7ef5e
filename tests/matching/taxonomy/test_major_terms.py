"""The table of major terms is whole: every major has its one row, and every term of a row tells something
that the name of the major does not."""

import re
from collections import Counter
from functools import cache

import pytest

from matching.taxonomy import edition_of, majors
from matching.taxonomy.tables import read_rows

# What says nothing of a major, however often advertisements and profiles repeat it.
FILLER = frozenset(
    {
        "沟通能力",
        "团队合作",
        "团队协作",
        "管理",
        "理论",
        "基础",
        "技术",
        "专业",
        "能力",
        "知识",
        "技能",
        "学习",
        "工作",
        "服务",
        "操作",
        "应用",
        "方法",
        "设备",
        "实践",
        "实训",
        "实习",
        "课程",
        "就业",
        "创新",
        "综合素质",
        "职业素养",
        "吃苦耐劳",
        "责任心",
        "执行力",
        "考研",
        "升学",
        "其他",
    }
)
MOST_ROWS_OF_A_TERM = 40


@cache
def table() -> tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """Codes, names and terms of every row."""
    _, rows = read_rows("major_terms")
    return tuple((tuple(a.split("|")), tuple(b.split("|")), tuple(c.split("|"))) for a, b, c in rows)


@cache
def terms_of(code: str) -> frozenset[str]:
    (found,) = (terms for codes, _, terms in table() if code in codes)
    return frozenset(found)


def test_edition_and_columns() -> None:
    edition = edition_of("major_terms")
    assert (edition.standard, edition.edition, edition.date) == ("融桥 专业用语表", "第1版", "2026-11")
    columns, rows = read_rows("major_terms")
    assert columns == ["codes", "name", "terms"]
    assert {len(row) for row in rows} == {3}


def test_every_major_stands_on_exactly_one_row() -> None:
    counts = Counter(code for codes, _, _ in table() for code in codes)
    assert [code for code, times in counts.items() if times > 1] == []
    assert set(counts) == {major.code for major in majors()}


def test_names_are_those_of_the_codes() -> None:
    for codes, names, _ in table():
        known = [major.name for code in codes if (major := majors().get(code))]
        assert names == tuple(dict.fromkeys(known)), codes


def test_rows_follow_the_catalogue() -> None:
    order = {major.code: place for place, major in enumerate(majors())}
    firsts = [order[codes[0]] for codes, _, _ in table()]
    assert firsts == sorted(firsts)
    assert all(list(codes) == sorted(codes, key=order.__getitem__) for codes, _, _ in table())


def test_counts() -> None:
    lengths = [len(terms) for _, _, terms in table()]
    assert len(lengths) >= 1650 and min(lengths) >= 3 and max(lengths) <= 20
    assert sum(lengths) / len(lengths) >= 10
    # Only languages that few colleges teach may have less than six.
    assert {codes[0][:4] for codes, _, terms in table() if len(terms) < 6} == {"0502"}
    assert len({term for _, _, terms in table() for term in terms}) >= 10_000


def test_no_term_is_empty_or_twice_in_its_row() -> None:
    for codes, _, terms in table():
        folded = [term.lower() for term in terms]
        assert len(set(folded)) == len(folded), codes
        assert [term for term in terms if len(term) < 2 or term != term.strip()] == [], codes


def test_no_term_repeats_the_name() -> None:
    padding = [
        (name, term)
        for _, names, terms in table()
        for name in names
        for term in terms
        if term.lower() in name.lower()
    ]
    assert padding == []


def test_terms_are_terms_and_not_sentences() -> None:
    seen = {term for _, _, terms in table() for term in terms}
    assert [term for term in seen if len(term) > 24 or len(re.findall("[\u4e00-\u9fff]", term)) > 10] == []
    assert [term for term in seen if re.search(r"[,，。；;：:！!？?\t]|  ", term)] == []


def test_no_term_says_nothing() -> None:
    counts = Counter(term for _, _, terms in table() for term in terms)
    assert FILLER.isdisjoint(counts)
    assert [term for term, rows in counts.items() if rows > MOST_ROWS_OF_A_TERM] == []
    # Most terms tell few majors apart from all others.
    assert sum(rows <= 3 for rows in counts.values()) / len(counts) > 0.9


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("660103", "操机"),
        ("460103", "加工中心"),
        ("520201", "护士"),
        ("720201", "静脉输液"),
        ("510205", "爬虫"),
        ("530302", "做账"),
        ("570102", "幼儿园老师"),
        ("700206", "修车"),
        ("660105", "焊工"),
        ("740201", "炒菜"),
        ("080901", "程序员"),
        ("081001", "施工员"),
        ("050201", "英语老师"),
        ("030101", "律师"),
        ("120203", "出纳"),
    ],
)
def test_what_people_type_leads_to_the_major(code: str, said: str) -> None:
    assert said in terms_of(code)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("660105", "660108"),  # 焊接, 模具
        ("530302", "530303"),  # 会计, 审计
        ("490104", "490101"),  # 食品检验, 食品加工
        ("510203", "510202"),  # 软件, 网络
        ("510209", "510102"),  # 人工智能, 物联网
        ("440301", "440501"),  # 建筑工程, 造价
        ("440501", "440504"),  # 造价, 监理
        ("570103", "570102"),  # 小学教育, 学前教育
        ("080902", "080903"),  # 软件工程, 网络工程
        ("100201", "101101"),  # 临床医学, 护理学
    ],
)
def test_neighbours_stay_apart(one: str, other: str) -> None:
    mine, theirs = terms_of(one), terms_of(other)
    assert len(mine & theirs) / len(mine | theirs) < 0.3
