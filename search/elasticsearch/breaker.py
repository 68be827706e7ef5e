"""A circuit breaker: who has not answered several times is left alone for a while."""

import threading
import time
from collections.abc import Callable

from search.errors import EngineAway


class Breaker:
    """Opens after `failures` in a row; then lets one call through every `pause` seconds until one succeeds.

    Safe to use from several threads.
    """

    def __init__(self, failures: int, pause: float, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._pause = pause
        self._now = now
        self._lock = threading.Lock()
        self._failed = 0
        self._next = 0.0
        self._reason = ""

    def admit(self) -> None:
        """Raises EngineAway, at once, for a call that had better not be made."""
        with self._lock:
            if self._failed < self._limit:
                return
            wait = self._next - self._now()
            if wait > 0:
                raise EngineAway(f"not asked, tried again in {wait:.0f} s; it failed before: {self._reason}")
            # This call tries; the others wait until it has an answer, or for another pause.
            self._next = self._now() + self._pause

    def succeeded(self) -> None:
        """There was an answer."""
        with self._lock:
            self._failed = 0

    def failed(self, reason: str) -> None:
        """There was none."""
        with self._lock:
            self._failed += 1
            self._reason = reason
            self._next = self._now() + self._pause
