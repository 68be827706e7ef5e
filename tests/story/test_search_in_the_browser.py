"""Looking for something in Chromium: pinyin, filters, what helps when nothing is found, kept searches, the keyboard."""

import re
from typing import Any

import pytest

from .conftest import Walking
from .walker import Walker

pytestmark = pytest.mark.browser
DESK = {"width": 1440, "height": 1200}


def titles(walker: Walker) -> list[str]:
    return list(walker.page.locator("main [data-row]").all_inner_texts())


def test_searching_narrowing_and_coming_back_by_the_address(walk: Walking) -> None:
    with walk(viewport=DESK) as walker:
        walker.open("/search")
        walker.page.keyboard.press("/")
        walker.page.keyboard.type("hangong")
        walker.page.keyboard.press("Enter")
        walker.page.wait_for_url("**/search?q=hangong")
        walker.page.get_by_text(re.compile("拼音 hangong：焊工")).wait_for()
        found = titles(walker)
        assert "智能焊接技术" in found
        assert "焊" in walker.page.locator("main mark").first.inner_text()
        walker.page.get_by_role("button", name=re.compile("^专业 1")).click()
        walker.page.wait_for_url("**kind=major**")
        walker.page.get_by_role("button", name=re.compile("去掉")).wait_for()
        walker.settle()
        assert titles(walker) == ["智能焊接技术"]
        # A link to this state shows this state; the way back leads to the wider one.
        walker.page.reload()
        walker.settle()
        assert titles(walker) == ["智能焊接技术"]
        walker.page.go_back()
        walker.page.get_by_text(f"{len(found)} 条", exact=True).wait_for()
        walker.page.keyboard.press("j")
        walker.page.keyboard.press("j")
        walker.page.keyboard.press("k")
        walker.page.keyboard.press("Enter")
        walker.page.wait_for_url("**/postings/*")
        walker.page.get_by_role("heading", level=1, name=found[0]).wait_for()


def test_when_nothing_is_found_it_says_which_filter_to_let_go(walk: Walking) -> None:
    with walk() as walker:
        walker.open("/search?q=焊工&region=511702&near=500101&km=20")
        walker.page.get_by_text("没有找到“焊工”").wait_for()
        walker.page.get_by_role("region", name="最接近的").get_by_role("link").first.wait_for()
        walker.page.get_by_role("button", name=re.compile(r"不限地区：\d 条")).click()
        walker.page.wait_for_url(lambda address: "region" not in address)
        walker.page.get_by_text(re.compile("相距 0 公里")).first.wait_for()


def test_proposals_come_while_typing_but_not_while_chinese_is_being_composed(walk: Walking) -> None:
    with walk() as walker:
        asked: list[str] = []
        walker.page.on("request", lambda request: asked.append(request.url) if "complete" in request.url else None)
        walker.open("/search")
        walker.page.keyboard.press("/")
        keyboard = walker.page.context.new_cdp_session(walker.page)
        for so_far in ("h", "ha", "han"):
            keyboard.send("Input.imeSetComposition", {"text": so_far, "selectionStart": len(so_far), "selectionEnd": len(so_far)})
        walker.page.wait_for_timeout(600)
        assert asked == []
        keyboard.send("Input.insertText", {"text": "焊"})
        walker.page.get_by_role("option", name=re.compile("焊")).first.click()
        walker.page.wait_for_url("**/search?q=*")
        assert asked


def test_a_kept_search_is_listed_and_can_be_let_go_with_a_way_back(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in, viewport=DESK) as walker:
        walker.open("/search?q=数控&kind=major&near=500101")
        walker.page.get_by_role("button", name="保存这次检索").click()
        name = walker.page.get_by_label("起个名字")
        assert name.input_value().startswith("数控 专业")
        name.fill("我们附近的数控专业")
        assert walker.faults() == []
        name.press("Enter")
        walker.page.get_by_text("已保存“我们附近的数控专业”").wait_for()
        walker.open("/search/saved")
        walker.page.get_by_text("没有新的").wait_for()
        assert walker.faults() == []
        walker.page.get_by_role("button", name="删去").click()
        walker.page.get_by_text("还没有保存的检索").wait_for()
        walker.page.get_by_role("button", name="撤销").click()
        walker.page.get_by_role("link", name="我们附近的数控专业").click()
        walker.page.wait_for_url("**kind=major**")
        walker.settle()
        assert "数控技术" in titles(walker)
