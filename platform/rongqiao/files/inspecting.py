"""Has a file looked at by a process of its own (`inspection/child.py`), and turns what it says into an answer."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from .faults import refused
from .inspection import child
from .inspection.verdict import Found
from .registry import Purpose

LONGEST_WAIT = 15.0
# Each may take 400 MB: more at once could take the machine down, so others wait for their turn.
AT_ONCE = 2
LONGEST_QUEUE = 20.0
_turns = threading.BoundedSemaphore(AT_ONCE)


def inspect(source: Path, target: Path, *, suffix: str, purpose: Purpose) -> Found:
    """What the content is. Raises Problem for whatever is not taken, `file_unsafe` when looking at it had to be
    stopped (time, memory), `file_busy` (503) when too many wait."""
    if not _turns.acquire(timeout=LONGEST_QUEUE):
        raise refused("file_busy")
    try:
        said = _ask(source, target, suffix, purpose)
    finally:
        _turns.release()
    if "found" in said:
        return Found(**said["found"])
    raise refused(said["code"], said["zh"], said["en"], purpose)


def _ask(source: Path, target: Path, suffix: str, purpose: Purpose) -> dict[str, Any]:
    command = [
        sys.executable,
        "-I",
        str(Path(child.__file__)),
        str(source),
        str(target),
        suffix,
        *sorted(purpose.types),
    ]
    stopped = refused(
        "file_unsafe", "检查它所需的时间或内存超限", "looking at it took too much time or memory"
    )
    try:
        # Our own program with paths that we made; the environment stays here, since it holds secrets.
        ended = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            timeout=LONGEST_WAIT, check=False, env={"MALLOC_ARENA_MAX": "2"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise stopped from error
    if ended.returncode:
        raise stopped
    said: dict[str, Any] = json.loads(ended.stdout)
    return said
