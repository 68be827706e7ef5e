"""The web server of an installation under test, and somebody who calls it."""

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.robustness.installation import Installation, eventually
from tests.servers.running import free_port

TOKEN = "a" * 32
UNLIMITED = {"RONGQIAO_THROTTLE_ANONYMOUS": "1000000/min", "RONGQIAO_THROTTLE_PERSON": "1000000/min"}
"""Whoever measures asks more often than a person may."""


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds. Status 0: nothing did."""

    status: int
    body: Any
    seconds: float


class Caller:
    """One connection, kept open until `close`; with a session somebody who is signed in. Not for several threads."""

    def __init__(self, port: int, session: str = "", seconds: float = 20.0) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        self._headers = {"Content-Type": "application/json", "X-CSRFToken": TOKEN}
        self._headers["Cookie"] = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; another call dials again."""
        self._connection.close()

    def get(self, path: str, **parameters: Any) -> Answer:
        """GET under /api/v1/."""
        return self._ask("GET", f"{path}?{urlencode(parameters)}", None)

    def post(self, path: str, data: Any) -> Answer:
        """POST JSON under /api/v1/."""
        return self._ask("POST", path, json.dumps(data))

    def publish(self, title: str, **fields: Any) -> dict[str, Any]:
        """Draft and publish a need: its id and version. RuntimeError with the answer that was no success."""
        draft = self._done(self.post("postings", {"kind": "talent_need", "title": title, **fields}))
        return self.step(draft, "publish")

    def step(self, posting: dict[str, Any], code: str) -> dict[str, Any]:
        """Take a step with a posting. RuntimeError with the answer that was no success."""
        return self._done(self.post(f"postings/{posting['id']}/steps/{code}", {"version": posting["version"]}))

    def _done(self, answer: Answer) -> dict[str, Any]:
        if answer.status not in (200, 201):
            raise RuntimeError(f"{answer.status} after {answer.seconds:.1f} s: {answer.body}")
        return dict(answer.body)

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        begun = time.monotonic()
        try:
            self._connection.request(method, f"/api/v1/{path}", body, self._headers)
            answer = self._connection.getresponse()
            said = json.loads(answer.read() or b"null")
        except (OSError, http.client.HTTPException, ValueError) as problem:
            self._connection.close()
            return Answer(0, f"{type(problem).__name__}: {problem}", time.monotonic() - begun)
        return Answer(answer.status, said, time.monotonic() - begun)


def serve(place: Installation) -> int:
    """Start the web server; its port once it answers."""
    port = free_port()
    place.start(
        "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4", "--no-ws",
        "--log-level", "warning", "rongqiao.config.wsgi:application",
    )  # fmt: skip
    eventually(lambda: visited(port, "codes").status == 200, 30, f"the server answering\n{place.log()}")
    return port


def visited(port: int, path: str, **parameters: Any) -> Answer:
    """What a visitor is answered."""
    with Caller(port) as visitor:
        return visitor.get(path, **parameters)
