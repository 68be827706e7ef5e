"""Headings to fields: what is taken, what is asked, what a mapping must have."""

import pytest

from rongqiao.common.errors import Problem
from rongqiao.importing import selectors
from rongqiao.importing.mapping import Proposal, checked, chosen, propose
from rongqiao.importing.targets import targets_for
from rongqiao.postings import kinds
from tests.importing.samples import GOOD, HEADER, csv_of, uploaded, xlsx_of

TALENT = targets_for(kinds.of("talent_need"), own=False)
MAJOR = targets_for(kinds.of("major"), own=False)


def one(heading: str, *samples: str) -> Proposal:
    """The proposal for a table of one column."""
    return propose([heading], [samples], TALENT)[0]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("职位名称", "title"),
        ("岗位 名称", "title"),
        ("title", "title"),
        ("TITLE", "title"),
        ("学历要求", "degree"),
        ("最低学历*", "degree"),
        ("education", "degree"),
        ("工作经验", "years"),
        ("薪资", "pay"),
        ("salary", "pay"),
        ("月薪（元）", "pay_monthly"),
        ("年薪", "pay_yearly"),
        ("薪资（元/月）", "pay_monthly"),
        ("招聘人数（人）", "headcount"),
        ("工作地点", "region_code"),
        ("city", "region_code"),
        ("企业名称", "owner"),
        ("employer", "owner"),
        ("统一社会信用代码", "owner_uscc"),
        ("ID", "id"),
        ("专业要求", "majors"),
        ("pay_low", "pay_low"),
        ("描述：", "description"),
        ("联系电话", "contact_phone"),
        ("技能标签", "skills"),
    ],
)
def test_names_and_synonyms_are_exact(heading: str, target: str) -> None:
    proposal = one(heading)
    assert (proposal.target, proposal.exact, proposal.asked) == (target, True, False)


def test_a_near_heading_is_taken_only_when_its_values_fit() -> None:
    near = one("用工方式说", "校园招聘", "社会招聘")
    assert (near.target, near.exact, near.fit) == ("employ_type", False, 1.0)
    wrong = one("employer_type", "民营公司", "国企")
    assert wrong.target == ""
    assert wrong.asked
    assert wrong.suggestions[0].target == "employ_type"


def test_a_strange_heading_is_nothing() -> None:
    proposal = one("备用列", "x")
    assert (proposal.target, proposal.suggestions, proposal.asked) == ("", (), False)


def test_an_exact_heading_whose_values_do_not_fit_is_asked() -> None:
    proposal = one("学历", "3-5年", "1年", "不懂")
    assert (proposal.target, proposal.fit, proposal.asked) == ("degree", 0.0, True)


def test_no_field_is_proposed_twice() -> None:
    proposals = propose(["职位描述", "岗位职责", "任职要求"], [[], [], []], TALENT)
    assert chosen(proposals) == {"职位描述": "description"}
    assert [each.asked for each in proposals] == [False, True, True]


def test_a_mapping_names_all_its_faults() -> None:
    wrong = {"甲": "title", "丙": "degree", "乙": "title", "丁": "no_such"}
    with pytest.raises(Problem) as problem:
        checked(wrong, ["甲", "乙", "丁"], TALENT, frozenset())
    assert [(fault.field, fault.code) for fault in problem.value.faults] == [
        ("mapping.丙", "unknown_column"),
        ("mapping.乙", "target_twice"),
        ("mapping.丁", "invalid_choice"),
        ("mapping.owner", "target_missing"),
    ]


def test_a_column_left_out_is_no_fault() -> None:
    assert checked({"甲": "title", "乙": ""}, ["甲", "乙"], TALENT, frozenset({"owner"})) == {"甲": "title"}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_the_first_values_are_shown(make: object) -> None:
    name = "表.csv" if make is csv_of else "表.xlsx"
    batch = uploaded(make([HEADER, *GOOD]), name)  # type: ignore[operator]
    proposals = {each.column: each for each in selectors.proposals_of(batch)}
    assert proposals["学历"].samples == ("大专及以上", "本科", "不限")
    assert chosen(list(proposals.values())) == {
        "编号": "id",
        "企业名称": "owner",
        "职位名称": "title",
        "学历": "degree",
        "工作经验": "years",
        "薪资": "pay",
        "招聘人数": "headcount",
        "城市": "region_code",
        "职位描述": "description",
    }


def test_columns_of_a_major() -> None:
    header = ["学校标识码", "学校名称", "专业代码", "专业简介", "毕业数", "招生人数", "学制"]
    assert chosen(propose(header, [[] for _ in header], MAJOR)) == {
        "学校标识码": "school_code",
        "学校名称": "owner",
        "专业代码": "major_code",
        "专业简介": "plan",
        "毕业数": "years.graduates",
        "招生人数": "years.intake",
        "学制": "years_of_study",
    }
