"""The product as it is served: its own process, its own worker, a small region, and the built pages."""

import contextlib
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.robustness.installation import empty_database
from tests.servers.running import free_port, running

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


@contextlib.contextmanager
def served(folder: Path, *more: str) -> Iterator[str]:
    """The address of a server on a database of its own below the folder; `more` are modules that add to the region."""
    (folder / "story.sqlite3").write_bytes(empty_database())
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    own = {
        "RONGQIAO_VAR": str(folder),
        "RONGQIAO_URL": address,
        "RONGQIAO_ENCODER": "none",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
        "DJANGO_SETTINGS_MODULE": "rongqiao.config.settings.embedded",
        "DATABASE_URL": f"sqlite:///{folder / 'story.sqlite3'}",
    }
    environment = {**os.environ, **own}
    region = [sys.executable, "-m", "tests.story.small_region", *more]
    subprocess.run(region, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
    server.append("rongqiao.config.wsgi:application")
    named = ["env", *(f"{name}={value}" for name, value in own.items())]
    with running([*named, *server], lambda: answers(address), folder / "log", seconds=START_SECONDS):
        yield address


def answers(address: str) -> bool:
    """Whether the server is up."""
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
