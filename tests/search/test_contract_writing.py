"""Versions, deletions, durability and rebuilds, through the interface only."""

import threading

import numpy as np
import pytest

from search.engine import (
    Applied,
    CountJumped,
    Engine,
    Entry,
    IndexUnreadable,
    InvalidDocument,
    UnknownField,
    WriterBusy,
)
from search.query import AnyOf, Near, Not, Query
from search.schema import Document, Keyword, Schema, Text
from tests.search.conftest import Store
from tests.search.samples import NANJING, SCHEMA, document, fill, keys, majors, titled

MEANING = Query(vector=np.array([1.0, 0, 0]), vector_field="meaning")


def test_what_is_applied_is_found_at_once_here_and_elsewhere(store: Store) -> None:
    here, elsewhere = store.open(), store.open()
    assert titled(elsewhere, "焊接") == set()
    with here.writer(SCHEMA) as writer:
        assert writer.apply([document(1, title="焊接", meaning=[1, 0, 0])]) == Applied(written=1)
        for engine in (here, elsewhere):
            assert titled(engine, "焊接") == {1}
            assert keys(engine, MEANING) == [1]
        writer.apply([document(2, title="焊接", meaning=[0, 1, 0])], deletes=[(1, 2)])
        for engine in (here, elsewhere):
            assert titled(engine, "焊接") == {2}
            assert keys(engine, MEANING) == [2]


def test_an_equal_or_newer_version_replaces_the_whole_document(engine: Engine) -> None:
    fill(engine, [document(1, 5, title="焊接", kind="major", meaning=[1, 0, 0])])
    for version in (5, 6):
        with engine.writer(SCHEMA) as writer:
            assert writer.apply([document(1, version, body="护理")]) == Applied(written=1)
        assert (titled(engine, "焊接"), titled(engine, "护理"), keys(engine, MEANING)) == (set(), {1}, [])
        assert list(engine.entries(SCHEMA)) == [Entry(1, version, 10 + version)]


def test_an_older_version_changes_nothing(engine: Engine) -> None:
    fill(engine, [document(1, 5, title="焊接", meaning=[1, 0, 0])])
    with engine.writer(SCHEMA) as writer:
        stale = writer.apply([document(1, 4, title="护理", meaning=[0, 1, 0])], deletes=[(1, 4)])
    assert stale == Applied(stale=2)
    assert titled(engine, "焊接") == {1}
    assert list(engine.entries(SCHEMA)) == [Entry(1, 5, 15)]


def test_a_deleted_document_is_found_in_no_way(engine: Engine) -> None:
    fill(engine)
    with engine.writer(SCHEMA) as writer:
        assert writer.apply([], deletes=[(1, 1)]) == Applied(deleted=1)
    found = [
        titled(engine, "数控"),
        set(keys(engine, MEANING)),
        set(keys(engine, Query())),
        set(keys(engine, Query(filters=(Near("place", *NANJING, 1),)))),
        set(keys(engine, Query(filters=(Not(AnyOf("kind", ("laboratory",))),)))),
        {entry.key for entry in engine.entries(SCHEMA)},
    ]
    assert all(1 not in answer for answer in found)
    assert engine.count(SCHEMA) == len(majors()) - 1


def test_a_stale_write_never_resurrects_a_deleted_document(store: Store) -> None:
    fill(store.open(), [document(1, 1, title="焊接")])
    with store.open().writer(SCHEMA) as writer:
        writer.apply([], deletes=[(1, 3)])
        assert writer.apply([document(1, 2, title="焊接")]) == Applied(stale=1)
    later = store.open()
    with later.writer(SCHEMA) as writer:
        assert writer.apply([document(1, 2, title="焊接")]) == Applied(stale=1)
        assert titled(later, "焊接") == set()
        assert writer.apply([document(1, 3, title="焊接")]) == Applied(written=1)
    assert titled(later, "焊接") == {1}


def test_deleting_what_was_never_there_leaves_a_tombstone(engine: Engine) -> None:
    with engine.writer(SCHEMA) as writer:
        assert writer.apply([], deletes=[(1, 3)]) == Applied(deleted=1)
        assert writer.apply([document(1, 2, title="焊接")]) == Applied(stale=1)
    assert engine.count(SCHEMA) == 0


def test_one_key_twice_in_a_batch_ends_with_the_newest(engine: Engine) -> None:
    with engine.writer(SCHEMA) as writer:
        versions = [document(1, version, title=f"第{version}版") for version in (2, 3, 1)]
        assert writer.apply(versions) == Applied(written=2, stale=1)
        assert list(engine.entries(SCHEMA)) == [Entry(1, 3, 13)]
        assert writer.apply([document(1, 4)], deletes=[(1, 5)]) == Applied(written=1, deleted=1)
    assert engine.count(SCHEMA) == 0


@pytest.mark.parametrize(
    ("bad", "error"), [({"level": "high"}, InvalidDocument), ({"colour": "red"}, UnknownField)]
)
def test_a_bad_document_spoils_its_batch_and_nothing_else(
    engine: Engine, bad: dict[str, object], error: type[Exception]
) -> None:
    fill(engine, [document(1, title="焊接")])
    with engine.writer(SCHEMA) as writer:
        with pytest.raises(error):
            writer.apply([document(2, title="护理"), document(3, **bad)], deletes=[(1, 2)])
        assert [entry.key for entry in engine.entries(SCHEMA)] == [1]
        writer.apply([document(4, title="护理")])
    assert [entry.key for entry in engine.entries(SCHEMA)] == [1, 4]


def test_a_writer_that_never_writes_makes_no_index(engine: Engine) -> None:
    with engine.writer(SCHEMA):
        pass
    assert not engine.exists(SCHEMA)
    fill(engine, [])
    assert engine.exists(SCHEMA)


def test_only_one_writer_at_a_time_where_an_index_can_have_only_one(store: Store) -> None:
    if not store.kind.one_writer:
        pytest.skip("several may write: see the test of several writers")
    one, other = store.open(), store.open()
    with one.writer(SCHEMA):
        for engine in (one, other):
            with pytest.raises(WriterBusy, match="majors"), engine.writer(SCHEMA):
                pass
        with one.writer(Schema("needs", (Text("title"),))) as writer:
            writer.apply([document(1, title="焊工")])
    with other.writer(SCHEMA) as writer:
        writer.apply([document(1, title="焊接")])


def test_several_writers_at_once_end_with_the_newest_versions(store: Store) -> None:
    if store.kind.one_writer:
        pytest.skip("there is one writer: see the test of that")
    batches = [
        [document(key, version, title=f"焊接{version}") for key in range(20)] for version in range(1, 9)
    ]
    applied = []

    def write(batch: list[Document]) -> None:
        with store.open().writer(SCHEMA) as writer:
            applied.append(writer.apply(batch))

    threads = [threading.Thread(target=write, args=(batch,)) for batch in reversed(batches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine = store.open()
    assert [(entry.key, entry.version) for entry in engine.entries(SCHEMA)] == [(key, 8) for key in range(20)]
    assert sum(each.written + each.stale for each in applied) == 160


def test_an_error_inside_gives_the_writer_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), engine.writer(SCHEMA):
        raise ZeroDivisionError
    fill(engine)


def test_a_writer_that_was_left_writes_no_more(engine: Engine) -> None:
    with engine.writer(SCHEMA) as writer:
        pass
    with pytest.raises(RuntimeError, match="over"):
        writer.apply([document(1, title="焊接")])
    with pytest.raises(RuntimeError, match="over"), writer.rebuild():
        pass
    assert not engine.exists(SCHEMA)


def test_a_changed_structure_counts_as_missing_until_it_is_rebuilt(engine: Engine) -> None:
    fill(engine)
    changed = Schema(SCHEMA.name, (Text("title"), Keyword("town")))
    assert not engine.exists(changed)
    with engine.writer(changed) as writer, pytest.raises(IndexUnreadable, match="rebuild"):
        writer.apply([document(7, title="数控")])
    assert not engine.exists(changed), "one document must not pass for the whole index"
    assert titled(engine, "数控", changed) == set()
    with engine.writer(changed) as writer, writer.rebuild() as rebuild:
        rebuild.apply([document(7, title="数控", town="南京")])
        assert titled(engine, "数控") == {1}, "the old structure is searched until then"
        rebuild.promote()
    assert titled(engine, "数控", changed) == {7}
    assert not engine.exists(SCHEMA)


class TestRebuild:
    def test_nothing_shows_before_promotion_and_all_after(self, store: Store) -> None:
        engine, elsewhere = store.open(), store.open()
        fill(engine, [document(1, title="旧焊接"), document(2, title="旧焊接", meaning=[1, 0, 0])])
        with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
            assert rebuild.apply([document(3, title="新焊接", meaning=[0, 0, 1])]) == Applied(written=1)
            assert (titled(engine, "焊接"), keys(engine, MEANING)) == ({1, 2}, [2])
            assert titled(elsewhere, "焊接") == {1, 2}
            rebuild.promote()
            for reader in (engine, elsewhere):
                assert (titled(reader, "焊接"), keys(reader, MEANING)) == ({3}, [3])
            writer.apply([document(4, title="焊接")])
        assert titled(store.open(), "焊接") == {3, 4}

    def test_leaving_without_promotion_discards(self, engine: Engine) -> None:
        fill(engine, [document(1, title="焊接")])
        with engine.writer(SCHEMA) as writer:
            with writer.rebuild() as rebuild:
                rebuild.apply([document(2, title="焊接")])
            with pytest.raises(ZeroDivisionError), writer.rebuild() as rebuild:
                rebuild.apply([document(3, title="焊接")])
                raise ZeroDivisionError
            writer.apply([document(4, title="焊接")])
        assert titled(engine, "焊接") == {1, 4}

    def test_live_writes_are_followed_in_both_generations(self, engine: Engine) -> None:
        fill(engine, [document(1, 1, title="焊接"), document(2, 1, title="焊接")])
        with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
            writer.apply([document(1, 2, title="护理"), document(3, 1, title="焊接")], deletes=[(2, 2)])
            assert (titled(engine, "焊接"), titled(engine, "护理")) == ({3}, {1})
            slow = [document(1, 1, title="焊接"), document(2, 1, title="焊接"), document(4, 1, title="焊接")]
            assert rebuild.apply(slow) == Applied(written=1, stale=2), "read before the live writes"
            rebuild.promote()
        assert (titled(engine, "焊接"), titled(engine, "护理")) == ({3, 4}, {1})
        assert [(entry.key, entry.version) for entry in engine.entries(SCHEMA)] == [(1, 2), (3, 1), (4, 1)]

    def test_rebuild_keeps_young_tombstones(self, engine: Engine) -> None:
        fill(engine, [document(1, 1, title="焊接")])
        with engine.writer(SCHEMA) as writer:
            writer.apply([], deletes=[(1, 3)])
            with writer.rebuild() as rebuild:
                rebuild.promote()
            assert writer.apply([document(1, 2, title="焊接")]) == Applied(stale=1)
        assert engine.count(SCHEMA) == 0

    def test_first_rebuild_makes_the_index_only_when_promoted(self, engine: Engine) -> None:
        with engine.writer(SCHEMA) as writer:
            with writer.rebuild() as rebuild:
                rebuild.apply([document(1, title="焊接")])
            assert not engine.exists(SCHEMA)
            with writer.rebuild() as rebuild:
                assert writer.apply([document(2, title="焊接")]) == Applied(written=1)
                assert not engine.exists(SCHEMA), "a half-filled index must not pass for a whole one"
                rebuild.promote()
        assert titled(engine, "焊接") == {2}

    def test_a_rebuild_that_lost_most_is_not_promoted_unless_told_to(self, engine: Engine) -> None:
        fill(engine, [document(key, title="焊接") for key in range(10)])
        with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
            rebuild.apply([document(key, title="焊接") for key in range(4)], deletes=[(20, 1)])
            with pytest.raises(CountJumped, match=r"4 .*10"):
                rebuild.promote(least_share=0.5)
            assert engine.count(SCHEMA) == 10
            rebuild.apply([document(4, title="焊接")])
            rebuild.promote(least_share=0.5)
        assert engine.count(SCHEMA) == 5
        with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
            rebuild.promote()
        assert engine.count(SCHEMA) == 0

    def test_a_rebuild_is_over_after_promotion_and_after_leaving(self, engine: Engine) -> None:
        with engine.writer(SCHEMA) as writer:
            with writer.rebuild() as promoted:
                promoted.promote()
                with pytest.raises(RuntimeError, match="over"):
                    promoted.apply([document(1, title="焊接")])
            with writer.rebuild() as left:
                pass
            with writer.rebuild() as open_now:
                for finished in (promoted, left):
                    with pytest.raises(RuntimeError, match="over"):
                        finished.promote()
                open_now.promote()

    def test_one_rebuild_at_a_time(self, engine: Engine) -> None:
        with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
            with pytest.raises(WriterBusy), writer.rebuild():
                pass
            rebuild.apply([document(1, title="焊接")])
            rebuild.promote()
        assert titled(engine, "焊接") == {1}
