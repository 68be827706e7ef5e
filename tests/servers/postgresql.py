"""A throw-away PostgreSQL."""

import contextlib
import signal
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
    with cluster() as (folder, port), started(folder, port) as address:
        yield address


@contextlib.contextmanager
def cluster() -> Iterator[tuple[Path, int]]:
    """A folder with an empty database and a port for it; nothing is started."""
    with folder_for_nobody() as folder:
        initdb = [str(_program("initdb")), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        subprocess.run(
            unprivileged([*initdb, "--no-sync", "--locale=C.UTF-8"]), check=True, stdout=subprocess.DEVNULL, cwd="/"
        )
        yield folder, free_port()


@contextlib.contextmanager
def copied(cluster_folder: Path) -> Iterator[tuple[Path, int]]:
    """A folder with a copy of a cluster that is not running, and a port for it."""
    with folder_for_nobody() as folder:
        subprocess.run(["cp", "-a", str(cluster_folder / "data"), str(folder)], check=True)
        yield folder, free_port()


@contextlib.contextmanager
def started(folder: Path, port: int) -> Iterator[str]:
    """The address of the cluster's server, which stops with the context and may be started again."""
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "fsync=off"]
    command = unprivileged([str(_program("postgres")), "-D", str(folder / "data"), *options])
    # SIGINT does not wait for its clients to leave.
    with running(command, lambda: listens(port), folder / "log", signal.SIGINT):
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"


def _program(name: str) -> str | None:
    return program(name, *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)))
