"""Who wants to know what. Rooms above subscribe when the applications are ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Handler = Callable[[Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class Consumer:
    """A named reader of one topic.

    `handle(ids)` must be idempotent and re-read the records; it raises Unavailable when what it needs is down.
    `batch` is how many events it takes at once; `order` says who goes first in each round. A `long` one shows
    progress and lets others through, so it runs outside a transaction and alone. Of the consumers that name the
    same `lock` one runs at a time in all processes: what they read stays true until what they write is seen.
    One `aside` waits for servers of others: the worker serves it in a second thread, so that it holds up nobody.
    An `urgent` one is asked again after each batch of another: somebody is looking at the screen.
    """

    name: str
    topic: str
    handle: Handler
    batch: int
    order: int
    long: bool = False
    lock: str = ""
    aside: bool = False
    urgent: bool = False


_consumers: dict[str, Consumer] = {}


class Unavailable(Exception):
    """What a consumer needs (search engine, mail server) is away: nobody's fault, try again later."""


def subscribe(
    name: str, *, topic: str, handle: Handler, batch: int, order: int, long: bool = False, lock: str = "",
    aside: bool = False, urgent: bool = False,
) -> None:  # fmt: skip
    """Make `name` hear of `topic`; subscribing again replaces."""
    _consumers[name] = Consumer(name, topic, handle, batch, order, long, lock, aside, urgent)


def unsubscribe(name: str) -> None:
    """Forget a consumer (for tests)."""
    _consumers.pop(name, None)


def consumers() -> list[Consumer]:
    """All, in the order in which a round serves them."""
    return sorted(_consumers.values(), key=lambda consumer: consumer.order)


def listeners(topic: str) -> list[str]:
    """The names of those who hear of a topic."""
    return [consumer.name for consumer in consumers() if consumer.topic == topic]
