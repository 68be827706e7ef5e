"""Wakes the worker of this process. A missed ring costs a fraction of a second, never the work."""

import threading

_bell = threading.Event()


def ring() -> None:
    """Something was recorded and committed."""
    _bell.set()


def wait(seconds: float) -> None:
    """Until somebody rings, at most so many seconds."""
    _bell.wait(seconds)
    _bell.clear()
