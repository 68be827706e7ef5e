"""What holds for every text."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongqiao.common.errors import Problem
from rongqiao.parsing import selectors, table
from rongqiao.parsing.readers import contacts, degree, pay
from rongqiao.parsing.reading import read, read_one
from rongqiao.parsing.text import Text, fold
from tests.parsing.texts import CASES, COMPANY

# Nothing here depends on the database: not run again on another.
pytestmark = pytest.mark.embedded_only

PIECES = [
    "本科及以上",
    "大专",
    "学历",
    "3年以上",
    "经验",
    "工作",
    "月薪",
    "6000-9000元",
    "/月",
    "招聘",
    "焊工",
    "5名",
    "计算机",
    "、",
    "等相关专业",
    "，",
    "。",
    "\n",
    "工作地点：",
    "重庆市万州区",
    "持",
    "证书",
    "熟悉",
    "Java",
    "C++",
    "岗位职责：",
    "任职要求：",
    "公司简介：",
    "１２３",
    "①",
    "㎡",
    "\u200b",
    "\x00",
    "👩‍👩‍👧‍👦",
    "138 0000 1234",
    "a@b.example",
    "从",
    "降到",
    "%",
    "至",
    "－",
    "～",
    "(",
    ")",
    "【",
    "】",
    "İ",
    "ﬁ",
    "\u0301",
    "年",
    "万",
    "八",
    "十",
    "专业代码：460103",
]
PASTED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join)
TEXTS = [text for _, text, _ in CASES]
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
READERS = (*table.POST, *table.MEASURED["major"], *table.MEASURED["tech_need"], table.CONTACTS)


@MANY
@given(PASTED)
def test_folding_keeps_every_place(words: str) -> None:
    assert len(fold(words)) == len(words)


@MANY
@given(PASTED)
def test_every_span_lies_in_the_text_and_nothing_is_invented(words: str) -> None:
    text = Text(words)
    for one in read(text, READERS):
        for start, end in one.spans:
            assert 0 <= start < end <= len(words)
        if one.name in ("title", "skills", "majors"):
            start, end = one.spans[0]
            assert fold(str(one.value)).replace(" ", "") in fold(words[start:end]).replace(" ", "")
        if one.name in ("headcount", "experience") and one.value:
            said = fold(words[slice(*one.spans[0])])
            assert re.search(r"[\d一二两三四五六七八九十]", said)


@MANY
@given(PASTED)
def test_reading_is_deterministic(words: str) -> None:
    assert read(Text(words), READERS) == read(Text(words), READERS)


@MANY
@given(PASTED, st.sampled_from(sorted({kind for kind, _, _ in CASES})))
def test_whatever_is_pasted_is_read_or_refused(words: str, kind: str) -> None:
    try:
        parsed = selectors.parse(words, kind)
    except Problem as problem:
        assert {fault.code for fault in problem.faults} <= {"no_words"}
    else:
        draft = parsed.form.draft()
        for read_one_ in contacts.find(Text(words)):
            said = words[read_one_.start : read_one_.end]
            assert said not in draft.get("description", "")
            assert said not in draft.get("title", "")
            assert said not in str(draft["details"])


@pytest.mark.parametrize("words", TEXTS)
def test_a_paragraph_about_the_firm_changes_neither_degree_nor_pay(words: str) -> None:
    for reader in (degree.READER, pay.READER):
        alone, with_firm = read_one(Text(words), reader), read_one(Text(words + COMPANY), reader)
        assert alone == with_firm
    assert [one.name for one in read(Text(COMPANY), table.POST) if one.name not in ("skills",)] == []


@pytest.mark.parametrize(
    "piece",
    [
        "3",
        "1-",
        "本科、",
        "证书",
        "专业",
        "和",
        "13",
        "a.",
        "a@",
        "招聘",
        "3年以上",
        "1+x",
        "(",
        " ",
        "万",
        "从1%降到",
        "课程",
        "👩",
    ],
)
def test_repeats_do_not_run_away(piece: str) -> None:
    """A pattern that tried every start against every end took a minute for a page of digits: the suite would hang."""
    words = (piece * (10_000 // len(piece)))[:9_999] + "焊"
    for kind in ("talent_need", "tech_need", "major"):
        selectors.parse(words, kind)
