"""A process of its own for the tests: `python -m tests.search.child <engine> <location> <work>`.

Says "ready" once the work has begun; goes on until it is killed.
"""

import itertools
import sys
import time
from collections.abc import Callable

from search.engine import Engine
from tests.search.engines import open_engine
from tests.search.samples import SCHEMA, document


def hold(engine: Engine) -> None:
    """Has the writer and does nothing with it."""
    with engine.writer(SCHEMA):
        print("ready", flush=True)
        time.sleep(60)


def write(engine: Engine) -> None:
    """Applies one batch of ten after the other, and says so after each."""
    with engine.writer(SCHEMA) as writer:
        for batch in itertools.count():
            keys = range(batch * 10, batch * 10 + 10)
            writer.apply([document(key, title="焊接", meaning=[1, key + 1, 0]) for key in keys])
            print("ready" if batch == 0 else batch, flush=True)


def rebuild(engine: Engine) -> None:
    """Fills a new generation, followed by live writes, and never promotes it."""
    with engine.writer(SCHEMA) as writer, writer.rebuild() as target:
        for batch in itertools.count():
            keys = range(batch * 1000, batch * 1000 + 1000)
            target.apply([document(key, title="护理") for key in keys])
            writer.apply([document(1_000_000 + batch, title="焊接")])
            if batch == 1:
                print("ready", flush=True)


WORK: dict[str, Callable[[Engine], None]] = {"hold": hold, "write": write, "rebuild": rebuild}

if __name__ == "__main__":
    WORK[sys.argv[3]](open_engine(sys.argv[1], sys.argv[2]))
