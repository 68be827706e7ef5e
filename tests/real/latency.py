"""How soon a new posting is found and paired: `python -m tests.real.latency [--postings 60] [--rate 5]`.

Starts the embedded server (one process, its worker's thread inside), loads the demo region, publishes over HTTP at the
given rate and asks again and again: seconds until the search finds it, and until its pairings stand (one row serves
both sides). Prints medians and 95th percentiles, and the same search's time as a yardstick.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

from tests.servers.running import free_port, listens

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "wandakai-demo"
PATIENCE = 30.0


@dataclass
class Seconds:
    """Seconds from the answer of publishing until each was seen."""

    found: list[float] = field(default_factory=list)
    paired: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)


class Caller:
    """A signed-in person, or a visitor."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def ask(self, path: str, data: Any = None) -> Any:
        """GET, or POST with data; the JSON of the answer."""
        token = next((cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken"), "")
        headers = {"Content-Type": "application/json", "X-CSRFToken": token}
        body = None if data is None else json.dumps(data).encode()
        request = Request(self.base + path, body, headers)
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                return json.load(answer)
        except HTTPError as error:
            raise RuntimeError(f"{path}: {error.code} {error.read()[:500]!r}") from error

    def sign_in(self, email: str) -> "Caller":
        """Through allauth, as a browser would."""
        self.ask("/api/auth/browser/v1/config")
        self.ask("/api/auth/browser/v1/auth/login", {"email": email, "password": PASSWORD})
        return self


def publish(clerk: Caller, number: int) -> int:
    """One need that nobody else has written."""
    draft = clerk.ask(
        "/api/v1/postings",
        {
            "kind": "talent_need",
            "title": f"数控铣床操作工 延迟{number:04d}",
            "description": f"会看图纸，会用加工中心，编号{number:04d}",
            "details": {"headcount": 2, "degree": "college", "skills": ["数控编程"]},
        },
    )
    step = f"/api/v1/postings/{draft['id']}/steps/publish"
    return int(clerk.ask(step, {"version": draft["version"]})["id"])


def watch(base: str, clerk: Caller, number: int, posting: int, seconds: Seconds) -> None:
    """Ask until it is found and paired."""
    begun = time.monotonic()
    visitor = Caller(base)
    path = f"/api/v1/search?kind=talent_need&q={quote(f'延迟{number:04d}')}"
    until(lambda: any(row["id"] == posting for row in timed(visitor, path, seconds)["results"]))
    seconds.found.append(time.monotonic() - begun)
    rows: list[Any] = []

    def paired() -> bool:
        rows[:] = clerk.ask(f"/api/v1/postings/{posting}/pairings?page_size=1")["results"]
        return bool(rows)

    until(paired)
    seconds.paired.append(time.monotonic() - begun)


def timed(caller: Caller, path: str, seconds: Seconds) -> Any:
    """One search and its time."""
    begun = time.monotonic()
    answer = caller.ask(path)
    seconds.search.append(time.monotonic() - begun)
    return answer


def until(true: Any) -> None:
    """Ask every 50 ms; TimeoutError after half a minute."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("not seen within half a minute")
        time.sleep(0.05)


def run(base: str, postings: int, rate: float) -> Seconds:
    """Publish at the rate, each watched by a thread of its own."""
    clerk = Caller(base).sign_in("hr@demo.rongqiao.example")
    seconds = Seconds()
    threads = []
    begun = time.monotonic()
    for number in range(postings):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        posting = publish(clerk, number)
        threads.append(threading.Thread(target=watch, args=(base, clerk, number, posting, seconds)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return seconds


def server(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """The embedded server on a loaded demo region."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "platform")])
    environment = {
        **os.environ, "RONGQIAO_VAR": str(folder), "PYTHONPATH": paths, "OMP_NUM_THREADS": "1",
        "DJANGO_SETTINGS_MODULE": "rongqiao.config.settings.embedded", "RONGQIAO_THROTTLE_ANONYMOUS": "100000/min",
        "RONGQIAO_THROTTLE_PERSON": "100000/min",
    }  # fmt: skip
    for arguments in (["migrate", "-v0"], ["load_codes"], ["load_demo"], ["outbox", "drain"]):
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "8", "--log-level", "error"]
    process = subprocess.Popen([*command, "rongqiao.config.wsgi:application"], env=environment)
    while not listens(port):
        time.sleep(0.1)
    urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=PATIENCE).close()
    return process


def spread(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    p95 = statistics.quantiles(values, n=20)[-1]
    return {"p50": round(statistics.median(values), 3), "p95": round(p95, 3), "max": round(max(values), 3)}


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=60)
    parser.add_argument("--rate", type=float, default=5.0)
    options = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="rongqiao-latency-") as folder:
        process = server(Path(folder), port)
        try:
            seconds = run(f"http://127.0.0.1:{port}", options.postings, options.rate)
        finally:
            process.terminate()
            process.wait()
    names = ("found", "paired", "search")
    print(json.dumps({"postings": options.postings, "rate": options.rate} | {n: spread(getattr(seconds, n)) for n in names}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
