"""The story from end to end in a browser: registered, believed, pasted, corrected, published, why it fits, found, declined.

With RONGQIAO_PICTURES naming a folder, the pictures of the README are made on the way.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reviewing.conftest import licence

from .conftest import Walking
from .desks_region import REVIEWER
from .small_region import HR, PASSWORD
from .walker import Walker

pytestmark = pytest.mark.browser
BOSS, LONG = "boss@gears.example", "a-long-passphrase-26"
FIRM = "演示·齿轮传动有限公司"
ADVERTISEMENT = """【急招】数控车床操作工5名，演示·齿轮传动有限公司直招！
岗位职责：操作数控车床加工齿轮轴，会看图纸，能自己调刀补。
任职要求：中专及以上学历，数控技术、机械制造等相关专业，1年以上经验。
薪资待遇：5500-8000元/月，五险一金，包吃住，可推荐亲友。
工作地点：重庆市万州区经开区
联系电话：13800001234 王经理"""
GOOD, BAD = "数控车床操作工", "前台文员（限女性）"
ADVICE = "请删去与岗位无关的性别要求。"


def picture(walker: Walker, name: str) -> None:
    """Keep what the window shows, where pictures are asked for."""
    if os.environ.get("RONGQIAO_PICTURES"):
        walker.page.screenshot(path=Path(os.environ["RONGQIAO_PICTURES"], f"{name}.png"))


def registers(walker: Walker) -> None:
    """Sign up, agree, register, hand in the licence."""
    page = walker.page
    walker.open("/sign-up")
    page.get_by_label("邮箱").fill(BOSS)
    page.get_by_label("密码", exact=True).fill(LONG)
    page.get_by_role("button", name="注册").click()
    page.get_by_role("button", name="我已阅读并同意").click()
    page.get_by_label("单位全称").fill(FIRM)
    page.get_by_role("combobox", name="所在地").fill("wzq")
    page.get_by_role("option", name=re.compile("万州区")).click()
    page.get_by_role("button", name="登记").click()
    page.wait_for_url("**/home")
    walker.open("/organisation/verification")
    shown = licence()
    page.locator("input[type=file]").set_input_files(
        {"name": "营业执照.png", "mimeType": "image/png", "buffer": shown.read()}
    )
    page.get_by_text("营业执照.png").wait_for()
    page.get_by_role("button", name="提交核验").click()
    page.get_by_text("材料已送审").wait_for()


def pastes(walker: Walker) -> None:
    """A real-looking advertisement becomes a form; two fields are corrected; it is sent off."""
    page = walker.page
    walker.open("/publish?way=paste")
    page.get_by_label("把招聘启事").fill(ADVERTISEMENT)
    page.get_by_role("button", name="识别").click()
    page.get_by_role("rowheader", name="人数").wait_for()
    picture(walker, "paste")
    page.get_by_role("button", name="看表格").click()
    assert page.get_by_label("标题").input_value() == GOOD
    assert page.get_by_label("人数").input_value() == "5"
    page.get_by_label("人数").fill("6")
    page.get_by_label("月薪上限").fill("9000")
    page.get_by_text(re.compile("草稿已存")).wait_for()
    sends_off(walker, GOOD)


def sends_off(walker: Walker, title: str) -> None:
    walker.page.get_by_role("button", name="发布", exact=True).click()
    walker.page.wait_for_url("**/postings/*")
    walker.page.get_by_role("heading", name=title, level=1).wait_for()
    walker.page.locator("header").get_by_text("待审").wait_for()


def writes_what_should_not_pass(walker: Walker) -> None:
    walker.open("/publish")
    walker.page.get_by_label("标题").fill(BAD)
    walker.page.get_by_label("描述").fill("只招女性，形象好。")
    walker.page.get_by_text(re.compile("草稿已存")).wait_for()
    sends_off(walker, BAD)


def opens(walker: Walker, occasion: str, name: str) -> None:
    """One case of the queue."""
    walker.open(f"/reviews?occasion={occasion}")
    walker.page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
    walker.page.locator("article").get_by_role("heading", name=name).wait_for()


def approves(walker: Walker, occasion: str, name: str) -> None:
    opens(walker, occasion, name)
    if name == FIRM:
        picture(walker, "review")
    walker.page.get_by_role("button", name="通过", exact=True).click()
    walker.page.get_by_text("通过了 1 件").wait_for()


def declines(walker: Walker, name: str) -> None:
    opens(walker, "publication", name)
    walker.page.get_by_role("button", name="不通过").click()
    dialog = walker.page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="意见").fill(ADVICE)
    dialog.get_by_role("button", name="不通过").click()
    walker.page.get_by_text("未通过 1 件").wait_for()


def reads_why(walker: Walker) -> None:
    """From the home page to the first pairing's reasons and its bill; then what the reviewer said."""
    page = walker.page
    walker.open("/home")
    page.get_by_role("link", name=re.compile(GOOD)).first.click()
    page.wait_for_url("**/postings/*")
    first = page.locator("[data-pairing]").first
    first.wait_for()
    assert first.get_by_role("heading").inner_text() == "数控技术"
    picture(walker, "pairings")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("cell", name=re.compile(r"^\d\.\d{4} × \d\.\d\d$")).first.wait_for()
    assert first.get_by_role("listitem").filter(has_text="数控").count() > 0
    walker.open("/notices")
    page.get_by_text(f"“{BAD}”需要修改后再发布").wait_for()
    page.get_by_text(ADVICE).wait_for()


def finds(walker: Walker) -> None:
    """A college types what it looks for and sees which of its own fit."""
    page = walker.page
    walker.open("/search")
    page.keyboard.press("/")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    row = page.get_by_role("link", name=GOOD, exact=True).first
    row.wait_for()
    picture(walker, "search")
    row.click()
    page.get_by_role("heading", name=GOOD, level=1).wait_for()
    page.get_by_role("region", name="我们谁合适").get_by_role("link", name=re.compile("数控技术")).wait_for()
    assert "13800001234" not in page.locator("main").inner_text()


def answers(walker: Walker) -> None:
    """The college says that it is interested, beside its own that fits."""
    walker.page.get_by_role("group", name="答复：数控技术").get_by_role("button", name="有意向").click()
    walker.page.get_by_role("link", name="单方意向").wait_for()


def test_from_registering_to_a_pairing_with_its_reasons_and_a_college_that_finds_it(
    walk: Walking, cookies: Callable[[str], Any], at_school: Any
) -> None:
    with walk() as boss, walk(cookies(REVIEWER)) as reviewer, walk(at_school) as school:
        registers(boss)
        approves(reviewer, "verification", FIRM)
        pastes(boss)
        writes_what_should_not_pass(boss)
        approves(reviewer, "publication", GOOD)
        declines(reviewer, BAD)
        reads_why(boss)
        finds(school)
        answers(school)


MOST_TABS = 150
FOCUSED = """() => {
  const at = document.activeElement
  const labels = [...(at.labels ?? [])].map((each) => each.innerText)
  return [at.tagName, at.getAttribute('aria-label') ?? '', ...labels, at.innerText ?? ''].join(' ')
}"""


def reach(walker: Walker, words: str, key: str = "Tab") -> None:
    """Go on by the keyboard until what is called so has the focus: its element, its labels, its words."""
    passed = []
    for _ in range(MOST_TABS):
        walker.page.keyboard.press(key)
        passed.append(walker.page.evaluate(FOCUSED))
        if words in passed[-1]:
            return
    pytest.fail(f"{words} cannot be reached: {passed}")


def test_the_main_path_with_the_keyboard_alone(walk: Walking) -> None:
    with walk() as walker:
        page, keys = walker.page, walker.page.keyboard
        walker.open("/sign-in")
        reach(walker, "INPUT  邮箱", "Shift+Tab")
        keys.type(HR)
        reach(walker, "INPUT  密码")
        keys.type(PASSWORD)
        keys.press("Enter")
        page.wait_for_url("**/home")
        walker.settle()
        keys.press("n")
        page.wait_for_url("**/publish")
        page.locator("input:focus").wait_for()
        keys.type("氩弧焊接操作工")
        reach(walker, "人数")
        keys.type("3")
        page.get_by_text(re.compile("草稿已存")).wait_for()
        reach(walker, "BUTTON  发布", "Shift+Tab")
        keys.press("Enter")
        page.wait_for_url("**/postings/*")
        page.locator("[data-pairing]").first.wait_for()
        keys.press("j")
        keys.press("Enter")
        page.get_by_role("cell", name=re.compile(r"^\d\.\d{4} × \d\.\d\d$")).first.wait_for()
        keys.press("?")
        page.get_by_role("dialog", name="键盘").wait_for()
        keys.press("Escape")
        page.get_by_role("dialog", name="键盘").wait_for(state="hidden")
