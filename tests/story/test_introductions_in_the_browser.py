"""Two sides in Chromium: asked, taken back, asked again, agreed, contacts, a message, talks, both names, the paper."""

import re
from typing import Any

import pytest

from .conftest import Walking
from .walker import Walker

pytestmark = pytest.mark.browser
DESK = {"width": 1440, "height": 1600}


def test_from_an_answer_to_the_printed_record(walk: Walking, signed_in: Any, at_school: Any) -> None:
    with walk(signed_in, viewport=DESK) as works, walk(at_school, viewport=DESK) as school:
        ask(works)
        agree(school)
        number = sign(works, school)
        works.open(f"/records/{number}")
        works.page.get_by_text("这份记录是真的").wait_for()
        assert works.faults() == []


def ask(works: Walker) -> None:
    """The enterprise says yes to the first pairing, takes it back, and says it again."""
    works.open("/home")
    works.page.get_by_role("link", name=re.compile("^薄板焊接变形大")).first.click()
    works.page.wait_for_url("**/postings/*")
    buttons = works.page.get_by_role("group", name="答复：演示教师·焊接工艺")
    buttons.get_by_role("button", name="有意向").click()
    works.page.get_by_role("button", name="撤销").click()
    works.page.get_by_text("已撤销").wait_for()
    works.page.reload()
    works.settle()
    buttons.get_by_role("button", name="有意向").click()
    works.page.get_by_role("link", name="单方意向").wait_for()
    assert works.faults() == []


def agree(school: Walker) -> None:
    """The college finds it in its inbox, agrees, reads the contact and writes."""
    school.open("/introductions?waiting=1")
    assert school.faults() == []
    school.page.get_by_role("link", name="演示机械制造有限公司").first.click()
    school.page.wait_for_url(re.compile(r"/introductions/\d+$"))
    school.page.get_by_text("双方都同意后").wait_for()
    school.page.get_by_role("button", name="同意对接").click()
    school.page.get_by_role("button", name="查看对方联系方式").click()
    school.page.get_by_text("联系人").wait_for()
    school.page.get_by_label("写给对方").fill("周三来看看焊件")
    school.page.get_by_role("button", name="发送").click()
    school.page.get_by_text("周三来看看焊件").first.wait_for()
    school.page.get_by_role("button", name="开始洽谈").click()
    school.page.get_by_role("heading", name="签约").wait_for()
    for look, width in (("light", 1440), ("dark", 390)):
        school.wear(look, width)
        assert school.faults() == []
    school.wear("light", 1440)


def sign(works: Walker, school: Walker) -> str:
    """The college puts the terms down, the enterprise signs them; the record carries a code. Its number."""
    page = school.page
    page.get_by_label("名称").fill("薄板焊接技术攻关")
    choose(page, "合作形式", "技术攻关")
    choose(page, "合作层次", "深化层")
    page.get_by_label("签署人").fill("演示李院长")
    page.get_by_role("button", name="填写并签署").click()
    page.get_by_text("还差一方签署").wait_for()
    works.open(school.page.url.removeprefix(school.address))
    works.page.get_by_text("薄板焊接技术攻关").first.wait_for()
    works.page.get_by_label("签署人").fill("演示王厂长")
    works.page.get_by_role("button", name="签署", exact=True).click()
    works.page.get_by_text("已签约").first.wait_for()
    works.page.get_by_role("link", name="打印签约记录").click()
    works.page.wait_for_url("**/record")
    works.page.get_by_role("img", name="查验二维码").wait_for()
    assert works.faults() == []
    found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", works.page.inner_text("main"))
    assert found is not None
    return found.group()


def choose(page: Any, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).press("Enter")
    page.get_by_role("option", name=option).click()
