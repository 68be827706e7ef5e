"""Texts of needs lose welfare, employers, addresses and the way there, and nothing of the work."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.bodies import clean_body

WORK = "岗位职责：1、编写焊接工艺卡；2、现场指导氩弧焊。任职要求：大专以上，会看图纸。"


@pytest.mark.parametrize(
    "ending",
    [
        "福利待遇：五险一金，周末双休，节日礼品，城市轨道交通补贴。",
        "薪资福利1、底薪加提成；2、每年旅游，参观证券交易所。",
        "【我们提供】下午茶、健身房、保险。",
        "公司简介：演示铁路集团成立于2001年，服务城际铁路与航运。",
        "上班地址：演示市地铁4号线演示站旁物流园3栋。",
        "乘车路线：公交27路、轻轨2号线。",
        "联系方式：演示先生，微信同号。",
        "离地铁4号线演示站两百米，五险一金，双休。",
    ],
)
def test_the_end_of_an_advertisement_goes(ending: str) -> None:
    assert clean_body(WORK + ending).rstrip() == WORK
    assert clean_body(f"{WORK}\n{ending}\n").rstrip() == WORK


def test_a_section_in_lines_ends_where_something_else_begins() -> None:
    text = "负责数控车床编程。\n福利待遇：\n1、五险一金\n2、包吃住，节日礼品\n公司每年体检\n数控技术、机械制造及自动化\n车工"
    assert clean_body(text) == "负责数控车床编程。\n\n数控技术、机械制造及自动化\n车工"


def test_work_after_a_section_stays() -> None:
    introduced = "公司简介：演示铁路集团，航运与旅游并举。岗位职责：维护数据库。"
    assert clean_body(introduced).strip() == "岗位职责：维护数据库。"
    assert clean_body("福利：五险一金。负责冷库制冷机组巡检。").strip() == "负责冷库制冷机组巡检。"
    assert clean_body("工作地点：演示市高新区\n1、装配减速机").strip() == "1、装配减速机"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "焊工",
        "五险一金，双休",
        "福利待遇：五险一金。",
        "地铁车辆检修工，转向架、车门、制动，倒班",
        "负责地铁4号线信号系统维护，邻近公交站的道岔也管",
        "招聘、社保、公积金增减，算工资考勤",
        "负责薪酬福利：核算工资与个税",
        "熟悉薪酬、福利、绩效三个模块",
        "工作环境有噪声，须戴耳塞",
        "保险理赔员，查勘定损，熟悉工伤保险条款",
        "齿轮箱低速段有异响，跑合两小时后升温到 85 度，求一套降噪方案",
        "公司介绍产品给客户，跟回款",
        "储备干部，考核后转组长，综合薪资6000-7000",
    ],
)
def test_what_is_work_or_short_stays_as_it_is(text: str) -> None:
    assert clean_body(text) == text


PIECES = st.sampled_from(
    ["岗位职责：", "福利待遇：", "【公司简介】", "上班地址：", "联系方式", "五险一金", "双休", "地铁4号线", "负责焊接",
     "熟悉数控", "1、", "2.", "，", "。", "；", "\n", " ", "演示路8号", "大专", "a", "，包吃住", "我们提供", "："]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80)


@given(text=TEXTS)
@example(text="福利待遇：\n\n五险一金")
def test_cleaning_twice_is_cleaning_once_and_leaves_something(text: str) -> None:
    cleaned = clean_body(text)
    assert clean_body(cleaned) == cleaned
    assert bool(re.search(r"\w", cleaned)) == bool(re.search(r"\w", text))
    assert len(cleaned) <= len(text)


@given(before=TEXTS, after=TEXTS)
def test_duties_and_requirements_under_their_headings_stay(before: str, after: str) -> None:
    assert "编写焊接工艺卡" in clean_body(f"{before}。\n岗位职责：编写焊接工艺卡。\n{after}")


@pytest.mark.parametrize("again", ["包吃包住", "五险一金每年", "\n", "公司简介：a\n", "\n1、五险一金", "上班地址："])
def test_a_text_that_says_one_thing_a_thousand_times_is_read_once(again: str) -> None:
    """A pattern that could read it in many ways would never end."""
    assert "焊接" in clean_body(f"{again * 2_000}焊。负责焊接")
