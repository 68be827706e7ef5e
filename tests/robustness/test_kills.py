"""kill -9 of the worker, the server and those who publish, at any moment: nothing is missing, stale or a ghost."""

import fcntl
import http.client
import json
import random
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.forms import form
from tests.robustness.installation import Installation, Workers, eventually, installed, settled, told
from tests.servers.running import free_port

pytestmark = pytest.mark.embedded_only

SEED = 20261122
WORKER_KILLS = form(full=30, quick=8)
REBUILD_KILLS = form(full=10, quick=3)
SERVER_KILLS = form(full=6, quick=2)
LEAST_KILLS = form(full=40, quick=12)
WISH = "rebuild, please"
TOKEN = "a" * 32


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path) as made:
        yield made


def test_nothing_is_lost_when_workers_servers_and_drivers_are_killed(place: Installation) -> None:
    dice = random.Random(SEED)
    session = place.run("-m", "tests.robustness.driver", "parties").strip()
    people = People(place, dice)
    during_rebuild = kill_workers(place, people, dice)
    kill_servers(place, session, dice)
    people.stop()
    assert place.kills >= LEAST_KILLS
    assert REBUILD_KILLS <= during_rebuild < WORKER_KILLS, "too few kills hit a rebuild to prove anything of it"

    found = eventually(lambda: drained(place), 40, "the outbox empty, the index and the pairings right")
    postings = found["postings"]
    said = [line for path in place.folder.glob("said-*") for line in told(path)]
    assert len(said) > form(full=100, quick=30)
    for line in said:
        version, status = postings[str(line["id"])]
        assert version >= line["version"], f"committed and lost: {line}"
        assert version > line["version"] or status == line["status"]
    assert found["pairings"] > form(full=100, quick=30)
    assert found["rebuilt"] > 0


def drained(place: Installation) -> dict[str, Any] | None:
    """What is true after a drain, None while events wait for their next try; a fault fails at once."""
    place.manage("outbox", "drain")
    found: dict[str, Any] = json.loads(place.run("-m", "tests.robustness.verify"))
    if found["waiting"]:
        return None
    assert settled(found), {name: value for name, value in found.items() if name != "postings"}
    return found


class People:
    """The process that publishes; killed now and then like the others, and followed by the next."""

    def __init__(self, place: Installation, dice: random.Random) -> None:
        self.place = place
        self.dice = dice
        self.number = 0
        self.come()

    def come(self) -> None:
        """The next ones start work; what they commit they say in a file of their own."""
        self.number += 1
        self.process = self.place.start(
            "-m", "tests.robustness.driver", str(SEED + self.number), output=self.place.folder / f"said-{self.number}"
        )

    def maybe_die(self) -> None:
        """One time in five."""
        if self.dice.random() < 0.2:
            self.stop()
            self.come()

    def stop(self) -> None:
        """Killed."""
        self.place.kill(self.process)


def kill_workers(place: Installation, people: People, dice: random.Random) -> int:
    """Kill the worker that drains; the next one, which was waiting, takes over. Returns the kills in a rebuild."""
    workers = [Workers(place, f"workers-{number}") for number in range(2)]
    hits = 0
    for number in range(WORKER_KILLS):
        eventually(lambda: somebody_drains(place.folder), 20, f"a worker that drains\n{place.log()}")
        if number >= WORKER_KILLS - REBUILD_KILLS:
            (place.folder / WISH).touch(exist_ok=True)
            eventually(lambda: rebuilding(place.folder), 20, "a rebuild under way")
            time.sleep(dice.uniform(0.0, 0.4))
        else:
            time.sleep(dice.uniform(0.0, 1.2))
        hits += rebuilding(place.folder)
        workers[number % 2].kill()
        people.maybe_die()
    for worker in workers:
        place.kill(worker.process)
    return hits


def kill_servers(place: Installation, session: str, dice: random.Random) -> None:
    """Kill the web server with its worker thread, while a browser publishes through it; none before it published."""
    port = free_port()
    stop = threading.Event()
    said = place.folder / "said-http"
    browser = threading.Thread(target=publish_by_http, args=(port, session, stop, said))
    browser.start()
    try:
        for _ in range(SERVER_KILLS):
            server = place.start(
                "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4", "--no-ws",
                "--log-level", "warning", "rongqiao.config.wsgi:application",
            )  # fmt: skip
            before = len(told(said))
            published = f"postings published through the server\n{place.log()}"
            eventually(lambda before=before: len(told(said)) > before + 1, 30, published)
            time.sleep(dice.uniform(0.0, 1.4))
            place.kill(server)
    finally:
        stop.set()
        browser.join()
    assert len(told(said)) > SERVER_KILLS


def publish_by_http(port: int, session: str, stop: threading.Event, said: Path) -> None:
    """Draft and publish again and again; what was answered with success is written down."""
    with said.open("w") as file:
        while not stop.is_set():
            try:
                draft = posted(port, session, "postings", {"kind": "talent_need", "title": "焊工（网页发布）"})
                step = {"version": draft["version"]}
                done = posted(port, session, f"postings/{draft['id']}/steps/publish", step)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.1)
            else:
                file.write(json.dumps({name: done[name] for name in ("id", "version", "status")}) + "\n")
                file.flush()


def posted(port: int, session: str, path: str, data: dict[str, Any]) -> Any:
    """POST as the clerk, cookie and CSRF token as a browser sends them."""
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/{path}", json.dumps(data).encode(), headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def somebody_drains(folder: Path) -> bool:
    """Whether a process holds the drainer's lock."""
    with (folder / "worker.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def rebuilding(folder: Path) -> bool:
    """Whether a rebuild is under way at this moment."""
    query = "SELECT count(*) FROM indexing_indexrun WHERE state = 'running'"
    connection = sqlite3.connect(folder / "rongqiao.sqlite3", timeout=10)
    try:
        return bool(connection.execute(query).fetchone()[0])
    finally:
        connection.close()
