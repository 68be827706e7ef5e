"""How soon a posting is found once it is published, and gone once it is withdrawn:
`python -m tests.robustness.live --engine elasticsearch --rate 20 --seconds 60`.

A web server with its worker, people who publish at the given rate (one of four is withdrawn a little later), and somebody
who looks over HTTP whether they are found. Seconds count from the answer to whoever published or withdrew. They publish over
HTTP, two requests each, or `--by services` in a process of its own, where the machine is too slow to answer so many requests.
"""

import argparse
import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from matching.taxonomy.regions import regions
from tests.robustness.engines import ENGINES, environment
from tests.robustness.installation import Installation, installed, told
from tests.robustness.web import UNLIMITED, Caller, serve

PUBLISHERS = 6
EVERY_SECONDS = 0.05
WITHDRAWN = 4
"""One of so many."""
WATCHED_SECONDS = 60.0
PROMISED = 1.0


@dataclass
class Watched:
    """What is waited for: postings to be found and postings to be gone, by the county that tells them from all others."""

    appear: dict[int, tuple[str, float]] = field(default_factory=dict)
    vanish: dict[int, tuple[str, float]] = field(default_factory=dict)
    found: list[float] = field(default_factory=list)
    gone: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    failed: list[Any] = field(default_factory=list)


@cache
def counties() -> list[str]:
    return [region.code for region in regions() if region.level == "县级"]


def county_of(number: int, rate: float) -> str:
    """Where a posting is published; a second's postings share a county, which tells them from all others."""
    return counties()[int(number / rate) % len(counties())]


class Live:
    """One measurement."""

    def __init__(self, port: int, session: str, rate: float) -> None:
        self.port, self.session, self.rate = port, session, rate
        self.watched = Watched()
        self.published: dict[int, dict[str, Any]] = {}
        self.to_withdraw: queue.SimpleQueue[tuple[dict[str, Any], str]] = queue.SimpleQueue()
        self.over = threading.Event()
        self.local = threading.local()

    def caller(self) -> Caller:
        """This thread's connection."""
        if not hasattr(self.local, "caller"):
            self.local.caller = Caller(self.port, self.session)
        return self.local.caller  # type: ignore[no-any-return]

    def publish(self, number: int) -> None:
        """One posting."""
        county = county_of(number, self.rate)
        posting = self.caller().publish(f"焊工{number}号", region_code=county)
        self.published[posting["id"]] = posting
        self.watched.appear[posting["id"]] = (county, time.monotonic())

    def withdraw(self, posting: dict[str, Any], county: str) -> None:
        self.caller().step(posting, "withdraw")
        self.watched.vanish[posting["id"]] = (county, time.monotonic())

    def watch(self) -> None:
        """Search the counties in which something is waited for, again and again."""
        with Caller(self.port) as visitor:
            while not self.over.is_set():
                self.look_round(visitor)

    def look_round(self, visitor: Caller) -> None:
        """Each county once."""
        waited = [*self.watched.appear.copy().values(), *self.watched.vanish.copy().values()]
        time.sleep(EVERY_SECONDS)
        for county in sorted({county for county, _ in waited}):
            self.look(visitor, county)

    def look(self, visitor: Caller, county: str) -> None:
        waited = [pk for pk, (where, _) in self.watched.vanish.copy().items() if where == county]
        answer = visitor.get("search", kind="talent_need", region=county, page_size=100)
        now = time.monotonic()
        self.watched.searches.append(answer.seconds)
        if answer.status != 200 or answer.body["note_code"] == "search_away":
            self.watched.failed.append(answer)
            return
        seen = {posting["id"] for posting in answer.body["results"]}
        for pk in seen & set(self.watched.appear.copy()):
            self.watched.found.append(now - self.watched.appear.pop(pk)[1])
            if pk % WITHDRAWN == 0 and self.session:
                self.to_withdraw.put((self.published[pk], county))
        for pk in set(waited) - seen:
            self.watched.gone.append(now - self.watched.vanish.pop(pk)[1])

    def over_http(self, seconds: float) -> None:
        """Publish for so many seconds."""
        with ThreadPoolExecutor(PUBLISHERS) as pool:
            begun = time.monotonic()
            waiting = []
            for number in range(int(self.rate * seconds)):
                time.sleep(max(0.0, begun + number / self.rate - time.monotonic()))
                waiting.append(pool.submit(self.publish, number))
                while not self.to_withdraw.empty():
                    waiting.append(pool.submit(self.withdraw, *self.to_withdraw.get()))
            for each in waiting:
                each.result()
            self.took = time.monotonic() - begun

    def by_services(self, place: Installation, seconds: float) -> None:
        """Have another process publish for so many seconds."""
        said = place.folder / "said"
        process = place.start("-m", "tests.robustness.publisher", str(self.rate), str(seconds), output=said)
        heard, moments = 0, []
        while True:
            ended = process.poll() is not None
            lines = told(said)
            for each in lines[heard:]:
                self.hear(each)
                moments += [each["at"]] if each["step"] == "publish" else []
            heard = len(lines)
            if ended:
                break
            time.sleep(EVERY_SECONDS / 2)
        if process.returncode:
            raise RuntimeError(place.log())
        self.took = moments[-1] - moments[0]

    def hear(self, said: dict[str, Any]) -> None:
        """What the other process has committed."""
        if said["step"] == "publish":
            self.published[said["id"]] = said
            self.watched.appear[said["id"]] = (said["county"], said["at"])
            return
        never_seen = self.watched.appear.pop(said["id"], None)
        if never_seen:
            self.watched.found.append(said["at"] - never_seen[1])
        self.watched.vanish[said["id"]] = (said["county"], said["at"])

    def watching(self, publish: Callable[[], None]) -> None:
        """Publish while somebody watches, then wait for the last ones."""
        watcher = threading.Thread(target=self.watch)
        watcher.start()
        publish()
        end = time.monotonic() + WATCHED_SECONDS
        while (self.watched.appear or self.watched.vanish) and time.monotonic() < end:
            time.sleep(0.1)
        self.over.set()
        watcher.join()


def line(what: str, seconds: Sequence[float]) -> str:
    """p50, p95 and the longest."""
    if not seconds:
        return f"{what}: none"
    p50, p95 = np.percentile(seconds, [50, 95])
    return f"{what}: n {len(seconds)}, p50 {p50:.2f} s, p95 {p95:.2f} s, max {max(seconds):.2f} s"


def main() -> int:
    """0 when p95 of both is within what is promised and nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--by", choices=("http", "services"), default="http", help="how they publish")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rongqiao-live-")))
        chosen = stack.enter_context(environment(given.engine))
        place = stack.enter_context(installed(folder, **chosen, **UNLIMITED))
        place.manage("index", "migrate")
        session = place.run("-m", "tests.robustness.driver", "parties").strip()
        if given.by == "services":
            live = Live(serve(place), "", given.rate)
            live.watching(lambda: live.by_services(place, given.seconds))
        else:
            live = Live(serve(place), session, given.rate)
            live.watching(lambda: live.over_http(given.seconds))
    watched = live.watched
    lost = len(watched.appear) + len(watched.vanish) + len(watched.failed)
    print(
        f"{given.engine}: {len(live.published) / live.took:.1f} published a second, {lost} lost or failed "
        f"(not found {len(watched.appear)}, not gone {len(watched.vanish)}, searches failed {len(watched.failed)})"
    )
    for answer in watched.failed[:3]:
        print(f"failed after {answer.seconds:.2f} s: {answer.status} {str(answer.body)[:200]}")
    print(
        line("found", watched.found), line("gone", watched.gone), line("a search", watched.searches), sep="\n"
    )
    late = [
        seconds
        for seconds in (watched.found, watched.gone)
        if not seconds or np.percentile(seconds, 95) > PROMISED
    ]
    return 1 if late or lost else 0


if __name__ == "__main__":
    sys.exit(main())
