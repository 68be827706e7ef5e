"""The words that people may correct: tab-separated files, one subject each, read once.

The first line of a file says what it is and who may change it, the second names the columns.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one file ("synonyms"), cells as text, blank lines left out."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[2:]
    return tuple(tuple(line.split("\t")) for line in lines if line.strip())


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell separated by |."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
