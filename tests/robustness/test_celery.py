"""A deployment on servers: PostgreSQL, Redis, `celery worker --beat`. The work lies in the database; Redis may die."""

import json
import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.robustness.installation import Installation, eventually, installed, settled, told, waiting_at
from tests.robustness.services import need
from tests.servers import redis
from tests.servers.running import free_port, listens

pytestmark = [pytest.mark.postgresql, pytest.mark.redis, pytest.mark.embedded_only]

CELERY = ("-m", "celery", "-A", "rongqiao.config.celery", "worker", "--beat", "--concurrency", "1", "--loglevel", "WARNING")


class Deployment(Installation):
    """An installation on servers, with a Redis that can be killed and started again at the same port."""

    port = 0

    def start_redis(self) -> None:
        """An empty Redis."""
        command = [str(redis.program("redis-server")), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        with (self.folder / "redis.log").open("ab") as log:
            self.redis = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=log, start_new_session=True)
        self.processes.append(self.redis)
        eventually(lambda: listens(self.port), 10, "Redis")

    def work(self, number: int, commits: int) -> list[dict[str, Any]]:
        """People at work until they have committed so much; nobody drains in their process."""
        said = self.folder / f"said-{number}"
        people = self.start("-m", "tests.robustness.driver", str(number), output=said)
        eventually(lambda: len(told(said)) >= commits, 30, f"{commits} commits")
        self.kill(people)
        return told(said)

    def truth(self) -> dict[str, Any]:
        """What is true now."""
        found: dict[str, Any] = json.loads(self.run("-m", "tests.robustness.verify"))
        return found


@pytest.fixture
def place(tmp_path: Path, database: str) -> Iterator[Deployment]:
    need(redis)
    port = free_port()
    environment = {
        "DATABASE_URL": database,
        "REDIS_URL": f"redis://127.0.0.1:{port}/0",
        "RONGQIAO_SECRET": secrets.token_urlsafe(60),
        "RONGQIAO_HOSTS": "platform.example",
        "RONGQIAO_URL": "https://platform.example",
        "RONGQIAO_MAIL": "off",
    }
    with installed(tmp_path, "production", Deployment, **environment) as made:
        assert isinstance(made, Deployment)
        made.port = port
        yield made


def test_the_worker_drains_and_a_dead_redis_loses_nothing(place: Deployment) -> None:
    place.start_redis()
    place.run("-m", "tests.robustness.driver", "parties")
    worker = place.start(*CELERY, "--schedule", str(place.folder / "beat"), "--pidfile", "")
    said = place.work(1, 15)
    found = arrived(place)
    assert found["pairings"] > 0

    os.killpg(place.redis.pid, signal.SIGKILL)
    place.redis.wait()
    said += place.work(2, 15)
    place.start_redis()
    # Celery may end when its broker does, at once or a while later; in a deployment its supervisor starts it again.
    if worker.poll() is not None:
        worker = place.start(*CELERY, "--schedule", str(place.folder / "beat"), "--pidfile", "")
    said += place.work(3, 5)
    found = arrived(place)
    for line in said:
        assert found["postings"][str(line["id"])][0] >= line["version"]
    if worker.poll() is None:
        place.kill(worker)


def arrived(place: Deployment) -> dict[str, Any]:
    """What is true once the outbox is empty: index and pairings must be right then."""

    def empty() -> dict[str, Any] | None:
        found = place.truth()
        return None if found["waiting"] else found

    eventually(lambda: not waiting_at(place.environment["DATABASE_URL"]), 60, f"the outbox empty\n{place.log()}")
    found: dict[str, Any] = eventually(empty, 60, f"the outbox empty\n{place.log()}")
    assert settled(found), {name: value for name, value in found.items() if name != "postings"}
    return found
