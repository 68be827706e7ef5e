"""An installation of its own in a temporary folder: its commands, its long-running processes, their deaths."""

import contextlib
import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
MANAGE = str(ROOT / "manage.py")
DATABASE = "rongqiao.sqlite3"
SHARED = "SHARED_BY_ALL_TESTS"
"""The variable that names a folder, in a whole run."""

# How many times as long as an idle machine a busy or slow one is given.
PATIENCE = 5


class Installation:
    """Where the product under test lives, and every process that was started for it."""

    def __init__(self, folder: Path, settings: str = "embedded", **environment: str) -> None:
        self.folder = folder
        own = {name: value for name, value in os.environ.items() if not name.startswith(("RONGQIAO_", "DATABASE_"))}
        self.environment = {
            **own,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
            "DJANGO_SETTINGS_MODULE": f"rongqiao.config.settings.{settings}",
            "RONGQIAO_VAR": str(folder),
            "RONGQIAO_ENCODER": "none",
            "OMP_NUM_THREADS": "1",
            **environment,
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.kills = 0

    def manage(self, *arguments: str) -> str:
        """A management command to its end: its output."""
        return self.run(MANAGE, *arguments)

    def run(self, *arguments: str) -> str:
        """A Python program to its end: its output. AssertionError with its errors when it fails."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True,
            timeout=60 * PATIENCE,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"
        return done.stdout

    def start(self, *arguments: str, output: Path | None = None) -> "subprocess.Popen[bytes]":
        """A Python program in the background, in a group of its own so that its children die with it."""
        with (output or self.folder / "log").open("ab") as out, (self.folder / "log").open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, *arguments], env=self.environment, cwd=ROOT, stdout=out, stderr=errors,
                start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """kill -9 the process and its children. AssertionError when it had ended by itself."""
        ended = process.poll()
        assert ended is None, f"{process.args!r} ended by itself with {ended}:\n{self.log()}"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.kills += 1

    def log(self) -> str:
        """The end of what the processes wrote to their standard error."""
        return (self.folder / "log").read_text(errors="replace")[-3000:]


class Workers:
    """One worker after the other, each forked when the one before has died."""

    def __init__(self, place: Installation, name: str = "workers") -> None:
        self.place = place
        self.said = place.folder / name
        self.process = place.start("-m", "tests.robustness.workers", output=self.said)

    def kill(self) -> None:
        """kill -9 the one that works, and wait for the next."""
        dying = eventually(lambda: told(self.said), 20, f"a worker\n{self.place.log()}")[-1]
        os.kill(dying, signal.SIGKILL)
        eventually(lambda: told(self.said)[-1] != dying, 20, "another worker")
        self.place.kills += 1


@contextlib.contextmanager
def installed(
    folder: Path, settings: str = "embedded", of: type[Installation] = Installation, **environment: str
) -> Iterator[Installation]:
    """An installation with its tables, on SQLite or in the database of its DATABASE_URL, which has them already; what still
    runs at the end is killed."""
    made = of(folder, settings, **environment)
    if "DATABASE_URL" not in environment:
        (folder / DATABASE).write_bytes(empty_database())
    try:
        yield made
    finally:
        for process in made.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def in_a_run() -> bool:
    """Whether `python -m tests` started this process and others beside it."""
    return SHARED in os.environ


@cache
def empty_database() -> bytes:
    """The file of an embedded database with its tables. Made once a run, by the first of its processes that asks: making
    it takes longer than most tests."""
    with contextlib.ExitStack() as stack:
        folder = Path(os.environ.get(SHARED) or stack.enter_context(tempfile.TemporaryDirectory()))
        lock = stack.enter_context((folder / "making").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        whole = folder / "empty.sqlite3"
        if not whole.exists():
            Installation(folder).manage("migrate", "--verbosity", "0")
            with contextlib.closing(sqlite3.connect(folder / DATABASE)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (folder / DATABASE).rename(whole)
        return whole.read_bytes()


def told(path: Path) -> list[Any]:
    """The whole lines of JSON in a file; the last one may have been cut by a kill."""
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


def eventually(holds: Any, seconds: float, what: str) -> Any:
    """The first true value of `holds()`, asked again and again. AssertionError after so many seconds of a machine
    with nothing else to do."""
    end = time.monotonic() + seconds * PATIENCE
    while not (value := holds()):
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.05)
    return value


def waiting_at(address: str) -> int:
    """How many events wait in a PostgreSQL. Asked in this process: `verify` starts one of its own for each answer."""
    with psycopg.connect(address) as connection:
        (count,) = connection.execute("SELECT count(*) FROM outbox_event WHERE set_aside_at IS NULL").fetchone()
    return int(count)


def settled(truth: Mapping[str, Any]) -> bool:
    """Whether nothing waits and nothing differs between database, index and pairings."""
    return not any(truth[name] for name in ("waiting", "set_aside", "differs", "unlike", "closed", "stale", "unpaired"))
