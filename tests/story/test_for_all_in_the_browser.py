"""Every page can be read by all (WCAG 2.2 A and AA, by axe): light, dark and large, on a desk, a small desk and a phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .conftest import Walking
from .desks_region import APPLICANT, REVIEWER
from .small_region import HR, OFFICE
from .walker import DESK, RULES, RULES_OF_LOOKS, Walker

pytestmark = pytest.mark.browser
LOOKS = ("light", "dark", "large")
WIDTHS = (1440, 1024, 390)
ENOUGH = 120
"""Page states: a page in one look at one width."""
NEED, PAIRING = "main a[href^='/postings/']", "[data-pairing] h3 button"
# Who reads which pages; after ">" what they press there, one after the other.
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/", "/search?q=hangong&near=500101", "/search?q=焊工&region=511702", "/search?map=1", "/search > [data-row]",
        "/sign-in", "/sign-up", "/forgotten", "/no-such-page",
    ),
    HR: (
        "/home", "/postings", "/publish", "/publish?way=paste", "/publish?way=upload", "/search/saved", "/digests",
        "/fits?band=good", f"/home > {NEED} > {PAIRING}",
    ),
    OFFICE: ("/home", "/fits", "/publish?kind=major", "/postings", "/roll-over", f"/search?kind=talent_need > {NEED}"),
    APPLICANT: (
        "/notices", "/account", "/imports", "/imports/new", "/organisation/people", "/organisation/verification",
        "/organisation/record", "/organisation/audit",
    ),
    REVIEWER: ("/home", "/reviews", "/reviews?occasion=verification > .queue li a", "/reviews?state=approved"),
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_what_somebody_sees_can_be_read_by_all(walk: Walking, cookies: Callable[[str], Any], who: str) -> None:
    with walk(cookies(who) if who else None, color_scheme="light") as walker:
        assert [fault for page in PAGES[who] for fault in faults_of(walker, page)] == []


def faults_of(walker: Walker, page: str) -> Iterator[str]:
    """What cannot be read, in every look at every width; and what must be scrolled sideways."""
    path, *presses = page.split(" > ")
    walker.page.set_viewport_size(DESK)
    walker.open(path)
    for press in presses:
        before = walker.page.url
        walker.page.locator(press).first.click()
        walker.page.wait_for_url(lambda url, before=before: url != before)
        walker.settle()
    for width in WIDTHS:
        for look in LOOKS:
            walker.wear(look, width)
            faults = walker.faults(RULES if look == LOOKS[0] else RULES_OF_LOOKS)
            yield from (f"{page}, {look}, {width}: {fault}" for fault in faults)
            if walker.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                yield f"{page}, {look}, {width}: must be scrolled sideways"
    walker.wear("light", WIDTHS[0])


def test_there_are_enough_of_them() -> None:
    assert sum(len(pages) for pages in PAGES.values()) * len(LOOKS) * len(WIDTHS) >= ENOUGH
