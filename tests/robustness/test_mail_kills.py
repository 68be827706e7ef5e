"""kill -9 of the workers that send, while letters flow to a real mail server: none lost, at most one repeat a crash."""

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forms import form
from tests.robustness.installation import Installation, eventually, installed, told
from tests.robustness.test_kills import somebody_drains
from tests.servers import smtp
from tests.servers.smtp import MailServer

pytestmark = pytest.mark.embedded_only

SEED = 20261127
KILLS = form(full=44, quick=12)
LEASE_SECONDS = 2
QUIET = form(full=60, quick=20)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with smtp.server() as made:
        # Most of a letter's time lies between "taken" and the answer: there a crash is most unkind.
        made.delay, made.delay_of_answer = 0.01, 0.03
        yield made


@pytest.fixture
def place(tmp_path: Path, server: MailServer) -> Iterator[Installation]:
    environment = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "RONGQIAO_MAIL_LEASE": str(LEASE_SECONDS)}
    with installed(tmp_path, **environment) as made:
        yield made


def test_no_letter_is_lost_and_none_repeated_but_by_a_crash(place: Installation, server: MailServer) -> None:
    dice = random.Random(SEED)
    alive = place.folder / "workers"
    place.start("-m", "tests.robustness.workers", output=alive)
    people = write(place, 0)
    eventually(lambda: len(server.taken) >= QUIET, 60, f"{QUIET} letters\n{place.log()}")
    assert set(server.counted().values()) == {1}, "a repeat without a fault"

    for number in range(KILLS):
        worker = eventually(lambda number=number: another(alive, number), 20, f"the next worker\n{place.log()}")
        eventually(lambda: somebody_drains(place.folder), 20, f"a worker that sends\n{place.log()}")
        time.sleep(dice.uniform(0.0, 0.8))
        os.kill(worker, signal.SIGKILL)
        if number % 15 == 7:
            place.kill(people)
            people = write(place, number + 1)
    place.kill(people)

    states = eventually(lambda: all_sent(place.folder), 60, f"every letter sent\n{place.log()}")
    counted = server.counted()
    promised = {message_id for path in place.folder.glob("said-*") for message_id in told(path)}
    assert len(promised) > 3 * QUIET
    assert promised <= states, "said and lost"
    assert set(counted) == states, "sent and not in the database, or the other way round"
    repeats = sum(counted.values()) - len(counted)
    assert repeats <= KILLS
    assert len({taken.to for taken in server.taken}) == len(counted), "a repeat under another Message-ID"
    assert repeats > form(full=2, quick=0), "too few kills hit a letter between taken and answered to prove anything"
    print(f"{KILLS} kills, {len(counted)} letters, {repeats} repeats")


def write(place: Installation, number: int) -> "subprocess.Popen[bytes]":
    """Somebody who writes letters and says in a file of their own what was committed."""
    return place.start("-m", "tests.robustness.mail_driver", f"w{number}", output=place.folder / f"said-{number}")


def another(alive: Path, number: int) -> int | None:
    """The process id of the worker with that number, once it lives."""
    pids = told(alive)
    return pids[number] if len(pids) > number else None


def all_sent(folder: Path) -> set[str] | None:
    """The Message-IDs of all letters once each is sent."""
    connection = sqlite3.connect(folder / "rongqiao.sqlite3", timeout=10)
    try:
        rows = connection.execute("SELECT message_id, state FROM mailing_letter").fetchall()
    finally:
        connection.close()
    return {message_id for message_id, _ in rows} if all(state == "sent" for _, state in rows) else None
