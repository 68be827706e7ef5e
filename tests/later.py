"""What takes long to make is made when it is first needed: most processes of a run collect its tests and leave them out."""

from collections.abc import Callable
from functools import cache

Content = bytes | Callable[[], bytes]


def later(make: Callable[[], bytes]) -> Content:
    """A content that is made at most once, by who asks for it first."""
    return cache(make)


def made(content: Content) -> bytes:
    """The bytes of a content."""
    return content() if callable(content) else content
