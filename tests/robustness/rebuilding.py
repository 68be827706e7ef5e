"""Rebuilds that are killed midway while people write and search:
`python -m tests.robustness.rebuilding --engine elasticsearch --kills 20 --rate 50 --postings 3000`.

An installation of its own with a web server, workers that are killed with -9 in the middle of a rebuild, people who publish,
edit, withdraw and publish again at the given rate, and a visitor who searches without a pause. Every search must find what
was there all the time, from the index; in the end nothing may be missing, stale or a ghost.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.robustness.engines import ENGINES, environment
from tests.robustness.installation import Installation, Workers, eventually, installed, told
from tests.robustness.test_kills import rebuilding
from tests.robustness.web import UNLIMITED, Answer, Caller, serve, visited

SEED = 20261127
PACE = 12.0
"""What one of the people does in a second."""
CONSTANT = "常年招聘演示岗位"
WISH = "rebuild, please"
FAULTS = ("set_aside", "differs", "unlike")
LONGEST = 2.0
"""Seconds that a rebuild is left in peace."""


@dataclass
class Outcome:
    """What was seen."""

    kills: int = 0
    hits: int = 0
    writes: int = 0
    seconds: float = 0.0
    searches: int = 0
    failed: list[Answer] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        """In one line."""
        faults = {name: self.truth[name] for name in FAULTS}
        return (
            f"{self.hits} of {self.kills} kills in a rebuild, {self.writes / self.seconds:.0f} writes a second, "
            f"{self.searches} searches of which {len(self.failed)} empty or failed; afterwards {faults}"
        )

    @property
    def right(self) -> bool:
        """Whether the promise was kept."""
        return not self.failed and not any(self.truth[name] for name in FAULTS)


def trial(place: Installation, *, kills: int, rate: float, postings: int) -> Outcome:
    """Fill, serve, and kill so many rebuilds."""
    outcome = Outcome()
    session = place.run("-m", "tests.robustness.filling", str(postings)).strip()
    port = serve(place)
    with Caller(port, session) as clerk:
        clerk.publish(CONSTANT)
    workers = Workers(place)
    eventually(lambda: not wrong(visited(port, "search", q=CONSTANT)), 60, f"the constant one found\n{place.log()}")
    over = threading.Event()
    visitor = threading.Thread(target=search, args=(port, over, outcome))
    visitor.start()
    people = [
        place.start(
            "-m", "tests.robustness.driver", str(SEED + number), str(2 / PACE), output=place.folder / f"said-{number}"
        )
        for number in range(max(1, round(rate / PACE)))
    ]
    try:
        eventually(lambda: all(told(place.folder / f"said-{number}") for number in range(len(people))), 60, "people at work")
        begun, before = time.monotonic(), written(place)
        kill_rebuilds(place, workers, outcome, kills)
        outcome.seconds = time.monotonic() - begun
        outcome.writes = written(place) - before
        for person in people:
            place.kill(person)
        (place.folder / WISH).unlink(missing_ok=True)
        eventually(lambda: not waiting(place.folder), 180, f"all that waited done\n{place.log()}")
    finally:
        over.set()
        visitor.join()
    outcome.truth = json.loads(place.run("-m", "tests.robustness.verify"))
    return outcome


def written(place: Installation) -> int:
    """What people say that they committed."""
    return sum(len(told(path)) for path in place.folder.glob("said-*"))


def waiting(folder: Path) -> int:
    """How many events wait for the index; pairings may take their time."""
    return int(ask(folder, "SELECT count(*) FROM outbox_event WHERE consumer LIKE 'index%'")[0])


def ask(folder: Path, query: str) -> Any:
    """The first row of what the database answers."""
    connection = sqlite3.connect(folder / "rongqiao.sqlite3", timeout=20)
    try:
        with connection:
            return connection.execute(query).fetchone()
    finally:
        connection.close()


def kill_rebuilds(place: Installation, workers: Workers, outcome: Outcome, kills: int) -> None:
    """Ask for a rebuild, wait until it is under way, kill whoever does it; again. What was begun by one who is dead is
    marked as waiting, so that the next one can be seen to begin it."""
    dice = random.Random(SEED)
    for _ in range(kills):
        (place.folder / WISH).touch()
        eventually(lambda: rebuilding(place.folder), 60, f"a rebuild under way\n{place.log()}")
        time.sleep(dice.uniform(0.0, LONGEST))
        outcome.hits += rebuilding(place.folder)
        workers.kill()
        outcome.kills += 1
        ask(place.folder, "UPDATE indexing_indexrun SET state = 'waiting' WHERE state = 'running'")


def search(port: int, over: threading.Event, outcome: Outcome) -> None:
    """Without a pause: what was there all the time, and any at all."""
    with Caller(port) as visitor:
        while not over.is_set():
            for asked in ({"q": CONSTANT}, {"kind": "major"}):
                answer = visitor.get("search", **asked)
                outcome.searches += 1
                if wrong(answer):
                    outcome.failed.append(answer)


def wrong(answer: Answer) -> bool:
    """Whether a search failed, found nothing, or was not answered from the index."""
    return answer.status != 200 or not answer.body["results"] or answer.body["note_code"] == "search_away"


def run(engine: str, folder: Path, *, kills: int, rate: float, postings: int, address: str = "") -> Outcome:
    """The trial on an engine."""
    with ExitStack() as stack:
        chosen = stack.enter_context(environment(engine, address))
        place = stack.enter_context(
            installed(folder, **chosen, **UNLIMITED, RONGQIAO_WORKER_IN_PROCESS="0", RONGQIAO_REVIEW_SAMPLE="0")
        )
        return trial(place, kills=kills, rate=rate, postings=postings)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--postings", type=int, default=3_000)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="rongqiao-rebuilding-") as folder:
        outcome = run(given.engine, Path(folder), kills=given.kills, rate=given.rate, postings=given.postings)
    print(f"{given.engine}: {outcome.line()}")
    for answer in outcome.failed[:5]:
        print(f"failed: {answer.status} after {answer.seconds:.1f} s {str(answer.body)[:300]}")
    return 0 if outcome.right else 1


if __name__ == "__main__":
    sys.exit(main())
