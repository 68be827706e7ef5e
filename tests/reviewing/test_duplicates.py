"""What a reviewer is shown as a likely duplicate: the same firm or text in another dress, and not its neighbours."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rongqiao.common.spelling import folded, spellings
from rongqiao.parties import likeness
from rongqiao.parties import selectors as parties
from rongqiao.parties.models import Organisation
from rongqiao.postings import selectors
from rongqiao.postings.models import Posting
from tests import world

from .deciding import TEXT

pytestmark = pytest.mark.django_db
SIGNS = "宏达远鑫源泰隆华盛瑞丰汇江天成ABK3"
TRADES = ("机械制造", "机电设备", "食品", "汽车零部件", "建材")
REGION = "500101"
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def organisations(*names: str, region: str = REGION) -> list[Organisation]:
    return [Organisation.objects.create(name=name, party_type="enterprise", region_code=region) for name in names]


def alike(organisation: Organisation) -> list[str]:
    return [each.organisation.name for each in parties.similar_organisations(organisation)]


def test_one_firm_in_other_legal_forms_places_and_signs_is_found() -> None:
    forms = [
        "演示机电有限公司", "演示机电有限责任公司", "演示机电公司（万州）", "重庆市万州区演示机电有限公司",
        "万州演示机电股份有限公司",
    ]  # fmt: skip
    first, *_ = organisations(*forms)
    for organisation in Organisation.objects.all():
        assert sorted(alike(organisation)) == sorted(set(forms) - {organisation.name}), organisation.name
    wide, *_ = organisations("ＡＢ精密 （重庆）有限公司", "ab精密有限公司", "AB精密有限责任公司")
    assert sorted(alike(wide)) == ["AB精密有限责任公司", "ab精密有限公司"]
    assert first.name not in alike(wide)


def test_a_code_comes_first_and_a_suspended_one_is_found() -> None:
    first, second, third = organisations("演示机电有限公司", "全然不同有限公司", "演示机电有限责任公司")
    Organisation.objects.filter(pk=third.pk).update(verify_status="suspended")
    Organisation.objects.filter(pk=second.pk).update(uscc="91500101MA5U0GQ03M")
    first.applications.create(person=None, purpose="verification", uscc="91500101MA5U0GQ03M")
    assert alike(first) == ["全然不同有限公司", "演示机电有限责任公司"]


@pytest.mark.parametrize(
    "other",
    [
        "重庆市万州区宏远机械制造有限公司",
        "重庆市万州区鑫源机械制造有限公司",
        "重庆市万州区鑫宏达机械制造有限公司",
        "重庆市万州区机械制造有限公司",
        "重庆市万州区有限公司",
    ],
)
def test_neighbours_with_a_long_common_beginning_and_end_are_not(other) -> None:
    first, _ = organisations("重庆市万州区宏达机械制造有限公司", other)
    assert alike(first) == []


def test_two_of_one_trade_in_two_districts_are_not() -> None:
    first, _ = organisations("万州区机电有限公司", "开州区机电有限公司")
    assert alike(first) == []


firms = st.tuples(st.text(SIGNS, min_size=2, max_size=4), st.sampled_from(TRADES))
DRESSES = (
    "{}有限公司", "{}有限责任公司", "{}公司（万州）", "重庆市万州区{}有限公司", "重庆{}股份有限公司", "{} 有限公司",
    "重庆市{}（集团）有限公司",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(firm=firms, one=st.sampled_from(DRESSES), other=st.sampled_from(DRESSES), wide=st.booleans())
def test_every_dress_of_a_firm_has_the_same_core(firm, one, other, wide) -> None:
    name = "".join(firm)
    cores = [
        likeness.core_of(one.format(name), REGION), likeness.core_of(other.format(name.translate(WIDE) if wide else name), REGION)
    ]  # fmt: skip
    assert likeness.likeness(*cores) == 100


@settings(max_examples=200, deadline=None)
@given(first=firms, second=firms, dress=st.sampled_from(DRESSES))
def test_firms_of_another_name_are_never_alike(first, second, dress) -> None:
    assume(first[0][:2].lower() != second[0][:2].lower())
    cores = [likeness.core_of(dress.format("".join(firm)), REGION) for firm in (first, second)]
    assert likeness.likeness(*cores) == 0


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=30))
def test_one_spelling_is_one_spelling(text) -> None:
    assert folded(folded(text)) == folded(text)
    assert text in spellings(text)
    assert {folded(each) for each in spellings(text)} == {folded(text)}


LONG = TEXT + "月薪面议，包吃住，有夜班补贴；设备为FANUC系统，新手可带。"


def copies(posting: Posting) -> list[str]:
    return [other.organisation.name for other, _ in selectors.near_copies(posting)]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "数控车床操作工"},
        {"description": LONG + "\n欢迎来电。"},
        {"title": "数控车工 ", "description": LONG.translate(WIDE)},
        {"title": "ＣＮＣ数控车工", "description": LONG},
    ],
)
def test_the_same_text_under_another_firm_s_name_is_found(changed, enterprise, other_enterprise) -> None:
    own = {"title": "数控车工", "description": LONG, **({"title": "CNC数控车工"} if "ＣＮＣ" in str(changed) else {})}
    first = world.publish(enterprise, "talent_need", **own, headcount=1)
    second = world.publish(other_enterprise, "talent_need", **{**own, **changed}, headcount=2)
    assert copies(first) == [other_enterprise.organisation.name]
    assert copies(second) == [enterprise.organisation.name]


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "internship", "title": "数控车工", "description": LONG},
        {"kind": "talent_need", "title": "数控车工", "description": "单休，三班倒，会编程，五年经验，能带班，计件工资。"},
        {"kind": "talent_need", "title": "会计", "description": "会看报表。"},
    ],
)
def test_another_kind_text_or_title_is_not(other: dict[str, Any], enterprise, other_enterprise) -> None:
    first = world.publish(enterprise, "talent_need", "数控车工", LONG, headcount=1)
    given = dict(other)
    details = {"slots": 2} if other["kind"] == "internship" else {}
    posting = world.publish(other_enterprise, given.pop("kind"), "占位", "", **details)
    Posting.objects.filter(pk=posting.pk).update(title=given["title"], description=given["description"])
    assert copies(first) == []


def test_what_is_closed_is_no_copy_and_many_of_one_title_do_not_hide_one(enterprise, other_enterprise) -> None:
    first = world.publish(enterprise, "talent_need", "数控车工", LONG, headcount=1)
    twin = world.publish(other_enterprise, "talent_need", "数控车床操作工", LONG, headcount=1)
    Posting.objects.bulk_create(
        Posting(
            kind="talent_need", organisation=other_enterprise.organisation, title="数控车工", description=f"别的要求{number}",
            status="published",
        )
        for number in range(selectors.MOST_COMPARED + 50)
    )  # fmt: skip
    assert [other.pk for other, _ in selectors.near_copies(first)] == [twin.pk]
    world.step(twin, "withdraw")
    assert copies(first) == []
