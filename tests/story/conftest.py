"""One server, one browser and one signing in for every walk through the pages."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import pytest

from tests.robustness.services import need
from tests.servers import chromium as servers

from .served import served
from .small_region import HR, OFFICE
from .walker import Walker, walking

Walking = Callable[..., AbstractContextManager[Walker]]


@pytest.fixture(scope="session")
def address(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a small region and what lies on its desks, for the whole run."""
    with served(tmp_path_factory.mktemp("served"), "tests.story.desks_region") as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's own browser, without a window."""
    need(servers)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        # Playwright runs a loop in this thread, where Django would refuse its database to the tests that follow.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = player.chromium.launch(executable_path=servers.executable(), args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def cookies(chromium: Any, address: str) -> Callable[[str], Any]:
    """The cookies of a person by their address; each signs in once."""

    @cache
    def cookies_of(email: str) -> Any:
        with walking(chromium, address) as walker:
            walker.sign_in(email)
            walker.page.wait_for_url("**/home")
            return walker.page.context.storage_state()

    return cookies_of


@pytest.fixture(scope="session")
def signed_in(cookies: Callable[[str], Any]) -> Any:
    """The cookies of the enterprise's clerk."""
    return cookies(HR)


@pytest.fixture(scope="session")
def at_school(cookies: Callable[[str], Any]) -> Any:
    """The cookies of the college's clerk."""
    return cookies(OFFICE)


@pytest.fixture
def walk(chromium: Any, address: str) -> Walking:
    """Open a window: of a visitor, or with somebody's cookies."""
    return lambda state=None, **options: walking(chromium, address, state, **options)
