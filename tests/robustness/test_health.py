"""Alive, ready, and what a visitor hears when the database is away."""

import json
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.robustness.installation import eventually, installed
from tests.servers import postgresql
from tests.servers.running import free_port


def test_alive_without_a_database() -> None:
    """No database mark: a query would fail this test."""
    answer = Client().get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_with_every_migration_and_not_without_one() -> None:
    assert Client().get("/health/ready").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'recommending'")
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["status"] == "migrations waiting"


@pytest.mark.django_db
@pytest.mark.embedded_only
def test_search_being_away_is_degraded_and_not_unready(settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("an index cannot be in a file")
    settings.RONGQIAO_INDEX = tmp_path / "file"
    assert Client().get("/health/ready").status_code == 200
    answer = Client().get("/api/v1/search?q=焊工")
    assert answer.status_code == 200


@pytest.mark.postgresql
def test_when_the_database_dies_visitors_hear_503_and_it_comes_back_by_itself(
    tmp_path: Path, cluster: tuple[Path, int]
) -> None:
    port = free_port()
    with ExitStack() as all_of_it:
        with postgresql.started(*cluster) as address:
            place = all_of_it.enter_context(installed(tmp_path, DATABASE_URL=address))
            place.start(
                "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws", "--log-level", "warning",
                "rongqiao.config.wsgi:application",
            )  # fmt: skip
            eventually(lambda: status(port, "/health/ready") == 200, 30, "ready")
            assert status(port, "/api/v1/postings") == 200
        assert status(port, "/health/live") == 200
        assert status(port, "/health/ready") == 503
        for path in ("postings", "organisations", "codes", "me", "postings/1"):
            assert status(port, f"/api/v1/{path}") == 503, path
        with postgresql.started(*cluster):
            eventually(lambda: status(port, "/api/v1/postings") == 200, 20, "service after the database came back")


def status(port: int, path: str) -> int:
    """The status of an answer; an error's shape is looked at too. 0 when nobody listens."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": "sessionid=" + "a" * 32})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        said = json.load(answer)
        assert "health" in path or said["errors"][0]["remedy"]
        return int(answer.code)
    except OSError:
        return 0
