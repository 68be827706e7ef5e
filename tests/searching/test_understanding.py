"""What a typed text is taken for: pure, by names made here and those of the nation."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongqiao.searching.asking import required
from rongqiao.searching.live import spoken
from rongqiao.searching.names import Name, Names
from rongqiao.searching.national import national
from rongqiao.searching.understanding import (
    CODE,
    CORRECTED,
    MOST_TERMS,
    SPOKEN,
    TYPED,
    Understood,
    taken_apart,
    understand,
)

COLLEGE = Name("重庆三峡学院", "organisation", ("1",))
FIRM = Name("演示·江源数控装备有限公司", "organisation", ("2",))


@cache
def live() -> Names:
    """Made by the first test: the names of the nation are read for it."""
    return Names(
        [
            *((spelling, COLLEGE) for spelling, _ in spoken(COLLEGE.text, "500101")),
            *((spelling, FIRM) for spelling, _ in spoken(FIRM.text, "500101")),
            ("dem0000107", FIRM),
            ("药用植物与天麻", Name("药用植物与天麻", "title")),
            ("天麻", Name("天麻", "term")),
        ]
    )


def read(text: str) -> Understood:
    return understand(text, live(), national())


def said(text: str) -> list[str]:
    """The first spelling that each term is looked for by."""
    return [term.says[0] for term in read(text).terms]


@pytest.mark.parametrize(
    "typed",
    ["cqsxxy", "CQSXXY", "chongqingsanxia", "cqsanxia", "cq三峡", "chongqing sanxia xueyuan", "chongqinsanxia"],
)
def test_a_college_is_found_by_pinyin_initials_and_both_mixed(typed: str) -> None:
    (term,) = read(typed).terms
    assert (term.names[0].text, term.how) == ("重庆三峡学院", SPOKEN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("焊结", "焊接"), ("新能原汽车", "新能源汽车"), ("数空技术", "数控技术"), ("数控车功", "数控车工"), ("pyhton", "python"),
        ("重庆三狭学院", "重庆三峡学院"), ("hanjei", "焊接"),
    ],
)  # fmt: skip
def test_slips_are_corrected_and_told(typed: str, meant: str) -> None:
    (term,) = read(typed).terms
    assert (term.says[0], term.how, term.typed) == (meant, CORRECTED, typed)


RIGHT = ("plc", "h5", "焊工", "数控车床", "数控铣床", "二保焊", "护理", "会计", "cad", "c++", "node.js")


@pytest.mark.parametrize("right", RIGHT)
def test_what_is_a_word_is_not_corrected(right: str) -> None:
    assert [(term.says, term.how) for term in read(right).terms] == [((right,), TYPED)]


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("460103", "数控技术"), ("６６０１０３", "数控技术应用"), ("6-18-02-04", "焊工"), ("081001", "土木工程"),
        ("520101k", "临床医学"), ("C3421", "金属切削机床制造"), ("#263", "#263"), ("编号：263", "#263"),
    ],
)  # fmt: skip
def test_codes_are_read(code: str, meant: str) -> None:
    (term,) = read(code).terms
    assert (term.names[-1].text, term.how) == (meant, CODE)


def test_a_part_of_a_credit_code_is_its_organisation() -> None:
    assert read("DEM0000107").terms[0].names == (FIRM,)


def test_names_are_cut_out_of_a_run_and_domain_words_left_out() -> None:
    asked = read("重庆三峡学院焊接专业招聘")
    assert ([term.says[0] for term in asked.terms], asked.left_out) == (["重庆三峡学院", "焊接"], ("专业", "招聘"))
    assert asked.raised == ("major", "talent_need")


def test_nothing_but_stop_words_is_a_question_too() -> None:
    assert said("招聘") == ["招聘"]


def test_pay_and_numbers_of_people_are_no_words() -> None:
    """6000以上 as a required word found nothing: pay stands in a field of its own."""
    assert said("不限学历，6000以上 焊工 3名 5千-8千元") == ["焊工"]
    assert said("5000元") == ["5000", "元"] or said("5000元") == ["5000元"], "alone it is looked for all the same"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("web 前端", ["web前端"]), ("er bao han", ["二保焊"]), ("dian'gong", ["电工"]), ("lvyou guanli", ["旅游管理"]),
        ("hanjiejiqiren", ["焊接机器人"]), ("dazhou hangong", ["达州", "焊工"]), ("江源数控 车工", ["江源数控", "车工"]),
    ],
)  # fmt: skip
def test_what_belongs_together_is_one_term_and_what_does_not_is_several(typed: str, words: list[str]) -> None:
    assert said(typed) == words


def test_levels_and_words_of_a_kind_are_known_as_such() -> None:
    level, kind = read("大专 实习").terms
    assert (level.level, kind.kinds) == (2, ("internship",))


def test_a_long_text_is_compared_as_a_whole() -> None:
    text = "尊敬的校领导：我院是一家以脑卒中后遗症康复为主的医养结合机构，现缺物理治疗师、作业治疗师共六名，提供带教老师。"
    assert (read(text).terms, bool(read(text).whole)) == ((), True)


def test_compounds_are_taken_apart_and_names_are_not() -> None:
    apart = taken_apart(read("牙科护士 重庆三峡学院"), live(), national())
    assert [term.says[0] for term in apart.terms] == ["牙科", "护士", "重庆三峡学院"]
    assert [term.says[0] for term in taken_apart(read("磨床师傅"), live(), national()).terms] == ["磨床"], "师傅 is anybody"


@pytest.mark.parametrize(("terms", "least"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (8, 6), (12, 9)])
def test_how_many_terms_are_required(terms: int, least: int) -> None:
    assert required(terms) == least


@pytest.mark.parametrize(
    "hostile",
    ["", " ", "\0", "a" * 2_000, "焊" * 2_000, "🙂" * 500, '"+-!(){}[]^~*?:\\/', "，。！", "#" * 50, "1-" * 500, "焊工 OR *"],
)
def test_anything_can_be_read(hostile: str) -> None:
    assert len(read(hostile).terms) <= MOST_TERMS


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for term in read(text).terms:
        assert term.says
        assert all(term.says)


@given(st.sampled_from(["数控技术", "焊工", "护理", "旅游管理"]), st.data())
def test_a_name_is_found_by_any_mixture_of_its_sounds(name: str, data: Any) -> None:
    from rongqiao.searching.sounds import syllables

    parts = [
        data.draw(st.sampled_from([character, sound, sound[0]]))
        for character, sound in zip(name.lower(), syllables(name.lower()), strict=True)
        if sound
    ]
    assert name.lower() in national().beginning("".join(parts), most=5_000)


@pytest.mark.parametrize(
    ("typed", "kind", "first", "few"),
    [
        ("46", "major", "46", 50), ("4601", "major", "4601", 5), ("08", "major", "08", 100),
        ("专业代码：460103", "major", "460103", 1),
        ("6-18", "occupation", "6-18-00-00", 20), ("6-18-02", "occupation", "6-18-02-00", 4),
        ("6-18-02-04", "occupation", "6-18-02-04", 1), ("6180204", "occupation", "6-18-02-04", 1),
        ("职业编码 6-18-02-04", "occupation", "6-18-02-04", 1),
    ],
)  # fmt: skip
def test_a_code_means_its_row_and_all_that_lies_below(typed: str, kind: str, first: str, few: int) -> None:
    (term,) = read(typed).terms
    (name,) = [name for name in term.names if name.kind == kind]
    assert (term.how, name.values[0]) == (CODE, first)
    assert len(name.values) >= few
    assert len(name.values) == len(set(name.values))


@pytest.mark.parametrize("typed", ["招6-18人 焊工", "46 焊工", "12345"])
def test_a_broad_code_within_a_text_is_a_number(typed: str) -> None:
    assert all(term.how == TYPED for term in read(typed).terms)


@pytest.mark.parametrize("typed", ["dem0000107", "0000107", "M0000107"])
def test_a_part_of_an_organisation_s_code_finds_it(typed: str) -> None:
    (term,) = read(typed).terms
    assert [name.text for name in term.names] == [FIRM.text]


def test_five_digits_of_a_pay_are_no_organisation() -> None:
    (term,) = read("00001").terms
    assert term.names == ()


def test_a_standard_is_also_looked_for_by_its_number() -> None:
    (term,) = read("GBT36276").terms
    assert term.says == ("gbt36276", "36276")
