"""Signing in: nothing tells whether there is an account, too many tries rest, a new password ends every sign-in."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import hashers
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rongqiao.parties.models import Person, SignIn
from tests import world

pytestmark = pytest.mark.django_db
AUTH = "/api/auth/browser/v1"


def login(client: Client, email: str, password: str = world.PASSWORD) -> Any:
    return client.post(f"{AUTH}/auth/login", {"email": email, "password": password}, content_type="application/json")


@pytest.fixture(autouse=True)
def counted(settings: Any) -> Iterator[None]:
    """Limits on tries, as in the product."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
    cache.clear()
    yield
    cache.clear()


def test_no_such_account_and_wrong_password_are_the_same_to_see_and_to_time(enterprise, monkeypatch) -> None:
    """Equal bodies, equal work: as many password hashes and as many statements. (Time itself is measured by a command.)"""
    made: list[str] = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *args, **more: made.append("hash") or encode(self, *args, **more)
    )
    seen = []
    for email in (enterprise.person.email, "nobody@nowhere.example"):
        made.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = login(Client(), email, "not the password")
        statements = [query["sql"].split(" ")[0] for query in queries]
        seen.append((answer.status_code, answer.content, len(made), statements.count("INSERT"), len(statements)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 400
    assert seen[0][2] >= 1


def test_too_many_tries_rest_and_the_owner_is_told_once(enterprise, letters) -> None:
    for _ in range(5):
        assert login(Client(), enterprise.person.email, "wrong").status_code == 400
    for _ in range(3):
        refused = login(Client(), enterprise.person.email)
        assert refused.json()["errors"][0]["code"] == "throttled"
    assert letters.subjects(enterprise.person.email) == ["登录尝试过多，已暂停片刻"]
    rows = enterprise.get("me/sign-ins").json()["results"]
    assert [row["outcome"] for row in rows] == ["locked"] * 3 + ["wrong_password"] * 5


def test_the_log_is_one_s_own_and_tells_of_those_that_worked(enterprise, college) -> None:
    assert login(Client(headers={"User-Agent": "Desk"}), enterprise.person.email).status_code == 200
    (row,) = enterprise.get("me/sign-ins").json()["results"]
    assert (row["outcome"], row["agent"], row["address"]) == ("done", "Desk", "127.0.0.1")
    assert college.get("me/sign-ins").json()["count"] == 0


def test_a_new_password_comes_by_letter_and_ends_every_sign_in(enterprise, letters, stranger) -> None:
    email = enterprise.person.email
    desk, phone = Client(), Client()
    login(desk, email)
    login(phone, email)
    asked = stranger.post(f"{AUTH}/auth/password/request", {"email": email}, content_type="application/json")
    unknown = stranger.post(
        f"{AUTH}/auth/password/request", {"email": "nobody@nowhere.example"}, content_type="application/json"
    )
    assert (asked.status_code, asked.content) == (unknown.status_code, unknown.content)
    path = letters.link(email)
    new = "A-quite-new-password-9"
    assert stranger.post(path, {"password": "password12", "again": "password12"}).status_code == 400
    assert stranger.post(path, {"password": new, "again": new}).status_code == 200
    assert stranger.post(path, {"password": new, "again": new}).status_code == 410
    assert desk.get("/api/v1/me").status_code == phone.get("/api/v1/me").status_code == 401
    assert login(Client(), email).status_code == 400
    assert login(Client(), email, new).status_code == 200
    assert letters.subjects(email) == ["重设融桥密码", "您的融桥密码已更改"]


def test_asking_again_makes_the_earlier_link_void(enterprise, letters, stranger) -> None:
    paths = []
    for _ in range(2):
        stranger.post(
            f"{AUTH}/auth/password/request", {"email": enterprise.person.email}, content_type="application/json"
        )
        paths.append(letters.link(enterprise.person.email))
    assert [stranger.get(path).status_code for path in paths] == [410, 200]


def test_one_sees_one_s_sessions_and_ends_them(enterprise) -> None:
    desk, phone = Client(headers={"User-Agent": "Desk"}), Client(headers={"User-Agent": "Phone"})
    login(desk, enterprise.person.email)
    login(phone, enterprise.person.email)
    assert phone.get("/api/v1/me").status_code == 200
    sessions = desk.get(f"{AUTH}/auth/sessions").json()["data"]
    lost = next(row["id"] for row in sessions if row["user_agent"] == "Phone")
    desk.delete(f"{AUTH}/auth/sessions", {"sessions": [lost]}, content_type="application/json")
    assert phone.get("/api/v1/me").status_code == 401
    assert desk.get("/api/v1/me").status_code == 200


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_who_operates_needs_a_one_time_code_where_the_setting_says_so(operator, enterprise, settings) -> None:
    settings.RONGQIAO_SECOND_FACTOR = True
    client = Client()
    login(client, operator.person.email)
    assert client.get("/api/v1/me").json()["second_factor"] is False
    refused = client.get("/api/v1/health")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "second_factor_required")
    assert enterprise.get("postings?mine=1").status_code == 200, "a clerk needs none"

    once_more = {"password": world.PASSWORD}
    assert client.post(f"{AUTH}/auth/reauthenticate", once_more, content_type="application/json").status_code == 200
    secret = client.get(f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"]
    totp = f"{AUTH}/account/authenticators/totp"
    enabled = client.post(totp, {"code": code_of(secret)}, content_type="application/json")
    assert enabled.status_code == 200, enabled.content
    again = Client()
    assert login(again, operator.person.email).status_code == 401, "the password alone is not enough any more"
    wrong = again.post(f"{AUTH}/auth/2fa/authenticate", {"code": "000000"}, content_type="application/json")
    assert wrong.status_code == 400
    assert SignIn.objects.filter(outcome="wrong_code", person=operator.person).count() == 1
    right = again.post(f"{AUTH}/auth/2fa/authenticate", {"code": fresh(secret)}, content_type="application/json")
    assert right.status_code == 200, right.content
    assert again.get("/api/v1/health").status_code == 200
    assert again.get("/api/v1/me").json()["second_factor"] is True


def fresh(secret: str) -> str:
    """A code that has not been used: the next one, which is valid a little before its time."""
    counter = max(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_the_first_operator_is_made_by_a_command(monkeypatch) -> None:
    monkeypatch.setenv("RONGQIAO_OPERATOR_PASSWORD", "short")
    with pytest.raises(CommandError, match="密码"):
        call_command("create_operator", "ops@platform.example")
    assert not Person.objects.exists()
    monkeypatch.setenv("RONGQIAO_OPERATOR_PASSWORD", "The-first-operator-1")
    call_command("create_operator", "Ops@Platform.example", "--name", "值班员")
    client = Client()
    assert login(client, "ops@platform.example", "The-first-operator-1").status_code == 200
    assert client.get("/api/v1/health").status_code == 200
    with pytest.raises(CommandError, match="已经"):
        call_command("create_operator", "ops@platform.example")
    call_command("create_operator", "second@platform.example")
    assert Person.objects.get(email="second@platform.example").active_memberships[0].organisation_id == (
        Person.objects.get(email="ops@platform.example").active_memberships[0].organisation_id
    )


def test_the_notice_is_read_and_agreed_to_in_one_s_language(db, visitor) -> None:
    assert visitor.get("/api/v1/privacy").json()["text"].startswith("# 融桥隐私声明")
    english = visitor.get("/api/v1/privacy", headers={"Accept-Language": "en"}).json()
    assert "融桥隐私声明</h1>" in visitor.get("/privacy").content.decode()
    assert english["text"].startswith("# Rongqiao privacy notice")
    person = Person.objects.create_user("new@x.example", world.PASSWORD)
    client = Client()
    client.force_login(person, backend=world.BACKEND)
    body = {"name": "演示厂", "party_type": "enterprise", "region_code": "500101"}
    refused = client.post("/api/v1/organisations", body, content_type="application/json")
    assert refused.json()["errors"][0]["code"] == "consent_required"
    old = client.post("/api/v1/me/consents", {"version": "2020-01"}, content_type="application/json")
    assert old.status_code == 409
    agreed = client.post("/api/v1/me/consents", {"version": english["version"]}, content_type="application/json")
    assert agreed.status_code == 201
    assert client.post("/api/v1/organisations", body, content_type="application/json").status_code == 201
