"""A network that fails on demand: a TCP proxy on loopback between us and a server."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

GARBAGE = bytes(range(256)) * 4
OTHER = b'{"who": "somebody else"}'
METHODS = (b"GET", b"POST", b"PUT", b"HEAD", b"DELETE")
"""What a request begins with; it may come in several pieces."""
DRIP_SECONDS = 0.25


class Proxy:
    """Passes bytes on until `fail` names a fault; `mend` ends it. `requests` counts what clients sent."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._fault = ""
        self._clients: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.requests = 0
        self._listener = self._listen(0)
        self.port = self._listener.getsockname()[1]

    def fail(self, fault: str) -> None:
        """From now on, for connections that are open too, one of FAULTS or "refuse"."""
        self._fault = fault
        if fault == "refuse":
            self._stop_listening()

    def mend(self) -> None:
        """As if nothing had been; connections that suffered stay broken."""
        refused, self._fault = self._fault == "refuse", ""
        if refused:
            self._listener = self._listen(self.port)

    def close(self) -> None:
        self._stop_listening()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _stop_listening(self) -> None:
        # Only this wakes the thread that waits in accept.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients, self._clients = self._clients, set()
        for client in clients:
            _hang_up(client)

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                with self._lock:
                    self._clients.add(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with (
            contextlib.suppress(OSError),
            client,
            socket.create_connection(("127.0.0.1", self._target)) as server,
        ):
            threading.Thread(target=self._answer, args=(server, client), daemon=True).start()
            while data := client.recv(65_536):
                begins = data.split(b" ", 1)[0] in METHODS
                self.requests += begins
                if self._fault in ("", "slow"):
                    server.sendall(data)
                elif begins:
                    FAULTS[self._fault](client)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65_536):
                if self._fault == "slow":
                    for byte in data:
                        client.sendall(bytes([byte]))
                        time.sleep(DRIP_SECONDS)
                elif not self._fault:
                    client.sendall(data)


def _black_hole(client: socket.socket) -> None:
    """Taken and never answered."""


def _slow(client: socket.socket) -> None:
    """Passed on; `_answer` lets the answer drip."""


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def _half_close(client: socket.socket) -> None:
    client.shutdown(socket.SHUT_WR)


def _garbage(client: socket.socket) -> None:
    client.sendall(GARBAGE)


def _somebody_else(client: socket.socket) -> None:
    """Whole answers in the right protocol, from something that is not the server."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(OTHER)}\r\n"
    client.sendall(f"{head}X-Elastic-Product: Elasticsearch\r\n\r\n".encode() + OTHER)


def _gateway(client: socket.socket) -> None:
    """What a reverse proxy says when there is nobody behind it."""
    page = b"<html>502 Bad Gateway</html>"
    head = f"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    client.sendall(head.encode() + page)


FAULTS: dict[str, Callable[[socket.socket], None]] = {
    "black hole": _black_hole,
    "slow": _slow,
    "reset": _reset,
    "half close": _half_close,
    "garbage": _garbage,
    "somebody else": _somebody_else,
    "bad gateway": _gateway,
}


def _hang_up(client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxy(target: int) -> Iterator[Proxy]:
    """A proxy before the port on loopback, for as long as the context."""
    made = Proxy(target)
    try:
        yield made
    finally:
        made.close()
