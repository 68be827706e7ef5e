"""Each cell language by a table of examples: what is read, what is doubted and why."""

import pytest

from rongqiao.importing import cells
from rongqiao.importing.cells import Doubt
from rongqiao.importing.pay import pay


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本科", "bachelor"),
        ("本科及以上", "bachelor"),
        ("统招本科", "bachelor"),
        ("全日制本科以上学历", "bachelor"),
        ("大专", "college"),
        ("大专及以上", "college"),
        ("高职", "college"),
        ("专科以上", "college"),
        ("中专", "secondary"),
        ("中专/中技及以上", "secondary"),
        ("中技", "secondary"),
        ("高中", "secondary"),
        ("学历不限", "any"),
        ("不限", "any"),
        ("初中及以下", "any"),
        ("硕士", "master"),
        ("研究生", "master"),
        ("硕士及以上", "master"),
        ("博士", "doctor"),
        ("博士研究生", "doctor"),
        ("大专/本科", "college"),
        ("本科或硕士", "bachelor"),
        (" 本 科 ", "bachelor"),
        ("MBA", "master"),
        ("本科学历", "bachelor"),
    ],
)
def test_degree(text: str, code: str) -> None:
    assert cells.degree(text) == code


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("英语熟练", "shifted", "language"),
        ("英语熟练&德语熟练", "shifted", "language"),
        ("3-5年", "shifted", "years"),
        ("2人", "shifted", "people"),
        ("1-2万/月", "shifted", "pay"),
        ("2019-09-13", "shifted", "date"),
        ("大专以下", "unreadable", ""),
        ("名校", "unreadable", ""),
        ("985", "unreadable", ""),
    ],
)
def test_degree_in_doubt(text: str, code: str, hint: str) -> None:
    with pytest.raises(Doubt) as doubt:
        cells.degree(text)
    assert (doubt.value.code, doubt.value.hint, doubt.value.value) == (code, hint, text)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("3-5年", 3),
        ("3年以上", 3),
        ("2年工作经验", 2),
        ("10年以上工作经验", 10),
        ("5-7年工作经验", 5),
        ("经验不限", 0),
        ("无工作经验", 0),
        ("应届生", 0),
        ("应届毕业生", 0),
        ("1年以内", 0),
        ("不限", 0),
        ("三年以上", 3),
        ("两年", 2),
        ("十二年", 12),
        ("3", 3),
        ("1～3年", 1),
        ("１－３年", 1),
        ("3年及以上相关工作经验", 3),
        ("无需经验", 0),
    ],
)
def test_years(text: str, low: float) -> None:
    assert cells.years(text) == low


@pytest.mark.parametrize(
    ("text", "code"),
    [("本科", "shifted"), ("英语精通", "shifted"), ("8-3年", "reversed"), ("资深", "unreadable")],
)
def test_years_in_doubt(text: str, code: str) -> None:
    with pytest.raises(Doubt) as doubt:
        cells.years(text)
    assert doubt.value.code == code


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1.2-2万/月", (12_000, 20_000)),
        ("8千-1.5万/月", (8_000, 15_000)),
        ("6-8千/月", (6_000, 8_000)),
        ("15-20万/年", (12_500, 16_667)),
        ("200元/天", (4_350, 4_350)),
        ("10-15K", (10_000, 15_000)),
        ("15-20K·14薪", (15_000, 20_000)),
        ("100万以上/年", (83_333, None)),
        ("1万以下/月", (None, 10_000)),
        ("面议", None),
        ("面议 72小时反馈", None),
        ("30元/小时", (5_220, 5_220)),
        ("年薪15-20万", (12_500, 16_667)),
        ("8000元/月", (8_000, 8_000)),
        ("8,000-10,000元/月", (8_000, 10_000)),
        ("１－２万／月", (10_000, 20_000)),
    ],
)
def test_pay(text: str, bounds: tuple[float, float] | None) -> None:
    assert pay(text) == bounds


def test_pay_without_a_period_is_asked_unless_the_column_says() -> None:
    with pytest.raises(Doubt) as doubt:
        pay("18-30万 72小时反馈")
    assert doubt.value.code == "no_period"
    assert pay("18-30万 72小时反馈", "year") == (15_000, 25_000)
    assert pay("8000-12000", "month") == (8_000, 12_000)
    assert pay("1-2万/月", "year") == (10_000, 20_000), "what the cell says goes before what the column says"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本科", "shifted"),
        ("2人", "shifted"),
        ("高薪", "unreadable"),
        ("2-1万/月", "reversed"),
        ("3元/月", "unreadable"),
        ("上海", "unreadable"),
    ],
)
def test_pay_in_doubt(text: str, code: str) -> None:
    with pytest.raises(Doubt) as doubt:
        pay(text)
    assert doubt.value.code == code


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("人", "2人", 2),
        ("人", "若干人", None),
        ("人", "3名", 3),
        ("人", "10", 10),
        ("人", "两人", 2),
        ("人", "不限", None),
        ("万元", "500000元", 50),
        ("万元", "50万", 50),
        ("万元", "1.5亿", 15_000),
        ("元", "1.2万", 12_000),
        ("平方米", "1,200平方米", 1_200),
        ("平方米", "１２０", 120),
        ("年", "三年", 3),
        ("", "3.5", 3.5),
    ],
)
def test_amount(unit: str, text: str, value: float | None) -> None:
    assert cells.amount(unit)(text) == value


@pytest.mark.parametrize(
    ("unit", "text", "code"),
    [
        ("人", "本科", "shifted"),
        ("人", "3-5人", "several_values"),
        ("人", "很多", "not_number"),
        ("年", "3人", "shifted"),
    ],
)
def test_amount_in_doubt(unit: str, text: str, code: str) -> None:
    with pytest.raises(Doubt) as doubt:
        cells.amount(unit)(text)
    assert doubt.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("北京-昌平区", "110114"),
        ("重庆市万州区", "500101"),
        ("达州", "511700"),
        ("深圳-科技园", "440300"),
        ("上海", "310000"),
        ("500101", "500101"),
        ("重庆市万州区天星路666号", "500101"),
        ("四川省达州市宣汉县", "511722"),
        ("上海市 浦东新区 顾唐路 1699号", "310115"),
        ("北京－海淀区", "110108"),
    ],
)
def test_region(text: str, code: str) -> None:
    assert cells.region(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("异地招聘", "unknown_code"),
        ("北京、上海", "several_values"),
        ("鼓楼区", "unknown_code"),
        ("本科", "shifted"),
        ("福田汽车工业园", "unknown_code"),
        ("全国", "unknown_code"),
        ("东方路971号", "unknown_code"),
    ],
)
def test_region_in_doubt(text: str, code: str) -> None:
    with pytest.raises(Doubt) as doubt:
        cells.region(text)
    assert doubt.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-01",
        "2026/9/1",
        "2026.9.1",
        "2026年9月1日",
        "20260901",
        "2026-09-01 00:00:00",
        "２０２６-09-01",
    ],
)
def test_day(text: str) -> None:
    assert cells.day(text) == "2026-09-01"


@pytest.mark.parametrize("text", ["2026-09", "9月1日", "2026-02-30", "尽快", "20261301", "46266"])
def test_day_in_doubt(text: str) -> None:
    with pytest.raises(Doubt) as doubt:
        cells.day(text)
    assert doubt.value.code == "not_date"


@pytest.mark.parametrize(
    "text", ["C#", "前端开发", "计算机软件", "不限", "面议", "若干人", "", "2023", "英语翻译", "博士后流动站"]
)
def test_what_belongs_to_no_vocabulary_is_not_recognised(text: str) -> None:
    assert cells.recognise(text) is None
