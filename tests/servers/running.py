"""Starting a server, waiting until it answers, and stopping it again."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

START_SECONDS = 30.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str, *more_folders: str) -> str | None:
    """Where a program is, on the path or in folders where distributions hide it."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(more_folders))


def unprivileged(command: Sequence[str]) -> list[str]:
    """The command as a user that is not root: servers of worth refuse to run as root."""
    if os.geteuid() != 0:
        return list(command)
    # setpriv becomes the program, where runuser would stand between it and our signals.
    nobody = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--", *command]


@contextlib.contextmanager
def folder_for_nobody() -> Iterator[Path]:
    """A temporary folder that the unprivileged user may use."""
    folder = Path(tempfile.mkdtemp(prefix="rongqiao-server-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(
    command: Sequence[str],
    answers: Callable[[], bool],
    log: Path,
    stop: signal.Signals = signal.SIGTERM,
    seconds: float = START_SECONDS,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server process from the moment it answers until `stop`. RuntimeError with its log when it does not."""
    with log.open("wb") as output:
        process = subprocess.Popen(list(command), stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until(answers, process, log, seconds)
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(
    answers: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path, seconds: float = START_SECONDS
) -> None:
    """Until the server answers; RuntimeError when it ends or takes too long."""
    end = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def listens(port: int) -> bool:
    """Whether somebody accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
