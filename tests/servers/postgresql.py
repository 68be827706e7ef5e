"""A throw-away PostgreSQL."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .running import folder_for_nobody, free_port, listens, program, running, unprivileged

REMEDY = "apt-get install postgresql"


def found() -> bool:
    """Whether this machine has the server's programs."""
    return _program("initdb") is not None and _program("postgres") is not None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address (DATABASE_URL) of a server that lives as long as the context."""
    port = free_port()
    with folder_for_nobody() as folder:
        data = folder / "data"
        initdb = [str(_program("initdb")), "-D", str(data), "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        subprocess.run(
            unprivileged([*initdb, "--no-sync", "--locale=C.UTF-8"]), check=True, stdout=subprocess.DEVNULL, cwd="/"
        )
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "fsync=off"]
        command = unprivileged([str(_program("postgres")), "-D", str(data), *options])
        with running(command, lambda: listens(port), folder / "log"):
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"


def _program(name: str) -> str | None:
    return program(name, *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)))
