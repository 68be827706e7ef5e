"""A real mail server on loopback that refuses, delays, hangs up or goes away when it is told to."""

import asyncio
import contextlib
import socketserver
import threading
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from .running import free_port

# What the server does at the end of a letter instead of taking it, besides answering with a code of its own.
HANG_UP = "hang up"
TAKE_AND_HANG_UP = "take and hang up"
GARBAGE = "\x01?? this is not SMTP"


@dataclass(frozen=True)
class Taken:
    """One letter that the server took, each time it did."""

    to: str
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class MailServer:
    """What it took, and what it shall do: `at_recipient` by address, `at_data` for the next letters in turn.

    `delay` is how long it takes to take a letter, `delay_of_answer` how long to say so then.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[Taken] = []
        self.connections = 0
        self.at_recipient: dict[str, str] = {}
        self.at_data: deque[str] = deque()
        self.delay = 0.0
        self.delay_of_answer = 0.0
        self.controller: Controller | None = None

    def start(self) -> None:
        """Listen; after `stop` again at the same port."""
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self.controller.start()

    def stop(self) -> None:
        """Go away: nobody listens, and whoever was connected is cut off."""
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def counted(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(each.message_id for each in self.taken)

    # What aiosmtpd asks of its handler.

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if answer := self.at_recipient.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.delay:
            await asyncio.sleep(self.delay)
        what = self.at_data.popleft() if self.at_data else ""
        if what in ("", TAKE_AND_HANG_UP):
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken += [Taken(to, message) for to in envelope.rcpt_tos]
            await asyncio.sleep(self.delay_of_answer)
        if what in (HANG_UP, TAKE_AND_HANG_UP):
            server.transport.abort()
        return what or "250 OK"


@contextlib.contextmanager
def server() -> Iterator[MailServer]:
    """A mail server that lives as long as the context."""
    made = MailServer()
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextlib.contextmanager
def babbling(*said: bytes, hold: float = 0.0) -> Iterator[int]:
    """The port of something that is no mail server: it says these bytes to whoever connects (nothing: it is silent),
    after so many seconds, and hangs up when it was spoken to."""

    class Babbler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            threading.Event().wait(hold)
            with contextlib.suppress(OSError):
                for each in said:
                    self.request.sendall(each)
                    self.request.recv(1_000)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Babbler) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield int(listening.server_address[1])
        finally:
            listening.shutdown()
            thread.join()
