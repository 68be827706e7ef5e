"""A person's browser for the stories: cookies, the CSRF token, JSON, files, and the links of letters."""

import json
import re
from typing import Any

from django.core import mail
from django.test import Client

from tests import world

PASSWORD = "Bridge-to-the-other-bank-26"


class Browser:
    """A person's browser: keeps cookies and sends the CSRF token with what it writes."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.get("/api/auth/browser/v1/config")

    def headers(self) -> dict[str, str]:
        """What a page of ours adds to a write."""
        return {"X-CSRFToken": self.client.cookies["csrftoken"].value}

    def get(self, path: str, expect: int = 200) -> Any:
        """GET under /api/."""
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == expect, answer.content.decode()
        return answer.json()

    def send(self, method: str, path: str, data: Any, expect: int = 200) -> Any:
        """A write of JSON under /api/."""
        body = json.dumps(data)
        answer = self.client.generic(
            method, f"/api/{path}", body, content_type="application/json", headers=self.headers()
        )
        assert answer.status_code == expect, answer.content.decode()
        return answer.json() if answer.content else None

    def upload(self, path: str, **fields: Any) -> Any:
        """A form with a file under /api/."""
        answer = self.client.post(f"/api/{path}", fields, headers=self.headers())
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()

    def follow(self, path: str, **fields: str) -> str:
        """Open the page behind a letter's link, fill in its form, press its button; what the page then says."""
        self.client.get(path)
        answer = self.client.post(path, {**fields, "csrfmiddlewaretoken": self.headers()["X-CSRFToken"]})
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()


def signed_up(email: str) -> Browser:
    """Sign up, sign out, sign in: through allauth, as the pages do; then agree to the notice."""
    browser = Browser()
    account = {"email": email, "password": PASSWORD}
    browser.send("POST", "auth/browser/v1/auth/signup", account)
    browser.send("DELETE", "auth/browser/v1/auth/session", {}, expect=401)
    browser.get("v1/me", expect=401)
    return signed_in(email, PASSWORD, browser)


def signed_in(email: str, password: str, browser: Browser | None = None) -> Browser:
    """Sign in, and agree to the privacy notice when that is due."""
    browser = browser or Browser()
    browser.send("POST", "auth/browser/v1/auth/login", {"email": email, "password": password})
    me = browser.get("v1/me")
    assert me["email"] == email
    if me["consent_due"]:
        browser.send("POST", "v1/me/consents", {"version": me["consent_due"]}, expect=201)
    return browser


def letter_to(email: str) -> Any:
    """The newest letter to an address, after the worker has done what waits."""
    world.drain()
    found = [letter for letter in mail.outbox if letter.to == [email]]
    assert found, [letter.to for letter in mail.outbox]
    return found[-1]


def link_in(letter: Any) -> str:
    """The path of the one-time link in a letter."""
    found = re.search(r"/l/[\w-]+", letter.body)
    assert found, letter.body
    return found.group()
