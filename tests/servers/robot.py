"""Something on loopback that takes what robots of group chats are sent, and answers as it is told to."""

import contextlib
import json
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Robot:
    """What it was sent, path and body, and what it answers next: (status, body, headers); a yes when nothing is said."""

    base: str = ""
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: deque[tuple[int, bytes, dict[str, str]]] = field(default_factory=deque)
    yes: bytes = b'{"errcode": 0, "errmsg": "ok", "code": 0}'

    def says(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer this the next time."""
        self.answers.append((status, body, headers))


@contextlib.contextmanager
def robot() -> Iterator[Robot]:
    """A robot that lives as long as the context."""
    made = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            made.taken.append((self.path, json.loads(self.rfile.read(length))))
            status, body, headers = made.answers.popleft() if made.answers else (200, made.yes, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.base = f"http://127.0.0.1:{server.server_address[1]}/robot"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
