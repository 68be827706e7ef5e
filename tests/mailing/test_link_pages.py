"""The page behind a link: a scanner's look does nothing, the button does it, nobody else's page can press it."""

import re
import secrets

import pytest
from django.test import Client

from rongqiao.mailing import links
from rongqiao.mailing.models import Link

pytestmark = pytest.mark.django_db


def made(purpose: str = "test", **more) -> str:
    """A new link's path."""
    address = links.make(**{"purpose": purpose, "person_id": None, "payload": {"who": "<b>演示</b>"}, "days": 3, **more})
    return address.removeprefix("http://127.0.0.1:8000")


def test_looking_changes_nothing(purpose, visitor) -> None:
    path = made()
    before = list(Link.objects.values())
    for method in ("get", "head", "options"):
        for _ in range(5):
            assert getattr(visitor, method)(path).status_code == 200
    for method in ("put", "patch", "delete"):
        assert getattr(visitor, method)(path).status_code == 405
    assert list(Link.objects.values()) == before
    assert purpose.done == []


def test_the_button_does_it_once(purpose, visitor) -> None:
    path = made()
    answer = visitor.post(path)
    assert (answer.status_code, len(purpose.done)) == (200, 1)
    assert "办好了" in answer.content.decode()
    assert visitor.post(path).status_code == 410
    assert visitor.get(path).status_code == 410
    assert len(purpose.done) == 1


def test_another_site_cannot_press_the_button(purpose) -> None:
    browser = Client(enforce_csrf_checks=True)
    path = made()
    assert browser.post(path).status_code == 403
    assert purpose.done == []
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(path).content.decode())
    assert token is not None
    assert browser.post(path, {"csrfmiddlewaretoken": token[1]}).status_code == 200
    assert len(purpose.done) == 1


def test_a_form_is_asked_again_until_it_is_right_and_then_the_link_is_used(asking, visitor) -> None:
    path = made("asking")
    page = visitor.get(path).content.decode()
    assert 'name="name"' in page
    assert 'type="password"' in page
    answer = visitor.post(path, {"name": "", "password": "x"})
    assert answer.status_code == 400
    assert 'value="x"' not in answer.content.decode(), "a password is never sent back"
    refused = visitor.post(path, {"name": "nobody", "password": "x"})
    assert refused.status_code == 409
    assert "请刷新后查看可做的操作" in refused.content.decode()
    assert asking.done == []
    assert Link.objects.get().used_at is None
    assert visitor.post(path, {"name": "王", "password": "x"}).status_code == 200
    assert asking.done[0][1] == {"name": "王", "password": "x"}


def test_nothing_tells_forged_expired_used_and_revoked_apart(purpose, visitor) -> None:
    used, revoked, orphan = made(), made(email="a@b.example"), made()
    visitor.post(used)
    links.revoke("test", email="a@b.example")
    Link.objects.filter(used_at=None, revoked_at=None).update(purpose="gone with its room")
    expired = made()
    Link.objects.filter(used_at=None, purpose="test", revoked_at=None).update(expires_at="2020-01-01T00:00Z")
    forged = [f"/l/{secrets.token_urlsafe(32)}" for _ in range(100)]
    bodies = set()
    for path in (used, revoked, orphan, expired, *forged, "/l/%20", "/l/" + "a" * 5_000):
        for answer in (visitor.get(path), visitor.post(path)):
            assert answer.status_code == 410
            bodies.add(answer.content)
    (body,) = bodies
    assert "这个链接已失效" in body.decode()
    assert "请重新申请" in body.decode()


def test_pages_are_shut_in_and_speak_the_readers_language(purpose, asking, visitor) -> None:
    for path in (made(), made("asking"), "/l/forged"):
        for language, words in (("zh-CN", ("融桥", 'lang="zh-CN"')), ("en", ("Rongqiao", 'lang="en"'))):
            answer = visitor.get(path, headers={"Accept-Language": language})
            page = answer.content.decode()
            assert all(word in page for word in words)
            assert answer["Cache-Control"] == "no-store"
            assert answer["X-Robots-Tag"] == "noindex, nofollow"
            assert answer["Referrer-Policy"] == "same-origin"
            assert answer["X-Frame-Options"] == "DENY"
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "<script" not in page
            assert " style=" not in page
            assert "<b>演示" not in page
            assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)


def test_the_style_is_the_one_whose_hash_is_allowed(purpose, visitor) -> None:
    from base64 import b64encode
    from hashlib import sha256

    answer = visitor.get(made())
    style = re.search(r"<style>(.*)</style>", answer.content.decode(), re.DOTALL)
    assert style is not None
    assert b64encode(sha256(style[1].encode()).digest()).decode() in answer["Content-Security-Policy"]
