"""`python -m tests.robustness.planting --engine elasticsearch --documents 100000`: faults are planted in 5 % of the postings
of an installation of its own; how many `index reconcile` finds, finds falsely, and leaves."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from tests.robustness.engines import ENGINES, environment
from tests.robustness.installation import ROOT

SHARE = 0.05
T = TypeVar("T")


def main() -> int:
    """0 when everything planted was found and mended, and nothing else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--documents", type=int, default=100_000)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rongqiao-planting-"))
        os.environ.update(stack.enter_context(environment(given.engine)))
        os.environ.update(
            DJANGO_SETTINGS_MODULE="rongqiao.config.settings.embedded", RONGQIAO_VAR=folder, RONGQIAO_ENCODER="none"
        )
        return measure(given.engine, given.documents)


def measure(engine: str, documents: int) -> int:
    """Fill, index, plant, check, fix, check again; the figures are printed."""
    sys.path.insert(0, str(ROOT / "platform"))
    import django

    django.setup()
    from django.core.management import CommandError, call_command

    from rongqiao.indexing import reconciling
    from tests.indexing.planting import fill, plant

    call_command("migrate", verbosity=0)
    ids = timed("filled", lambda: fill(documents))
    timed("indexed", lambda: call_command("index", "rebuild"))
    planted = plant(ids, SHARE)
    found = timed("checked", lambda: reconciling.check(lambda done, total: None))
    ghosts = {pk for each in found.ghost.values() for pk in each}
    said = {"missing": found.missing, "stale": found.stale, "wrong": found.wrong, "ghost": ghosts}
    total = sum(map(len, planted.values()))
    right = sum(len(planted[sort] & said[sort]) for sort in planted)
    false = sum(len(said[sort] - planted[sort]) for sort in planted) + len(found.contents)
    refused = False
    try:
        call_command("index", "reconcile", "--check")
    except CommandError:
        refused = True
    timed("fixed", lambda: call_command("index", "reconcile", "--fix"))
    left = sum(reconciling.check(lambda done, total: None).counts().values())
    print(f"{engine}, {documents} documents: planted {total}, found {right}, falsely {false}, left after --fix {left}")
    return 0 if (right, false, left, refused) == (total, 0, 0, True) else 1


def timed(what: str, work: Callable[[], T]) -> T:
    """The result of the work; how long it took is printed."""
    begun = time.monotonic()
    result = work()
    print(f"{what}: {time.monotonic() - begun:.1f} s", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
