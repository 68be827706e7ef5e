"""The desks, walked through in Chromium: reviewing and what its answer says, importing, inviting and settings."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from .conftest import Walking
from .desks_region import APPLICANT, BAD, GOOD, REVIEWER
from .walker import Walker

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
NEWCOMER, LONG = "clerk@young.example", "a-long-passphrase-26"
PATIENT = 60
"""How often a page is looked at again until what happens meanwhile shows on it."""
TABLE = "岗位名称,人数,最低学历,技能要求\n焊工,6,中职,氩弧焊\n质检员,不清楚,高职专科,卡尺\n"


def test_a_bad_posting_is_declined_with_reasons_and_its_clerk_reads_them(
    walk: Walking, cookies: Callable[[str], Any]
) -> None:
    with walk(cookies(REVIEWER)) as walker:
        page = walker.page
        walker.open("/reviews?occasion=publication")
        page.get_by_role("link", name=BAD).wait_for()
        page.keyboard.press("j")
        page.get_by_role("heading", name=BAD).wait_for()
        page.get_by_text("只招男性", exact=True).wait_for()
        assert walker.faults() == []
        page.get_by_role("button", name="不通过").click()
        dialog = page.get_by_role("dialog")
        # What the program noticed is ticked already.
        for noticed in ("含有性别、年龄、婚育等与岗位无关的限制", "公开文字中含有联系方式"):
            assert dialog.get_by_role("checkbox", name=noticed).is_checked()
        dialog.get_by_role("textbox", name="意见").fill("请删去“只招男性”，电话填在联系人栏。")
        assert walker.faults() == []
        dialog.get_by_role("button", name="不通过").click()
        page.get_by_text("未通过 1 件").wait_for()
        page.get_by_role("heading", name=GOOD).wait_for()
    with walk(cookies(APPLICANT), **PHONE) as walker:
        page = walker.page
        walker.open("/notices")
        page.get_by_text(f"“{BAD}”需要修改后再发布").wait_for()
        page.get_by_text("请删去“只招男性”，电话填在联系人栏。").wait_for()
        assert walker.faults() == []
        page.get_by_role("link", name="去处理").click()
        page.wait_for_url("**/publish?draft=*")
        assert page.get_by_label("标题").input_value() == BAD


def test_a_reviewer_approves_what_was_read_undoes_it_and_is_told_of_a_change(
    walk: Walking, cookies: Callable[[str], Any]
) -> None:
    with walk(cookies(REVIEWER)) as walker, walk(cookies(APPLICANT)) as clerk:
        page = walker.page
        walker.open("/reviews?occasion=publication")
        page.get_by_role("link", name=re.compile(GOOD)).click()
        page.get_by_role("heading", name=GOOD).wait_for()
        case = re.search(r"/reviews/(\d+)", page.url)
        assert case
        edit(clerk, GOOD, "会看图纸，能装配。")
        page.get_by_role("button", name="通过", exact=True).click()
        page.get_by_text("改过：说明。看过新的内容再决定。").wait_for()
        page.get_by_role("button", name="通过", exact=True).click()
        page.get_by_role("button", name="撤销").click()
        page.get_by_text("撤回了 1 件，回到待审").wait_for()
        page.get_by_role("link", name=re.compile(GOOD)).wait_for()
        # Evidence stands beside the form, and its picture is really there.
        walker.open("/reviews?occasion=verification")
        page.get_by_role("link", name=re.compile("新办机械厂")).click()
        picture = page.get_by_role("img", name="licence.png")
        picture.wait_for()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert walker.faults() == []
        walker.narrow(PHONE["viewport"])
        page.get_by_role("link", name="← 回到队列").wait_for()


def edit(clerk: Walker, title: str, words: str) -> None:
    """Change a posting's description by the API, as the clerk's own page would."""
    clerk.open("/home")
    changed = clerk.page.evaluate(
        """async ([title, words]) => {
          const list = await (await fetch('/api/v1/postings?mine=1&page_size=50')).json()
          const { id, version } = list.results.find((each) => each.title === title)
          const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
          const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token }
          const body = JSON.stringify({ version, description: words })
          return (await fetch(`/api/v1/postings/${id}`, { method: 'PATCH', headers, body })).status
        }""",
        [title, words],
    )
    assert changed == 200


def test_a_table_with_a_bad_row_is_mapped_brought_in_corrected_and_taken_back(
    walk: Walking, cookies: Callable[[str], Any], tmp_path: Path
) -> None:
    table = tmp_path / "招聘计划.csv"
    table.write_text(TABLE, encoding="utf-8")
    with walk(cookies(APPLICANT)) as walker:
        page = walker.page
        walker.open("/imports")
        page.get_by_text("还没有导入过").wait_for()
        page.get_by_role("link", name="导入一张表").first.click()
        page.get_by_text("选择表格，或拖到这里").wait_for()
        assert walker.faults() == []
        page.locator("input[type=file]").set_input_files(table)
        page.wait_for_url(re.compile(r"/imports/\d+$"))
        page.get_by_role("row", name=re.compile("岗位名称.*焊工")).wait_for()
        assert walker.faults() == []
        page.get_by_role("button", name="导入 2 行").click()
        page.get_by_text("1 新增").wait_for()
        page.get_by_role("row", name=re.compile("第 3 行.*不清楚")).wait_for()
        assert walker.faults() == []
        with page.expect_download() as download:
            page.get_by_role("link", name="下载标出错误的表").click()
        marked = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
        assert "错误" in str(marked[0]) and "不清楚" in str(marked)
        page.get_by_role("button", name="撤回整批").click()
        page.get_by_text("1 已撤回").wait_for()
        walker.open("/imports")
        row = page.get_by_role("row", name=re.compile("招聘计划.csv.*已撤销"))
        row.wait_for()
        walker.narrow(PHONE["viewport"])
        assert walker.faults() == []


def link_to(walker: Walker, address: str) -> str:
    """The one-time link in the newest letter to an address, as the demo shows it once the letter has left."""
    letter = walker.page.get_by_role("link", name=re.compile(re.escape(address))).first
    for _ in range(PATIENT):
        walker.open("/demo/letters")
        if letter.count():
            break
    letter.click()
    walker.settle()
    found = re.search(r"/l/[\w-]+", walker.page.content())
    assert found
    return found.group()


def one_time_code(secret: str) -> str:
    """What an authenticator shows for a secret at this moment (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def test_a_colleague_is_invited_joins_and_signs_in_with_a_one_time_code(
    walk: Walking, cookies: Callable[[str], Any]
) -> None:
    with walk(cookies(APPLICANT)) as walker:
        page = walker.page
        walker.open("/organisation")
        for email in (NEWCOMER, "nobody@young.example"):
            page.get_by_label("邮箱").fill(email)
            page.get_by_role("button", name="寄出邀请").click()
            page.get_by_role("listitem").filter(has_text=email).filter(has_text="待接受").wait_for()
        assert walker.faults() == []
        page.get_by_role("listitem").filter(has_text="nobody@young.example").get_by_role(
            "button", name="撤回"
        ).click()
        page.get_by_role("listitem").filter(has_text="nobody@young.example").filter(
            has_text="已撤回"
        ).first.wait_for()
    with walk(**PHONE) as newcomer:
        page = newcomer.page
        newcomer.open(link_to(newcomer, NEWCOMER))
        page.get_by_label("姓名").fill("演示·新同事")
        page.get_by_label("新密码").fill(LONG)
        page.get_by_label("再输一次").fill(LONG)
        page.get_by_label("我已阅读并同意隐私声明").check()
        page.get_by_role("button", name="接受邀请").click()
        page.get_by_text("已加入").wait_for()
        newcomer.sign_in(NEWCOMER, LONG)
        page.wait_for_url("**/home")
        newcomer.open("/account")
        page.get_by_role("button", name="设置动态码").click()
        page.get_by_label("请再输一次密码").fill(LONG)
        page.get_by_role("button", name="继续").click()
        page.get_by_role("img", name="给验证器扫描的二维码").wait_for()
        assert newcomer.faults() == []
        secret = page.locator("code").inner_text().replace(" ", "")
        page.get_by_label("6 位数字").fill(one_time_code(secret))
        page.get_by_role("button", name="启用", exact=True).click()
        page.get_by_text("手机丢了时，用恢复码登录").wait_for()
        recovery = page.locator("ol code").first.inner_text()
        assert newcomer.faults() == []
        page.context.clear_cookies()
        newcomer.sign_in(NEWCOMER, LONG)
        page.get_by_label("动态码").fill(recovery)
        page.get_by_role("button", name="继续").click()
        page.wait_for_url("**/home")
        newcomer.open("/organisation")
        page.get_by_text("单位设置由单位管理员打理").wait_for()


def test_an_administrator_switches_recommendations_off_and_the_trail_says_so(
    walk: Walking, cookies: Callable[[str], Any]
) -> None:
    with walk(cookies(APPLICANT)) as walker:
        page = walker.page
        walker.open("/organisation/record")
        page.get_by_role("switch", name="参与推荐").wait_for(state="attached")
        assert walker.faults() == []
        page.locator(".el-switch").click()
        page.get_by_text("已退出推荐").wait_for()
        page.get_by_role("link", name="审计").click()
        page.get_by_role("cell", name="开关推荐").first.wait_for()
        assert walker.faults() == []
        page.get_by_role("link", name="核验").click()
        page.get_by_text("材料已送审").wait_for()
        assert walker.faults() == []
