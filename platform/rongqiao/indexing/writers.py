"""The hands that write the indexes of this process. A rebuild holds its writers open, and live changes that
come in between go through the same ones, so that they reach both generations."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.engine import Writer
from search.schema import Schema

from .engines import engine

_held: dict[str, Writer] = {}


@contextmanager
def writing(schema: Schema) -> Iterator[Writer]:
    """The writer of an index: the one that is held, or a new one. Raises WriterBusy when another process has it."""
    held = _held.get(schema.name)
    if held is not None:
        yield held
        return
    with engine().writer(schema) as writer:
        yield writer


@contextmanager
def holding(schema: Schema) -> Iterator[Writer]:
    """Keep the writer of an index for a while; `writing` gives the same one meanwhile."""
    with engine().writer(schema) as writer:
        _held[schema.name] = writer
        try:
            yield writer
        finally:
            del _held[schema.name]
