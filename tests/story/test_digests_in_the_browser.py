"""What one wants to be told, set on a page beside the letter as it would be; what was told can be read again."""

from typing import Any

import pytest

from .conftest import Walking
from .small_region import OFFICE

pytestmark = pytest.mark.browser


def test_the_letter_follows_the_form_and_what_was_saved_is_taken_back(walk: Walking, signed_in: Any) -> None:
    with walk(signed_in) as works:
        works.open("/account")
        works.page.get_by_role("link", name="摘要设置").click()
        works.page.wait_for_url("**/digests")
        part, letter = (works.page.get_by_role("region", name=name) for name in ("配对摘要", "配对摘要的预览"))
        part = part.first
        letter.get_by_role("heading", name="看看谁合适").wait_for()
        part.get_by_text("English").click()
        letter.get_by_role("heading", name="Who fits").wait_for()
        part.get_by_label("时间").fill("09:30")
        letter.get_by_text("整点和半点不能选").wait_for()
        part.get_by_label("时间").fill("17:42")
        part.get_by_role("radiogroup", name="配对摘要的频率").get_by_text("每天").click()
        part.get_by_role("button", name="保存").click()
        part.get_by_text("17:42").wait_for()
        works.page.get_by_role("button", name="撤销").click()
        works.page.get_by_text("已改回原来的设置").wait_for()
        letter.get_by_role("heading", name="看看谁合适").wait_for()
        assert part.get_by_role("radio", name="每周").is_checked()


def test_one_that_was_sent_can_be_read_again(walk: Walking, at_school: Any) -> None:
    with walk(at_school) as school:
        school.open("/digests")
        school.page.get_by_role("region", name="寄过的摘要").get_by_role("link").first.click()
        school.page.wait_for_url("**/digests/*")
        school.page.get_by_role("heading", name="看看谁合适").wait_for()
        assert OFFICE not in school.page.inner_text("main")
        assert school.faults() == []
