"""Excel: handed to a process of its own (`sheet.py`), because a hostile one can exhaust the memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..faults import problem
from . import sheet

LONGEST_WAIT = 15.0


def read_workbook(source: Path, rows: Path) -> dict[str, Any]:
    """Write the workbook's rows to `rows` as JSON Lines; what sheet was read. Raises Problem."""
    command = [sys.executable, "-I", str(Path(sheet.__file__)), str(source), str(rows)]
    try:
        # The command is our own script; the file's name is a random one that we gave.
        ended = subprocess.run(command, capture_output=True, timeout=LONGEST_WAIT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise problem("file_slow") from error
    if ended.returncode == 0:
        notes: dict[str, Any] = json.loads(ended.stdout)
        return notes
    if ended.returncode == 3:
        refusal = json.loads(ended.stdout)
        raise problem(refusal["code"], hint=refusal["hint"])
    # Killed by a limit: SIGXCPU is time, the rest (an aborted allocation, a panic) memory.
    raise problem("file_slow" if ended.returncode == -24 else "file_bomb")


def rows_of(rows: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows as written."""
    with rows.open(encoding="utf-8") as lines:
        for line in lines:
            number, *cells = json.loads(line)
            yield number, cells
