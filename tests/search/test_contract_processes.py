"""Several processes on one index: one writes, all read, and any may be killed at any moment."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest

from search.engine import Engine, Rebuild, Writer, WriterBusy
from search.query import Has, Query
from tests.search.conftest import Store
from tests.search.engines import LEASE_SECONDS
from tests.search.samples import SCHEMA, ask, document, fill, titled

ROOT = Path(__file__).parents[2]


@contextmanager
def child(store: Store, work: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.search.child", store.engine_name, store.location, work]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            os.kill(process.pid, signal.SIGKILL)


def begin_again(store: Store, writer: Writer, stack: ExitStack) -> Rebuild:
    """A rebuild after one that died: at once where its death is noticed, else when its lease has run out."""
    end = time.monotonic() + (0 if store.kind.notices_death else 10 * LEASE_SECONDS)
    while True:
        try:
            return stack.enter_context(writer.rebuild())
        except WriterBusy:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def settled(engine: Engine) -> list[int]:
    """The keys there are, once they stay the same: a server may still be at work on what a dead process sent."""
    before: list[int] = [-1]
    while before != (now := [entry.key for entry in engine.entries(SCHEMA)]):
        before = now
        time.sleep(0.2)
    return now


def test_another_process_has_the_writer_until_it_dies(store: Store) -> None:
    if not store.kind.one_writer:
        pytest.skip("several may write at once")
    engine = store.open()
    with child(store, "hold"), pytest.raises(WriterBusy), engine.writer(SCHEMA):
        pass
    fill(engine, [document(1, title="焊接")])
    assert titled(engine, "焊接") == {1}


def test_a_killed_writer_leaves_whole_batches_and_a_usable_index(store: Store) -> None:
    acknowledged = 0
    pauses = random.Random(3)
    for _ in range(6):
        with child(store, "write") as process:
            time.sleep(pauses.uniform(0, 0.15))
            os.kill(process.pid, signal.SIGKILL)
            assert process.stdout is not None
            told = [int(line) for line in process.stdout.read().split()]
        acknowledged = max([acknowledged, 10, *((batch + 1) * 10 for batch in told)])
        engine = store.open()
        present = settled(engine)
        assert len(present) % 10 == 0, "a batch is applied whole or not at all"
        assert present == list(range(len(present)))
        assert len(present) >= acknowledged, "what was acknowledged is durable"
        assert ask(engine, Query(vector=np.ones(3), vector_field="meaning", size=5000)).total == len(present)
    with store.open().writer(SCHEMA) as writer:
        writer.apply([document(9, 2, title="护理")])


def test_a_killed_rebuild_leaves_the_old_index(store: Store) -> None:
    engine = store.open()
    fill(engine, [document(1, title="焊接")])
    with child(store, "rebuild"):
        assert titled(store.open(), "护理") == set()
    live = titled(engine, "焊接")
    assert {1, 1_000_000} <= live
    assert titled(engine, "护理") == set()
    with engine.writer(SCHEMA) as writer, ExitStack() as stack:
        rebuild = begin_again(store, writer, stack)
        rebuild.apply([document(2, title="护理")])
        rebuild.promote()
    assert (titled(engine, "焊接"), titled(engine, "护理")) == (set(), {2})


def test_readers_never_see_an_empty_or_failed_search_while_generations_change(store: Store) -> None:
    writing, reading = store.open(), store.open()
    fill(writing, [document(key, title="焊接", meaning=[1, 1, 1]) for key in range(20)])
    problems: list[object] = []
    over = threading.Event()

    def read() -> None:
        queries = [
            Query(text="焊接", size=20),
            Query(vector=np.ones(3), vector_field="meaning", size=20, filters=(Has("title"),)),
        ]
        while not over.is_set():
            try:
                found = [answer.total for answer in reading.search(SCHEMA, queries)]
            except Exception as problem:
                found = [problem]
            if found != [20, 20]:
                problems.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with writing.writer(SCHEMA) as writer:
        for version in range(2, 12):
            batch = [document(key, version, title="焊接", meaning=[1, version, 1]) for key in range(20)]
            writer.apply(batch)
            with writer.rebuild() as rebuild:
                rebuild.apply(batch)
                rebuild.promote()
    over.set()
    for reader in readers:
        reader.join()
    assert problems == []
