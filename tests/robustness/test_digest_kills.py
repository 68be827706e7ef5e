"""Digests under kill -9 of workers and of the mail server, with answers that get lost: none lost, none told twice.

A digest is told once whatever dies; its letter may be taken twice for each crash or lost answer, with one Message-ID.
"""

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forms import form
from tests.robustness.installation import DATABASE, Installation, eventually, installed
from tests.robustness.test_kills import somebody_drains
from tests.robustness.test_mail_kills import another
from tests.servers import smtp
from tests.servers.smtp import TAKE_AND_HANG_UP, MailServer

pytestmark = pytest.mark.embedded_only

SEED = 20261128
RECIPIENTS = form(full=10_000, quick=120)
WORKER_KILLS = form(full=300, quick=8)
SERVER_KILLS = form(full=20, quick=1)
DROPPED = 0.02
PATIENCE = form(full=7_200, quick=120)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with smtp.server() as made:
        made.delay_of_answer = 0.02
        dice = random.Random(SEED)
        made.at_data.extend(TAKE_AND_HANG_UP if dice.random() < DROPPED else "" for _ in range(RECIPIENTS))
        made.at_data[min(10, RECIPIENTS - 1)] = TAKE_AND_HANG_UP
        yield made


@pytest.fixture
def place(tmp_path: Path, server: MailServer) -> Iterator[Installation]:
    environment = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "RONGQIAO_MAIL_LEASE": "2"}
    with installed(tmp_path, **environment) as made:
        yield made


def test_each_digest_arrives_and_none_is_told_twice(place: Installation, server: MailServer) -> None:
    dropped = server.at_data.count(TAKE_AND_HANG_UP)
    place.run("-m", "tests.robustness.digest_filling", str(RECIPIENTS))
    alive = place.folder / "workers"
    place.start("-m", "tests.robustness.workers", output=alive)
    kills = shoot(place, server, alive)
    eventually(lambda: all_sent(place.folder), PATIENCE, f"every letter sent\n{place.log()}")
    told = rows(place.folder, "SELECT person_id, count(*) FROM digests_digest WHERE outcome = 'sent' GROUP BY person_id")
    assert len(told) == RECIPIENTS, "somebody was told nothing"
    assert {count for _, count in told} == {1}, "somebody was told twice"
    counted = server.counted()
    assert len({taken.to for taken in server.taken}) == RECIPIENTS, "a letter was lost"
    by_person = Counter(to for to, _ in {(taken.to, taken.message_id) for taken in server.taken})
    assert set(by_person.values()) == {1}, "a repeat under another Message-ID"
    repeats = sum(counted.values()) - len(counted)
    assert repeats <= kills + dropped, "more repeats than faults"
    assert repeats >= 1, "the lost answer should have brought one"
    print(f"{RECIPIENTS} digests, {kills} kills, {dropped} answers lost, {repeats} repeats")


def shoot(place: Installation, server: MailServer, alive: Path) -> int:
    """Kill the workers one after the other, and now and then the server. Returns how many deaths there were."""
    dice = random.Random(SEED)
    for number in range(WORKER_KILLS):
        worker = eventually(lambda number=number: another(alive, number), 20, f"the next worker\n{place.log()}")
        eventually(lambda: somebody_drains(place.folder), 20, f"a worker that tells\n{place.log()}")
        time.sleep(dice.uniform(0.2, 1.5))
        os.kill(worker, signal.SIGKILL)
        if number % max(WORKER_KILLS // SERVER_KILLS, 1) == WORKER_KILLS // SERVER_KILLS // 2:
            server.stop()
            time.sleep(dice.uniform(0.1, 0.5))
            server.start()
    return WORKER_KILLS + SERVER_KILLS


def all_sent(folder: Path) -> bool:
    """Whether nobody is due any more and each letter is sent. Those that were put off are due at once: nobody waits here."""
    database = sqlite3.connect(folder / DATABASE, timeout=20)
    try:
        with database:
            database.execute("UPDATE mailing_letter SET due_at = queued_at WHERE state IN ('queued', 'awaiting_retry')")
        (due,) = database.execute("SELECT count(*) FROM outbox_event WHERE consumer = 'digests'").fetchone()
        (waiting,) = database.execute("SELECT count(*) FROM mailing_letter WHERE state != 'sent'").fetchone()
    finally:
        database.close()
    time.sleep(0.5)
    return not due and not waiting


def rows(folder: Path, sql: str) -> list[tuple[int, int]]:
    """What the database says."""
    database = sqlite3.connect(folder / DATABASE, timeout=20)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()
