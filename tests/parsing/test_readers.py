"""Each reader by a table of examples: what is read, what is left alone, what is asked about."""

from typing import Any

import pytest

from rongqiao.parsing.found import Reader
from rongqiao.parsing.readers import (
    certificates,
    contacts,
    degree,
    experience,
    headcount,
    majors,
    pay,
    place,
    problem,
    programme,
    skills,
    title,
)
from rongqiao.parsing.reading import Read, read_one
from rongqiao.parsing.text import Text

# Nothing here depends on the database: not run again on another.
pytestmark = pytest.mark.embedded_only


def only(reader: Reader, words: str) -> Read | None:
    found = read_one(Text(words), reader)
    assert len(found) <= 1, found
    return found[0] if found else None


def firm(reader: Reader, words: str) -> Any:
    """The value where nobody needs asking, else None."""
    one = only(reader, words)
    return None if one is None or one.ask else one.value


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("要求本科及以上学历", "bachelor"),
        ("大专（含）以上学历", "college"),
        ("学历要求：中专/高中以上", "secondary"),
        ("统招本科，计算机专业", "bachelor"),
        ("硕士研究生及以上", "master"),
        ("博士学历", "doctor"),
        ("学历不限", "any"),
        ("不限学历，能吃苦", "any"),
        ("初中以上文化", "any"),
        ("大专以上学历，本科优先", "college"),
        ("本科或硕士学历", "bachelor"),
        ("学历：高职", "college"),
        ("技校以上学历", "secondary"),
        ("大 专 以 上", None),
        ("大学本科以上", "bachelor"),
        ("机械相关专业本科以上学历", "bachelor"),
        ("不要求学历", "any"),
        ("专科学历以上", "college"),
    ],
)
def test_degree(words: str, code: str | None) -> None:
    assert firm(degree.READER, words) == code


@pytest.mark.parametrize(
    "words",
    [
        "招专科护士",
        "小学语文老师",
        "高中数学教师",
        "博士后工作站",
        "公司简介：本科以上学历员工占60%",
        "团队成员均为硕士以上学历",
        "本科室负责",
        "硕士优先",
        "硕士及以上（特别优秀的可放宽至本科）",
    ],
)
def test_no_degree_without_asking(words: str) -> None:
    assert firm(degree.READER, words) is None


def test_two_posts_with_two_degrees_are_asked_about() -> None:
    one = only(degree.READER, "车工：中专以上学历。工程师：本科以上学历。")
    assert one is not None
    assert one.ask
    assert len(one.spans) == 2


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("3年以上工作经验", 3),
        ("３－５年相关经验", 3),
        ("至少两年以上焊接经验", 2),
        ("十年以上从业经历", 10),
        ("工作经验：无需经验", 0),
        ("经验不限", 0),
        ("半年以上收银经验", 0),
        ("做过设备装配3年以上", 3),
        ("任职要求：8.3年以上工程实践经验", 3),
        ("有无经验均可", 0),
        ("1～3年工作经验", 1),
        ("一至三年养殖经验", 1),
        ("5年以上软件开发经验，2年以上管理经验", 5),
        ("要求有五年以上驾龄", 5),
        ("要求：①2年以上工作经验；②能出差", 2),
    ],
)
def test_experience(words: str, years: int) -> None:
    one = only(experience.READER, words)
    assert one is not None
    assert one.value == years


@pytest.mark.parametrize(
    "words",
    [
        "公司成立20年",
        "签订3年劳动合同",
        "学制三年",
        "质保2年",
        "公司简介：拥有15年行业经验",
        "入职满一年后年终奖",
        "三年规划",
        "2019年9月13日",
        "我们公司有10年行业经验",
        "每年两次调薪",
        "35岁以下",
        "年薪20万",
    ],
)
def test_no_experience(words: str) -> None:
    assert only(experience.READER, words) is None


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("月薪6000-9000元", 6000, 9000),
        ("薪资：8k-12k", 8000, 12000),
        ("工资四千到六千", 4000, 6000),
        ("年薪12-18万", 10000, 15000),
        ("综合工资5500～8000元/月", 5500, 8000),
        ("工资7000-1万2", 7000, 12000),
        ("薪资待遇：1.5w-3w", 15000, 30000),
        ("月薪８０００元以上", 8000, None),
        ("底薪3000，综合月薪6000-8000元", 6000, 8000),
        ("15-20K·14薪", 15000, 20000),
        ("工资六千五到九千", 6500, 9000),
        ("待遇：8,000-10,000元/月", 8000, 10000),
    ],
)
def test_pay(words: str, low: float, high: float | None) -> None:
    assert firm(pay.READER, words) == {"low": low, "high": high}


@pytest.mark.parametrize(
    "words",
    [
        "注册资金5000万元",
        "年产值8亿元",
        "餐补300元/月",
        "全勤奖200元/月",
        "缴纳五险一金",
        "押金500元",
        "融资3000万",
        "公司地址：8号楼1202室",
        "电话13800001234",
        "工作时间9:00-18:00",
        "底薪3000+提成",
        "年薪可达50万，晋升快",
    ],
)
def test_no_pay_without_asking(words: str) -> None:
    assert firm(pay.READER, words) is None


def test_pay_by_the_day_is_asked_about_and_never_multiplied() -> None:
    one = only(pay.READER, "工资：一天180元")
    assert one is not None
    assert one.ask
    assert one.value == {"low": None, "high": None, "per": "day"}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("招聘焊工5名", 5),
        ("招聘人数：12人", 12),
        ("招会计一名", 1),
        ("人数：6", 6),
        ("名额：20人", 20),
        ("需要厨师２名", 2),
        ("电工（3人）", 3),
    ],
)
def test_headcount(words: str, number: int) -> None:
    assert firm(headcount.READER, words) == number


@pytest.mark.parametrize(
    "words",
    [
        "公司现有员工300人",
        "带领10人团队",
        "4人间宿舍",
        "服务客户2000人",
        "招聘若干名",
        "项目组人数10人以上",
        "招焊工2-3人",
        "招电工2名、焊工3名",
        "公司简介：招聘部5人",
    ],
)
def test_no_headcount_without_asking(words: str) -> None:
    assert firm(headcount.READER, words) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("工作地点：重庆市万州区天星路666号", "500101"),
        ("上班地点昆山市周市镇", "320583"),
        ("坐标：杭州余杭", "330110"),
        ("地址：石狮市", "350581"),
        ("工作地点：北京-昌平区", "110114"),
        ("果园在烟台栖霞市官道镇", "370686"),
    ],
)
def test_place(words: str, code: str) -> None:
    assert firm(place.READER, words) == code


@pytest.mark.parametrize(
    "words",
    [
        "客户遍布北京、上海",
        "工作地点：北京/上海",
        "面试地址：武汉市洪山区",
        "工作地点：鼓楼区",
        "南京路步行街",
        "工作地点不限",
    ],
)
def test_no_place_without_asking(words: str) -> None:
    assert firm(place.READER, words) is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("计算机、软件工程等相关专业", ["计算机", "软件工程"]),
        ("专业要求：护理、助产", ["护理", "助产"]),
        ("机械类专业毕业", ["机械类"]),
        ("烹饪工艺与营养专业", ["烹饪工艺与营养"]),
        ("畜牧兽医或水产养殖专业", ["畜牧兽医", "水产养殖"]),
        ("专业不限", []),
        ("有专业的团队", []),
        ("专业技能扎实", []),
        ("非本专业勿扰", []),
        ("公司简介：计算机专业公司", []),
        ("焊接技术与自动化专业", []),
    ],
)
def test_majors(words: str, names: list[str]) -> None:
    assert [one.value for one in read_one(Text(words), majors.READER) if not one.ask] == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("持有焊工证", ["焊工证"]),
        ("英语四级以上", ["CET-4"]),
        ("CET-6优先", ["CET-6"]),
        ("有C1驾照", ["C1驾照"]),
        ("持护士执业证书", ["护士执业证书"]),
        ("需低压电工证、登高证", ["低压电工证", "登高证"]),
        ("有健康证", ["健康证"]),
        ("二级建造师优先", ["二级建造师"]),
        ("携带身份证、毕业证", []),
        ("ISO9001认证企业", []),
        ("保证质量，验证方案", []),
        ("公司拥有专利证书", []),
        ("system4", []),
    ],
)
def test_certificates(words: str, names: list[str]) -> None:
    assert [one.value for one in read_one(Text(words), certificates.READER) if not one.ask] == names


def test_skills_that_are_known_and_behind_a_word_of_knowing() -> None:
    words = "任职要求：\n1、熟悉Java、Spring Boot和MySQL；\n2、良好的沟通能力和团队合作精神，责任心强。"
    found = read_one(Text(words), skills.READER)
    assert [one.value for one in found if not one.ask] == ["Java", "Spring Boot", "MySQL"]
    assert not any("沟通" in one.value or "责任" in one.value for one in found)


def test_skills_of_a_trade_in_no_vocabulary_are_asked_about() -> None:
    found = read_one(Text("要求：会疏花疏果、套袋、吊枝"), skills.READER)
    assert {"疏花疏果", "套袋", "吊枝"} <= {one.value for one in found}
    assert all(one.ask for one in found if one.value == "吊枝")


def test_one_letter_languages_beside_others() -> None:
    found = [one.value for one in read_one(Text("任职要求：熟练掌握R/SAS/SPSS等工具"), skills.READER)]
    assert found == ["R", "SAS", "SPSS"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("电话：138 0000 1234", ("phone", "13800001234")),
        ("１３８００００１２３４", ("phone", "13800001234")),
        ("座机023-58001234", ("phone", "023-58001234")),
        ("邮箱 hr@firm.example", ("email", "hr@firm.example")),
        ("微信：weld_2026", ("other", "微信 weld_2026")),
        ("QQ：123456789", ("other", "QQ 123456789")),
        ("联系人：王经理", ("name", "王经理")),
        ("一三八零零零零一二三四", ("phone", "13800001234")),
        ("+86-138-0000-1234", ("phone", "+86-138-0000-1234")),
    ],
)
def test_contacts(words: str, value: tuple[str, str]) -> None:
    assert [one.value for one in contacts.find(Text(words))] == [value]


@pytest.mark.parametrize(
    "words",
    [
        "专利ZL202110012345",
        "月薪6000-9000元",
        "2026年9月1日",
        "公司成立于2003年",
        "注册资金5000万元",
        "统一社会信用代码91500101MA5U123456",
    ],
)
def test_no_contacts(words: str) -> None:
    assert contacts.find(Text(words)) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("招聘电焊工5名", "电焊工"),
        ("岗位名称：数控车工", "数控车工"),
        ("诚聘带班幼师3名", "幼师"),
        ("【招聘岗位】临床护士\n", "临床护士"),
    ],
)
def test_title(words: str, name: str) -> None:
    one = only(title.READER, words)
    assert one is not None
    assert str(one.value).endswith(name)


def test_an_rd_problem() -> None:
    text = Text(
        "主轴热漂移由42μm降到12μm，研发投入35万元，2027年5月1日前完成，最好2027年5月完成。知识产权归企业。不需要保密。"
    )
    assert problem.targets(text)[0].value == {"metric": "主轴热漂移", "now": "42", "goal": "12", "unit": "μm"}
    assert [one.value for one in problem.budget(text)] == [35.0]
    assert [one.value for one in problem.ownership(text)] == ["enterprise"]
    assert problem.secrecy(text) == []


def test_a_month_is_no_day() -> None:
    one = only(problem.DEADLINE_READER, "完成时限：2027年6月")
    assert one is not None
    assert one.ask


def test_a_major_on_several_levels_is_asked_about_unless_the_level_is_said() -> None:
    assert firm(programme.CODE_READER, "护理专业介绍") is None
    assert firm(programme.CODE_READER, "护理专业（大专）介绍，三年制大专") == "520201"
