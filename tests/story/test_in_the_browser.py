"""The pages, walked through in Chromium against the served product: signing in, one's needs and who fits, publishing."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from .conftest import Walking
from .small_region import HR, PASSWORD
from .walker import Walker

pytestmark = pytest.mark.browser

ORGANISATION = "演示机械制造有限公司"
FIRST_PAGE_LIMIT = 250_000
"""Bytes of compressed JavaScript until a first page stands."""
ADVERTISEMENT = "急招数控车工5名，中专以上，1年以上经验，会看图纸，5500-8000元/月，五险一金，万州上班。电话13800001234"
TABLE = "岗位名称,人数,最低学历,技能要求\n焊工,6,中职,氩弧焊\n质检员,不清楚,高职专科,卡尺\n"


def scripts_of(walker: Walker, path: str) -> int:
    """Bytes of compressed JavaScript that a path loads into an empty cache."""
    scripts: list[Any] = []
    walker.page.on("response", lambda answer: scripts.append(answer) if answer.url.endswith(".js") else None)
    walker.open(path)
    walker.page.wait_for_load_state("networkidle")
    # Only now: read while they come, some would not be counted.
    return sum(len(gzip.compress(answer.body())) for answer in scripts)


def need_of(walker: Walker, title: str) -> None:
    """From the home page to one need's page."""
    walker.open("/home")
    walker.page.get_by_role("link", name=re.compile(title)).first.click()
    walker.page.wait_for_url("**/postings/*")
    walker.settle()


def fits(walker: Walker) -> Any:
    return walker.page.locator("[data-pairing]")


def test_a_visitor_is_asked_to_sign_in_and_brought_back(walk: Walking) -> None:
    with walk() as walker:
        walker.open("/postings?status=draft")
        assert "/sign-in?next=" in walker.page.url
        walker.page.get_by_label("邮箱").fill(HR)
        walker.page.get_by_label("密码", exact=True).fill("not the password")
        walker.page.get_by_role("button", name="登录").click()
        walker.page.get_by_role("alert").wait_for()
        assert walker.faults() == []
        walker.page.get_by_label("密码", exact=True).fill(PASSWORD)
        walker.page.get_by_role("button", name="登录").click()
        walker.page.wait_for_url("**/postings?status=draft")


def test_no_way_out_to_another_site_after_signing_in(walk: Walking, address: str) -> None:
    with walk() as walker:
        walker.open("/sign-in?next=//elsewhere.example/")
        walker.page.get_by_label("邮箱").fill(HR)
        walker.page.get_by_label("密码", exact=True).fill(PASSWORD)
        walker.page.get_by_role("button", name="登录").click()
        walker.page.wait_for_url(f"{address}/home")


def test_somebody_new_signs_up_agrees_registers_and_is_told_what_to_do(walk: Walking) -> None:
    with walk() as walker:
        walker.open("/sign-up")
        walker.page.get_by_label("邮箱").fill("boss@new.example")
        walker.page.get_by_label("密码", exact=True).fill("a-long-passphrase-26")
        walker.page.get_by_role("button", name="注册").click()
        walker.page.get_by_role("button", name="我已阅读并同意").click()
        walker.page.get_by_label("单位全称").fill("演示·新来机械有限公司")
        region = walker.page.get_by_role("combobox", name="所在地")
        region.fill("wzq")
        walker.page.get_by_role("option", name=re.compile("万州区")).click()
        assert walker.faults() == []
        walker.page.get_by_role("button", name="登记").click()
        walker.page.get_by_text("还没有发布的需求").wait_for()
        assert walker.faults() == []


def test_forgetting_says_the_same_to_everybody(walk: Walking) -> None:
    with walk() as walker:
        walker.open("/forgotten")
        walker.page.get_by_label("邮箱").fill("nobody@nowhere.example")
        walker.page.get_by_role("button", name="寄信给我").click()
        walker.page.get_by_text("如果 nobody@nowhere.example 有账号").wait_for()


def test_switching_the_organisation_shows_the_other_one_s(walk: Walking) -> None:
    with walk() as walker:
        walker.sign_in(HR)
        walker.page.get_by_role("button", name="账号").click()
        walker.page.get_by_role("menuitem", name=re.compile("演示经开区服务中心")).click()
        walker.page.get_by_role("heading", name="演示经开区服务中心").wait_for()
        walker.page.get_by_text("还没有发布的需求").wait_for()
        walker.page.get_by_role("button", name="账号").click()
        walker.page.get_by_role("menuitem", name=re.compile("演示机械制造有限公司")).click()
        walker.page.get_by_role("heading", name="演示机械制造有限公司").wait_for()
        walker.page.get_by_role("link", name=re.compile("数控车工")).first.wait_for()


def test_whatever_page_comes_first_is_light(walk: Walking, signed_in: Any) -> None:
    for state, path in ((None, "/"), (None, "/search"), (None, "/sign-in"), (signed_in, "/home")):
        with walk(state) as walker:
            assert 0 < scripts_of(walker, path) <= FIRST_PAGE_LIMIT, path


def test_a_need_shows_who_fits_with_reasons_bill_and_a_comparison(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in, viewport={"width": 1440, "height": 1000}) as walker:
        need_of(walker, "数控车工")
        fits(walker).first.wait_for()
        assert fits(walker).first.get_by_role("heading").inner_text() == "数控技术"
        assert fits(walker).first.get_by_role("img").get_attribute("aria-label")
        walker.page.keyboard.press("j")
        walker.page.keyboard.press("Enter")
        walker.page.get_by_role("cell", name=re.compile(r"^\d\.\d{4} × \d\.\d\d$")).first.wait_for()
        assert "pairing=" in walker.page.url
        assert walker.faults() == []
        walker.page.keyboard.press("x")
        walker.page.keyboard.press("j")
        walker.page.keyboard.press("x")
        walker.page.get_by_role("button", name="比较（2/4）").click()
        walker.page.get_by_role("columnheader", name="数控技术").wait_for()
        assert walker.faults() == []
        walker.page.keyboard.press("?")
        walker.page.get_by_role("dialog", name="键盘").wait_for()


def test_a_filter_stands_in_the_address(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in) as walker:
        need_of(walker, "数控车工")
        walker.page.get_by_role("button", name="教师专家").click()
        walker.page.wait_for_url("**kind=expert**")
        walker.page.reload()
        walker.settle()
        assert walker.page.get_by_role("button", name="教师专家").get_attribute("aria-pressed") == "true"


def test_writing_shows_who_fits_keeps_the_draft_and_publishes_with_a_way_back(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in, viewport={"width": 1440, "height": 1000}) as walker:
        walker.open("/publish")
        walker.page.get_by_label("标题").fill("氩弧焊工")
        live = walker.page.get_by_role("region", name="边写边看")
        live.get_by_text("智能焊接技术").first.wait_for()
        walker.page.get_by_text(re.compile("草稿已存")).wait_for()
        assert "draft=" in walker.page.url
        walker.page.get_by_label("人数").fill("六个")
        walker.page.get_by_text("没存上").wait_for()
        walker.page.locator("[data-field='details.headcount'] .el-form-item__error").wait_for()
        walker.page.get_by_label("人数").fill("6")
        walker.page.get_by_text(re.compile("草稿已存")).wait_for()
        walker.page.reload()
        walker.settle()
        assert walker.page.get_by_label("人数").input_value() == "6"
        assert walker.faults() == []
        walker.page.get_by_role("button", name="发布", exact=True).click()
        walker.page.wait_for_url("**/postings/*")
        fits(walker).first.wait_for()
        walker.page.get_by_role("button", name="撤销").click()
        walker.page.locator("main").get_by_text(re.compile("撤回")).first.wait_for()


def test_nothing_is_asked_while_chinese_is_being_composed(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in) as walker:
        asked: list[str] = []
        walker.page.on("request", lambda request: asked.append(request.url) if "match-" in request.url else None)
        walker.open("/publish")
        walker.page.get_by_label("标题").click()
        keyboard = walker.page.context.new_cdp_session(walker.page)
        for so_far in ("h", "ha", "han", "hang"):
            keyboard.send("Input.imeSetComposition", {"text": so_far, "selectionStart": len(so_far), "selectionEnd": len(so_far)})
        walker.page.wait_for_timeout(900)
        assert asked == []
        keyboard.send("Input.insertText", {"text": "焊工"})
        walker.page.get_by_text(re.compile("已找到")).wait_for()
        assert asked


def test_a_pasted_advertisement_fills_the_form_and_can_be_taken_back(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in, viewport={"width": 1440, "height": 1000}) as walker:
        walker.open("/publish?way=paste")
        walker.page.get_by_label("把招聘启事").fill(ADVERTISEMENT)
        walker.page.get_by_role("button", name="识别").click()
        walker.page.get_by_role("rowheader", name="人数").wait_for()
        assert walker.page.locator("mark", has_text="中专以上").count() == 1
        assert walker.faults() == []
        walker.page.get_by_role("button", name="看表格").click()
        assert walker.page.get_by_label("标题").input_value() == "数控车工"
        assert walker.page.get_by_label("电话").input_value() == "13800001234"
        walker.page.get_by_role("button", name="撤销").click()
        assert walker.page.get_by_label("标题").input_value() == ""


def test_a_table_is_imported_row_by_row_and_taken_back_whole(walk: Walking, signed_in: Any, tmp_path: Path) -> None:
    table = tmp_path / "招聘表.csv"
    table.write_text(TABLE, encoding="utf-8")
    with walk(signed_in, viewport={"width": 1440, "height": 1000}) as walker:
        walker.open("/publish?way=upload")
        walker.page.locator("input[type=file]").set_input_files(table)
        walker.page.get_by_role("button", name="导入 2 行").click()
        walker.page.get_by_text("第 3 行").wait_for()
        assert "1 新增" in walker.page.get_by_role("status").filter(has_text="新增").inner_text().replace("\n", " ")
        assert walker.faults() == []
        walker.page.get_by_role("button", name="撤回整批").click()
        walker.page.get_by_text("已撤回").wait_for()


def test_somebody_else_s_change_is_shown_before_it_is_overwritten(walk: Walking, signed_in: Any, address: str) -> None:
    with walk(signed_in) as walker:
        walker.open("/publish")
        walker.page.get_by_label("标题").fill("铣工")
        walker.page.wait_for_url("**draft=*")
        number = re.search(r"draft=(\d+)", walker.page.url)
        assert number
        token = next(each["value"] for each in walker.page.context.cookies() if each["name"] == "csrftoken")
        theirs = {"version": 1, "description": "同事写的"}
        headers = {"X-CSRFToken": token, "Referer": address}
        answer = walker.page.request.patch(f"{address}/api/v1/postings/{number[1]}", data=theirs, headers=headers)
        assert answer.status == 200
        walker.page.get_by_label("标题").fill("数控铣工")
        walker.page.get_by_role("button", name="保留我的").click()
        walker.page.get_by_text(re.compile("草稿已存")).wait_for()
        assert walker.page.get_by_label("标题").input_value() == "数控铣工"
        assert walker.page.get_by_label("描述").input_value() == "同事写的"


def test_a_session_that_ends_midway_costs_no_typing(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in) as walker:
        walker.open("/publish")
        walker.page.context.clear_cookies(name="sessionid")
        walker.page.get_by_label("标题").fill("磨工")
        dialog = walker.page.get_by_role("dialog", name="请重新登录")
        dialog.wait_for()
        assert walker.faults() == []
        dialog.get_by_label("密码", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="登录").click()
        walker.page.get_by_text(re.compile("草稿已存")).wait_for()
        assert walker.page.get_by_label("标题").input_value() == "磨工"


WITHOUT_PEOPLE_S_WORDS = (
    "/publish", "/publish?way=paste", "/publish?way=upload", "/imports/new", "/search/saved", "/organisation/verification",
)  # fmt: skip
# Names of files, programs and tongues are the same in both.
MEANT = {"English", "JSON", "PLC", "xlsx", "xls", "csv", "jsonl"}


def test_neither_language_leaks_into_the_other(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in) as chinese, walk(signed_in) as english:
        english.page.add_init_script("localStorage.setItem('rongqiao.look', JSON.stringify({ language: 'en' }))")
        for path in WITHOUT_PEOPLE_S_WORDS:
            chinese.open(path)
            leaked = set(re.findall(r"[A-Za-z]{3,}", chinese.page.locator("main").inner_text()))
            assert leaked <= MEANT, (path, leaked)
            english.open(path)
            words = english.page.locator("main").inner_text().replace(ORGANISATION, "")
            assert len(words) > 20, path
            assert re.findall(r"[一-鿿]+", words) == [], path
        english.open("/publish")
        assert english.page.title() == "Publish · Rongqiao"
