"""Forged, outdated and used links, cookies and keys: ten thousand tries, none passes, and all of them read the same."""

import logging
import random
import secrets
import string
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.mailing import links
from rongqiao.mailing.models import Link
from rongqiao.parties import services
from rongqiao.parties.links import confirm
from rongqiao.parties.models import Membership, Person
from tests import world
from tests.parties.conftest import Reader

pytestmark = pytest.mark.django_db
AUTH = "/api/auth/browser/v1"
ALPHABET = string.ascii_letters + string.digits + "-_"
NEW = {"password": "A-quite-new-password-9", "again": "A-quite-new-password-9"}


@pytest.fixture
def letters(mailoutbox: list[Any]) -> Reader:
    return Reader()


def tokens(enterprise: world.Party) -> list[str]:
    """Good links of every purpose that needs no more than a person."""
    made = [
        links.make(purpose=purpose, person_id=enterprise.person.pk, email=enterprise.person.email, payload={}, days=1)
        for purpose in ("password_reset", "email_confirmation") * 4
    ]
    return [url.rpartition("/")[2] for url in made]


def forgeries(good: list[str], chance: random.Random) -> Iterator[str]:
    """Random tokens, and good ones altered by a character, cut, lengthened, put into another case, joined."""
    while True:
        one, other = chance.choice(good), chance.choice(good)
        place = chance.randrange(len(one))
        yield secrets.token_urlsafe(32)
        yield one[:place] + chance.choice(ALPHABET.replace(one[place], "")) + one[place + 1 :]
        yield one[:place]
        yield one + chance.choice(ALPHABET)
        yield one.swapcase()
        yield one[:20] + other[20:] if one != other else one[::-1]
        yield sha256(one.encode()).hexdigest()
        yield chance.choice(["' OR 1=1 --", "%", "_" * 43, "null", "../" + one, f"{one} ", f" {one}", one + "\u200b", "𝟎" + one])


def test_of_eight_thousand_forged_tokens_none_is_a_link(enterprise: world.Party) -> None:
    good = tokens(enterprise)
    made = forgeries(good, random.Random(20_260))
    tried = [next(made) for _ in range(8_000)]
    for token in tried:
        with pytest.raises(Problem) as refused:
            links.peek(token)
        assert refused.value.status == links.GONE
    for token in tried[::20]:
        with pytest.raises(Problem):
            links.use(token)
    assert not Link.objects.exclude(used_at=None).exists()
    assert all(links.peek(token) for token in good), "the good ones are good"


def test_of_three_hundred_over_http_all_read_the_same(enterprise: world.Party, visitor: Client) -> None:
    good = tokens(enterprise)
    made = forgeries(good, random.Random(7))
    pages = set()
    for number in range(300):
        token = next(made).replace("/", "-") or "x"
        answer = visitor.get(f"/l/{token}") if number % 2 else visitor.post(f"/l/{token}", NEW)
        pages.add((answer.status_code, answer.content))
    assert [status for status, _ in pages] == [410]
    assert Person.objects.get(pk=enterprise.person.pk).check_password(world.PASSWORD)


def test_forged_outdated_used_and_revoked_links_read_the_same(
    enterprise: world.Party, visitor: Client, letters: Reader
) -> None:
    used, outdated, revoked, nobody_s, of_nothing = tokens(enterprise)[:5]
    assert visitor.get(f"/l/{used}").status_code == 200, "the page can be had"
    links.use(used)
    changed = (outdated, revoked, nobody_s, of_nothing)
    row = {token: Link.objects.filter(digest=sha256(token.encode()).hexdigest()) for token in changed}
    row[outdated].update(expires_at=clock.now() - timedelta(seconds=1))
    row[revoked].update(revoked_at=clock.now())
    row[of_nothing].update(purpose="none-such")
    row[nobody_s].update(purpose="password_reset", email="nobody@nowhere.example")
    pages = {visitor.get(f"/l/{token}").content for token in (used, outdated, revoked, of_nothing, "forged")}
    pages |= {visitor.post(f"/l/{token}", NEW).content for token in (used, outdated, revoked, of_nothing, nobody_s, "forged")}
    assert len(pages) == 1


def test_a_link_of_one_does_nothing_for_another(enterprise: world.Party, college: world.Party, visitor: Client) -> None:
    url = links.make(
        purpose="password_reset", person_id=enterprise.person.pk, email=college.person.email, payload={}, days=1
    )
    assert visitor.post("/l/" + url.rpartition("/")[2], NEW).status_code == 410
    for party in (enterprise, college):
        assert Person.objects.get(pk=party.person.pk).check_password(world.PASSWORD)


def test_an_invitation_s_link_works_for_nobody_after_it_was_accepted_or_revoked(
    enterprise: world.Party, letters: Reader, visitor: Client
) -> None:
    form = {"name": "新同事", **NEW, "consent": "on"}
    for number, end in enumerate(("accept", "revoke")):
        email = f"new{number}@firm.example"
        given = {"organisation": enterprise.organisation, "by": enterprise.person, "role": "administrator"}
        invitation = services.invite(email=email, **given)
        path = letters.link(email)
        if end == "accept":
            assert visitor.post(path, form).status_code == 200
        else:
            services.revoke_invitation(invitation=invitation, by=enterprise.person)
        members = Membership.objects.count()
        assert {visitor.get(path).status_code, visitor.post(path, form).status_code} == {410}
        assert Membership.objects.count() == members


def test_no_token_of_a_link_that_is_good_stands_in_the_log(
    enterprise: world.Party, caplog: pytest.LogCaptureFixture, letters: Reader
) -> None:
    """A mistyped password and a missing CSRF token are refused, which Django writes to the log with the address."""
    token = tokens(enterprise)[0]
    with caplog.at_level(logging.DEBUG):
        assert Client().post(f"/l/{token}", {"password": "short", "again": "other"}).status_code == 400
        assert Client(enforce_csrf_checks=True).post(f"/l/{token}", NEW).status_code == 403
        links.use(token)
        assert Client().get(f"/l/{token}").status_code == 410
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert said.count("/l/…") >= 3
    assert token not in said


def test_of_two_thousand_forged_cookies_none_signs_anybody_in(enterprise: world.Party) -> None:
    """Most at the store, which is all that a cookie can reach; a tenth over HTTP."""
    key = enterprise.client.cookies[settings.SESSION_COOKIE_NAME].value
    chance = random.Random(11)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    lower = string.ascii_lowercase + string.digits
    for number in range(2_000):
        place = chance.randrange(len(key))
        altered = key[:place] + chance.choice(lower.replace(key[place], "")) + key[place + 1 :]
        anything = "".join(chance.choices(lower, k=32))
        forged = chance.choice([altered, anything, key[:place], key + "a", key.upper(), "' OR 1=1 --"])
        assert store(forged).load() == {}
        if number % 10 == 0:
            browser = Client()
            browser.cookies[settings.SESSION_COOKIE_NAME] = forged
            assert browser.get("/api/v1/me").status_code == 401
    assert enterprise.get("me").status_code == 200


def test_a_session_ends_with_its_time_its_password_and_its_person(enterprise: world.Party, college: world.Party) -> None:
    rows = Session.objects.filter(session_key=enterprise.client.cookies[settings.SESSION_COOKIE_NAME].value)
    rows.update(expire_date=clock.now() - timedelta(seconds=1))
    assert enterprise.get("me").status_code == 401
    services.reset_password(person=college.person, password=NEW["password"])
    assert college.get("me").status_code == 401
    third = world.party("演示三厂", "enterprise", "500101", "c@c.example")
    Person.objects.filter(pk=third.person.pk).update(is_active=False)
    assert third.get("me").status_code == 401


def test_a_session_that_was_ended_does_not_come_back(enterprise: world.Party) -> None:
    browser = Client()
    credentials = {"email": enterprise.person.email, "password": world.PASSWORD}
    assert browser.post(f"{AUTH}/auth/login", credentials, content_type="application/json").status_code == 200
    kept = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.delete(f"{AUTH}/auth/session").status_code == 401
    browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert browser.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_page_of_another_origin_writes_nothing(origin: str | None, enterprise: world.Party) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Origin": origin} if origin else None)
    browser.force_login(enterprise.person, backend=world.BACKEND)
    organisation = f"/api/v1/organisations/{enterprise.organisation.pk}"
    for method, path in (
        ("post", "/api/v1/postings"), ("patch", "/api/v1/me"), ("put", f"{organisation}/recommendations"),
        ("post", f"{organisation}/invitations"), ("post", "/api/v1/notices/read"), ("delete", f"{AUTH}/auth/session"),
        ("post", f"{AUTH}/auth/login"), ("post", f"{AUTH}/account/password/change"), ("post", f"{AUTH}/account/email"),
    ):  # fmt: skip
        answer = getattr(browser, method)(path, {}, content_type="application/json")
        assert answer.status_code == 403, (path, answer.content)
    assert browser.get("/api/v1/me").status_code == 200


def test_forged_keys_open_nothing_at_the_sign_in(enterprise: world.Party, visitor: Client) -> None:
    """allauth's own keys are never sent; forged ones of every shape are refused alike."""
    hostile = ["", "x", "1-abc", f"{enterprise.person.pk}-{secrets.token_hex(20)}", "MQ:1:abc", "a" * 500, "../../x"]
    for address, field, more in (
        ("auth/password/reset", "key", {"password": NEW["password"]}), ("auth/email/verify", "key", {}),
        ("auth/2fa/authenticate", "code", {}), ("auth/code/confirm", "code", {}),
    ):  # fmt: skip
        seen = set()
        for key in hostile[1:]:
            answer = visitor.post(f"{AUTH}/{address}", {field: key, **more}, content_type="application/json")
            assert 400 <= answer.status_code < 500, (address, key, answer.content)
            seen.add(answer.content)
        assert len(seen) <= 2, (address, seen)
    assert visitor.get("/api/v1/me").status_code == 401
    assert Person.objects.get(pk=enterprise.person.pk).check_password(world.PASSWORD)


def test_asking_for_a_new_password_does_the_same_for_known_and_unknown(
    enterprise: world.Party, visitor: Client, letters: Reader
) -> None:
    """The same body, and in the request as many reads and the same writing; the letter is the worker's."""
    confirm(enterprise.person.email)
    seen = []
    for email in (enterprise.person.email, "nobody@nowhere.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.post(f"{AUTH}/auth/password/request", {"email": email}, content_type="application/json")
        statements = [query["sql"].split("(")[0] for query in queries if query["sql"].startswith("INSERT")]
        # On PostgreSQL a read in steps begins with DECLARE … CURSOR FOR SELECT.
        reads = sum("SELECT " in query["sql"] for query in queries)
        seen.append((answer.status_code, answer.content, statements, reads))
    assert seen[0] == seen[1]
    assert letters.subjects("nobody@nowhere.example") == []
    assert letters.subjects(enterprise.person.email) == ["重设融桥密码"]
