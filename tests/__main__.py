"""`python -m tests`: everything that must hold, in one run. Says at the end what was left out and how to have it.

RONGQIAO_EVERY_SERVICE=1 turns a server that is not found into a failure, and fetches the one that no system package has.
Arguments go to pytest and skip the checks of style.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.servers import elasticsearch, postgresql, redis

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
NO_TESTS = 5


def main(rest: list[str]) -> int:
    """Run the steps; the exit status is 0 only when every one of them passed."""
    if os.environ.get("RONGQIAO_EVERY_SERVICE"):
        elasticsearch.fetch()
    if rest:
        return step("pytest", [sys.executable, "-m", "pytest", *rest])
    failed = [name for name, command in CHECKS.items() if step(name, command)]
    if step("pytest", [sys.executable, "-m", "pytest", "-q"]):
        failed.append("pytest")
    left_out = []
    if postgresql.found():
        failed += on_postgresql()
    else:
        left_out.append(f"the rooms on PostgreSQL ({postgresql.REMEDY})")
    if not redis.found():
        left_out.append(f"Celery on Redis ({redis.REMEDY})")
    if not elasticsearch.found():
        left_out.append(f"search on Elasticsearch ({elasticsearch.REMEDY})")
    if left_out and os.environ.get("RONGQIAO_EVERY_SERVICE"):
        failed.append("a server was not found")
    if not os.environ.get("RONGQIAO_REAL_DATA"):
        left_out.append("the main job on real data (set RONGQIAO_REAL_DATA to its folder)")
    return report(failed, left_out)


CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "import contracts": [str(BIN / "lint-imports")],
    "mypy": [str(BIN / "mypy")],
}


def on_postgresql() -> list[str]:
    """The tests of the rooms again, on a real PostgreSQL."""
    with postgresql.server() as address:
        command = [sys.executable, "-m", "pytest", "-q", "-m", "server_side and not embedded_only"]
        status = step("pytest on PostgreSQL", command, DATABASE_URL=address)
    return [] if status == 0 else ["pytest on PostgreSQL"]


def step(name: str, command: list[str], **environment: str) -> int:
    """One step with its time."""
    print(f"— {name}", flush=True)
    begun = time.monotonic()
    status = subprocess.call(command, cwd=ROOT, env={**os.environ, **environment})
    print(f"— {name}: {'ok' if status == 0 else f'exit {status}'}, {time.monotonic() - begun:.0f} s", flush=True)
    return status


def report(failed: list[str], left_out: list[str]) -> int:
    """The last lines: what was left out, what failed."""
    for each in left_out:
        print(f"LEFT OUT: {each}")
    print(f"FAILED: {', '.join(failed)}" if failed else "All steps passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
