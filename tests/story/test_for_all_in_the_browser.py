"""Every page can be read by all (WCAG 2.2 A and AA, by axe): light, dark and large, on the desk and on a phone."""

from typing import Any

import pytest

from .conftest import Walking

pytestmark = pytest.mark.browser
OPEN = ("/", "/search", "/search?q=hangong&near=500101", "/search?q=焊工&region=511702", "/sign-in", "/no-such-page")
OF_AN_ENTERPRISE = (
    "/home", "/postings", "/publish", "/publish?way=paste", "/publish?way=upload", "/search/saved", "/fits?band=good",
)  # fmt: skip
OF_A_SCHOOL = ("/home", "/fits", "/publish?kind=major", "/postings")
LOOKS = ("light", "dark", "large")
WIDTHS = (1440, 390)


def read_by_all(walk: Walking, state: Any, paths: tuple[str, ...], first_result: bool = False) -> None:
    """Each path in every look at every width: no fault, nothing to be scrolled sideways."""
    with walk(state, viewport={"width": 1440, "height": 2600}, color_scheme="light") as walker:
        for path in paths:
            walker.open(path)
            if first_result and path == "/search":
                walker.page.locator("[data-row]").first.click()
                walker.page.get_by_role("img", name="这一页的二维码").wait_for()
            for width in WIDTHS:
                for look in LOOKS:
                    walker.wear(look, width)
                    assert walker.faults() == [], (path, look, width)
                    wide = walker.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    assert wide <= 0, f"{path} must be scrolled sideways at {width}, {look}"


def test_what_everybody_may_see(walk: Walking) -> None:
    read_by_all(walk, None, OPEN)


def test_a_posting_as_everybody_sees_it(walk: Walking) -> None:
    read_by_all(walk, None, ("/search",), first_result=True)


def test_what_an_enterprise_sees(walk: Walking, signed_in: Any) -> None:
    read_by_all(walk, signed_in, OF_AN_ENTERPRISE)


def test_what_a_school_sees(walk: Walking, at_school: Any) -> None:
    read_by_all(walk, at_school, OF_A_SCHOOL)
