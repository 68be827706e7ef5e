"""Titles of needs lose what is not the work."""

import pytest

from matching.titles import clean_title, names_person, names_role


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("焊工", True),
        ("客户经理 宁波", True),
        ("焊工（急聘）", True),
        ("不动产测绘", False),
        ("", False),
        ("工艺管理", False),
    ],
)
def test_who_is_wanted_is_told_from_what_is_to_be_done(title: str, names: bool) -> None:
    assert names_person(title) is names


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("金牌月嫂", True),
        ("电商客服 夜班", True),
        ("监理实习生", True),
        ("地质学家", True),
        ("焊工", True),
        ("对接厂家", False),
        ("公共卫生", False),
        ("不动产测绘", False),
    ],
)
def test_what_people_are_called_at_work_names_them_too(title: str, names: bool) -> None:
    assert names_role(title) is names


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("焊工", "焊工"),
        ("急聘二手车检测师数名", "二手车检测师"),
        ("焊工 月薪8000-12000元 包吃住", "焊工"),
        ("苹果电脑测试员月入7000+实习生/应届生", "苹果电脑测试员 实习生"),
        ("资深模具工程师", "模具工程师"),
        ("Java开发工程师15k-25k", "Java开发工程师"),
        ("财务会计/出纳（郑州）", "财务会计 出纳"),
        ("视觉工程师-3C-无锡", "视觉工程师 3C"),
        ("注塑工（夜班）五险一金", "注塑工 夜班"),
        ("C++开发工程师", "C++开发工程师"),
        ("电工（持证，10kV）", "电工 持证 10kV"),
        ("【急招】", "【急招】"),
        ("某某机械制造有限公司招聘焊工", "焊工"),
        ("西餐厅诚聘店长", "店长"),
        ("高级招聘专员", "招聘专员"),
        ("焊工招聘5名", "焊工"),
        ("焊工 大量招聘", "焊工 大量"),
    ],
)
def test_what_stays(title: str, work: str) -> None:
    assert clean_title(title, places=frozenset({"郑州", "无锡"})) == work
