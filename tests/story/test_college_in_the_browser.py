"""A college in Chromium: its offers by unit, the needs that fit them, which of ours fit one need, publishing for a unit."""

import re
from typing import Any

import pytest

from .conftest import Walking
from .small_region import UNIT

pytestmark = pytest.mark.browser
DESK = {"width": 1440, "height": 1600}


def test_offers_by_unit_the_needs_that_fit_and_which_of_ours(walk: Walking, at_school: Any) -> None:
    with walk(at_school, viewport=DESK) as walker:
        walker.open("/home")
        unit = walker.page.get_by_role("region", name=UNIT)
        unit.get_by_role("link", name=re.compile("^数控技术")).wait_for()
        assert unit.get_by_role("link", name=re.compile("^智能焊接技术")).count() == 0
        walker.page.get_by_role("link", name="对岸适合我们的，从最合适的排起").click()
        walker.page.wait_for_url("**/fits")
        rows = walker.page.locator("main ol > li")
        rows.first.wait_for()
        assert "数控车工" in rows.first.inner_text()
        everything = rows.count()
        assert walker.faults() == []
        walker.page.get_by_role("combobox", name="院系").press("Enter")
        walker.page.get_by_role("option", name=UNIT).click()
        walker.page.wait_for_url("**unit=*")
        walker.settle()
        assert 0 < rows.count() < everything
        rows.first.get_by_role("link", name=re.compile("数控车工")).click()
        walker.page.get_by_role("heading", level=1, name="数控车工").wait_for()
        ours = walker.page.get_by_role("region", name="我们谁合适")
        ours.get_by_role("link", name=re.compile("^数控技术")).click()
        walker.page.get_by_role("heading", level=1, name="数控技术").wait_for()
        assert "pairing=" in walker.page.url


def test_a_major_is_published_for_a_unit_with_who_needs_it_beside_the_form(walk: Walking, at_school: Any) -> None:
    with walk(at_school, viewport=DESK) as walker:
        walker.open("/publish?kind=major")
        walker.page.get_by_label("标题").fill("模具数控加工")
        walker.page.get_by_role("region", name="边写边看").get_by_text("数控车工").first.wait_for()
        code = walker.page.get_by_role("combobox", name="专业代码")
        code.fill("数控技术")
        walker.page.get_by_role("option", name=re.compile("数控技术")).first.click()
        walker.page.get_by_role("combobox", name="院系").press("Enter")
        walker.page.get_by_role("option", name=UNIT).click()
        walker.page.get_by_text(re.compile("草稿已存")).wait_for()
        assert walker.faults() == []
        walker.page.get_by_role("button", name="发布", exact=True).click()
        walker.page.wait_for_url("**/postings/*")
        walker.open("/home")
        walker.page.get_by_role("region", name=UNIT).get_by_role("link", name=re.compile("^模具数控加工")).wait_for()
