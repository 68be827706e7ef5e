"""The settings of a deployment on servers refuse to start on what is missing or unsafe, and say what to set."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.robustness.installation import ROOT

GOOD = {
    "RONGQIAO_SECRET": secrets.token_urlsafe(60),
    "RONGQIAO_HOSTS": "platform.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "RONGQIAO_URL": "https://platform.example",
    "EMAIL_URL": "smtp+tls://user:word@127.0.0.1:1",
    "RONGQIAO_MAIL_FROM": "融桥 <no-reply@platform.example>",
}
LOOK = """
from rongqiao.config.settings import production as p
print(p.EMAIL_USE_TLS, p.RONGQIAO_MAIL_SHOWN, end=" ")
print(p.DEBUG, p.SESSION_COOKIE_SECURE, p.CSRF_COOKIE_SECURE, p.SECURE_SSL_REDIRECT, p.ALLOWED_HOSTS)
"""


def python(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A Python process with exactly these settings."""
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    kept |= {"RONGQIAO_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rongqiao.config.settings.production"}
    return subprocess.run(
        [sys.executable, *arguments], env={**kept, **environment}, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("given", ["absent", "empty"])
def test_without_one_of_them_it_does_not_start(tmp_path: Path, name: str, given: str) -> None:
    environment = {key: value for key, value in GOOD.items() if key != name} | ({name: ""} if given == "empty" else {})
    done = python(tmp_path, "-c", LOOK, **environment)
    assert done.returncode != 0
    assert f"{name} is not set. " in done.stderr


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", LOOK, **{**GOOD, "RONGQIAO_SECRET": "short"})
    assert done.returncode != 0
    assert "RONGQIAO_SECRET is shorter" in done.stderr
    assert "'short'" not in done.stderr


@pytest.mark.parametrize("hosts", ["*", "platform.example,*", " , "])
def test_any_host_at_all_is_refused(tmp_path: Path, hosts: str) -> None:
    done = python(tmp_path, "-c", LOOK, **{**GOOD, "RONGQIAO_HOSTS": hosts})
    assert done.returncode != 0
    assert "RONGQIAO_HOSTS" in done.stderr


def test_with_all_of_them_it_is_shut_where_it_must_be(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", LOOK, **GOOD)
    assert done.stdout.strip() == "True False False True True True ['platform.example']", done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("RONGQIAO_URL", "http://platform.example"), ("RONGQIAO_MAIL_FROM", "融桥")]
)
def test_an_address_that_would_not_do_is_refused(tmp_path: Path, name: str, value: str) -> None:
    done = python(tmp_path, "-c", LOOK, **{**GOOD, name: value})
    assert done.returncode != 0
    assert f"{name} " in done.stderr


def test_without_mail_it_starts_when_that_is_said(tmp_path: Path) -> None:
    silent = {name: value for name, value in GOOD.items() if name not in ("EMAIL_URL", "RONGQIAO_MAIL_FROM")}
    look = "from rongqiao.config.settings import production as p; print(p.RONGQIAO_MAIL)"
    done = python(tmp_path, "-c", look, **silent, RONGQIAO_MAIL="off")
    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.parametrize(
    ("url", "secured"), [("smtp://h:25", (False, False)), ("smtp+tls://h:587", (True, False)), ("smtps://h:465", (False, True))]
)
def test_the_address_of_the_mail_server_says_how_it_is_secured(tmp_path: Path, url: str, secured: tuple[bool, bool]) -> None:
    look = "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
    done = python(tmp_path, "-c", look, **{**GOOD, "EMAIL_URL": url})
    assert done.stdout.strip() == f"h {secured[0]} {secured[1]}", done.stderr


def test_elasticsearch_wants_its_address(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", LOOK, **GOOD, RONGQIAO_SEARCH_ENGINE="elasticsearch")
    assert done.returncode != 0
    assert "ELASTICSEARCH_URL is not set. " in done.stderr
