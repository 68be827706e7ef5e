"""A throw-away Redis."""

import contextlib
from collections.abc import Iterator

from .running import folder_for_nobody, free_port, listens, program, running

REMEDY = "apt-get install redis-server"


def found() -> bool:
    """Whether this machine has the server."""
    return program("redis-server") is not None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address (REDIS_URL) of a server that lives as long as the context."""
    port = free_port()
    with folder_for_nobody() as folder:
        command = [str(program("redis-server")), "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
        with running([*command, "--dir", str(folder)], lambda: listens(port), folder / "log"):
            yield f"redis://127.0.0.1:{port}/0"
