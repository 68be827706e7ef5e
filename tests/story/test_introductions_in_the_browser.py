"""Two sides in Chromium: told by mail, answered from the letter, agreed, contacts, a message, talks, both names, the paper."""

import re
from typing import Any

import pytest

from .conftest import Walking
from .small_region import OFFICE
from .walker import Walker

pytestmark = pytest.mark.browser
DESK = {"width": 1440, "height": 1600}


NEED, OFFER, BROKER = "数控车工", "数控技术", "演示平台运营中心"


def test_from_a_letter_to_the_printed_record(walk: Walking, signed_in: Any, at_school: Any) -> None:
    with walk(viewport=DESK) as reader:
        answer_from_the_letter(reader)
    with walk(signed_in, viewport=DESK) as works, walk(at_school, viewport=DESK) as school:
        agree(works)
        talk(school)
        number = sign(works, school)
        works.open(f"/records/{number}")
        works.page.get_by_text("这份记录是真的").wait_for()
        assert works.faults() == []


def test_what_was_said_by_a_slip_is_taken_back(walk: Walking, signed_in: Any) -> None:
    """The enterprise says yes to a pairing, takes it back, and can say it again."""
    with walk(signed_in, viewport=DESK) as works:
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


def answer_from_the_letter(reader: Walker) -> None:
    """Who reads the college's mail presses the button below the need and confirms it on a small page, signed in nowhere."""
    page = reader.page
    reader.open("/demo/letters")
    mail = page.get_by_role("listitem").filter(has_text=OFFICE)
    mail.get_by_role("link", name=re.compile(f"合适的配对：{NEED}")).first.click()
    letter = page.frame_locator("iframe")
    letter.get_by_text(f"对应您的「{OFFER}」").first.wait_for()
    letter.get_by_role("link", name="有意向").first.click()
    page.wait_for_url("**/l/*")
    page.get_by_role("heading", name="答复这个配对").wait_for()
    assert page.get_by_role("radio", name="有意向").is_checked()
    page.get_by_role("button", name="确认答复").click()
    page.get_by_role("heading", name="已答复：有意向").wait_for()
    assert {each["name"] for each in page.context.cookies()} <= {"csrftoken"}


def agree(works: Walker) -> None:
    """The enterprise finds it at home and in its inbox, agrees and reads the contact."""
    works.open("/home")
    works.page.get_by_role("region", name="等您处理").get_by_role("link", name=f"答复：{OFFER}").wait_for()
    works.open("/introductions?waiting=1")
    assert works.faults() == []
    works.page.get_by_role("link", name="演示工业职业学院").first.click()
    works.page.wait_for_url(re.compile(r"/introductions/\d+$"))
    works.page.get_by_text("双方都同意后").wait_for()
    works.page.get_by_role("button", name="同意对接").click()
    works.page.get_by_role("button", name="查看对方联系方式").click()
    works.page.get_by_text("联系人").wait_for()
    have_a_broker(works)


def have_a_broker(works: Walker) -> None:
    """A broker is named for the enterprise's side, and its part is ended."""
    page = works.page
    page.get_by_role("button", name="请服务组织经办").click()
    choose(page, "经办服务组织", BROKER)
    assert works.faults() == []
    page.get_by_role("button", name="请其经办").click()
    page.get_by_text(f"经办：{BROKER}").wait_for()
    page.get_by_role("button", name=f"结束“{BROKER}”的经办").click()
    page.get_by_role("button", name="请服务组织经办").wait_for()


def talk(school: Walker) -> None:
    """The college reads the contact too, writes, and talks begin."""
    school.open("/introductions")
    school.page.get_by_role("link", name="演示机械制造有限公司").first.click()
    school.page.get_by_role("button", name="查看对方联系方式").click()
    school.page.get_by_text("联系人").wait_for()
    school.page.get_by_label("写给对方").fill("周三来看看实训车间")
    school.page.get_by_role("button", name="发送").click()
    school.page.get_by_text("周三来看看实训车间").first.wait_for()
    school.page.get_by_role("button", name="开始洽谈").click()
    school.page.get_by_role("heading", name="签约").wait_for()
    for look, width in (("light", 1440), ("dark", 390)):
        school.wear(look, width)
        assert school.faults() == []
    school.wear("light", 1440)


def sign(works: Walker, school: Walker) -> str:
    """The college puts the terms down, the enterprise signs them; the record carries a code. Its number."""
    page = school.page
    page.get_by_label("名称").fill("数控车工订单班")
    choose(page, "合作形式", "企业新型学徒制")
    choose(page, "合作层次", "深化层")
    page.get_by_label("签署人").fill("演示李院长")
    page.get_by_role("button", name="填写并签署").click()
    page.get_by_text("还差一方签署").wait_for()
    works.open(school.page.url.removeprefix(school.address))
    works.page.get_by_text("数控车工订单班").first.wait_for()
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
