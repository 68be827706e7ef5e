"""An installation of its own in a temporary folder: its commands, its long-running processes, their deaths."""

import contextlib
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

ROOT = Path(__file__).resolve().parents[2]
MANAGE = str(ROOT / "manage.py")
DATABASE = "rongqiao.sqlite3"

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


@contextlib.contextmanager
def installed(
    folder: Path, settings: str = "embedded", of: type[Installation] = Installation, **environment: str
) -> Iterator[Installation]:
    """An installation with its tables; what still runs at the end is killed."""
    made = of(folder, settings, **environment)
    if settings == "embedded" and "DATABASE_URL" not in environment:
        (folder / DATABASE).write_bytes(_empty_database())
    else:
        made.manage("migrate", "--verbosity", "0")
    try:
        yield made
    finally:
        for process in made.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@cache
def _empty_database() -> bytes:
    """The file of an embedded database with its tables, made once a run: making them takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        Installation(Path(folder)).manage("migrate", "--verbosity", "0")
        with contextlib.closing(sqlite3.connect(Path(folder) / DATABASE)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (Path(folder) / DATABASE).read_bytes()


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


def settled(truth: Mapping[str, Any]) -> bool:
    """Whether nothing waits and nothing differs between database, index and pairings."""
    return not any(truth[name] for name in ("waiting", "set_aside", "differs", "unlike", "closed", "stale", "unpaired"))
