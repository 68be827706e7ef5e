"""A person with a browser: signs in, looks, and is told when a page breaks its policy, throws, or cannot be read by all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.servers.chromium import AXE

from .small_region import PASSWORD

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What another look of the same page can change: colours and sizes; its words and their order it cannot.
RULES_OF_LOOKS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
}
# Chromium tells of every answer of 4xx; those are the product's own words and not a fault of the page.
USUAL = "Failed to load resource"
WEAR = "look => ['dark', 'large'].forEach((each) => document.documentElement.classList.toggle(each, each === look))"
DESK = {"width": 1440, "height": 900}
PATIENCE = 60_000
"""Milliseconds; a page takes one or two seconds, on a machine that does much else many more."""


class Walker:
    """One browser window on one server."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.said: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and USUAL not in message.text:
            self.said.append(message.text)

    def open(self, path: str) -> None:
        """Go to a path and wait until it stands."""
        self.page.goto(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Until the page has a heading and shows no part that is still being read."""
        self.page.locator("h1").first.wait_for(state="attached")
        self.page.locator("[data-waiting], main [aria-busy=true]").first.wait_for(state="detached")

    def wear(self, look: str, width: int) -> None:
        """Show the same page light, dark or large, at this width. As high as can be, so that nothing lies below what
        stays at its foot."""
        self.page.set_viewport_size({"width": width, "height": 2600})
        self.page.evaluate(WEAR, look)

    def narrow(self, size: dict[str, int]) -> None:
        """The window is made this small, and the page follows a moment later: until nothing must be scrolled sideways."""
        self.page.set_viewport_size(size)
        self.page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """By the form."""
        self.open("/sign-in")
        self.page.get_by_label("邮箱").fill(email)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录").click()

    def faults(self, rules: dict[str, Any] = RULES) -> list[str]:
        """What axe finds on the page as it is now, by rule and place."""
        # Evaluated, not inserted: the page's own policy would refuse the tag, and should.
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
        found = self.page.evaluate(f"axe.run(document, {options}).then((result) => result.violations)")
        return [f"{each['id']}: {node['target']} {node['html'][:120]}" for each in found for node in each["nodes"]]


@contextmanager
def walking(browser: Any, address: str, state: Any = None, **options: Any) -> Iterator[Walker]:
    """A window of its own; at the end nothing may have been said on its console."""
    # Colours that glide to new ones would be measured on their way: nothing moves where less motion is asked for.
    options = {"locale": "zh-CN", "reduced_motion": "reduce", "viewport": DESK, **options}
    context = browser.new_context(storage_state=state, **options)
    context.set_default_timeout(PATIENCE)
    walker = Walker(context.new_page(), address)
    try:
        yield walker
        assert walker.said == [], walker.said
    finally:
        context.close()
