"""Letters that are read, and a browser with cookies and CSRF."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests import world


class Reader:
    """Somebody who reads the letters that were sent."""

    def last(self, to: str) -> Any:
        """The newest letter to an address, after everything that waits was sent."""
        world.drain()
        found = [letter for letter in mail.outbox if letter.to == [to]]
        assert found, f"no letter to {to}; there are {[letter.to for letter in mail.outbox]}"
        return found[-1]

    def link(self, to: str) -> str:
        """The path of the one-time link in the newest letter to an address."""
        found = re.search(r"/l/[\w-]+", self.last(to).body)
        assert found, self.last(to).body
        return found.group()

    def subjects(self, to: str) -> list[str]:
        """What the letters to an address are about, in order."""
        world.drain()
        return [letter.subject for letter in mail.outbox if letter.to == [to]]


@pytest.fixture
def letters(mailoutbox: list[Any]) -> Reader:
    return Reader()


@pytest.fixture
def stranger() -> Client:
    """Somebody with a browser and no account."""
    return Client()
