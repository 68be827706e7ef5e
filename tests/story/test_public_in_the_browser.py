"""What a visitor sees in Chromium: the front page, a posting's page, and nothing that is not public."""

import re

import pytest

from .conftest import Walking

pytestmark = pytest.mark.browser


def test_a_visitor_goes_from_a_figure_to_its_rows_to_a_posting(walk: Walking) -> None:
    with walk(viewport={"width": 1440, "height": 1400}) as walker:
        walker.open("/")
        figures = walker.page.get_by_role("region", name="现在在用的信息")
        figure = figures.get_by_role("link", name=re.compile("人才需求"))
        walker.page.get_by_role("region", name="最新的需求").get_by_role("link", name="数控车工").wait_for()
        number = re.search(r"\d+", figure.inner_text())
        assert number
        figure.click()
        walker.page.wait_for_url("**/search?kind=talent_need")
        walker.page.get_by_text(f"{number[0]} 条", exact=True).wait_for()
        walker.page.get_by_role("link", name="数控车工").first.click()
        walker.page.wait_for_url("**/postings/*")
        walker.page.get_by_role("heading", level=1, name="数控车工").wait_for()
        walker.page.get_by_role("img", name="这一页的二维码").wait_for()
        assert walker.page.title() == "数控车工 · 融桥"
        walker.page.get_by_role("link", name="登录后看我们谁合适").click()
        walker.page.wait_for_url("**/sign-in?next=/postings/**")


def test_a_posting_on_paper_is_the_posting_alone(walk: Walking) -> None:
    with walk() as walker:
        walker.open("/")
        walker.page.get_by_role("link", name="数控车工").first.click()
        walker.page.get_by_role("heading", level=1, name="数控车工").wait_for()
        walker.page.emulate_media(media="print")
        assert walker.page.get_by_role("img", name="这一页的二维码").is_visible()
        for gone in ("登录", "检索", "隐私声明"):
            assert not walker.page.get_by_role("link", name=gone, exact=True).first.is_visible()


def test_what_is_not_there_says_so(walk: Walking) -> None:
    with walk() as walker:
        walker.page.goto(f"{walker.address}/postings/999999")
        walker.page.get_by_role("alert").wait_for()
