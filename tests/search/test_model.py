"""An engine against a dict: whatever is written, rebuilt and reopened, both hold the same."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from search.engine import Applied, Engine, Rebuild
from search.query import AnyOf, Between, Has, Not, Query
from tests.search.engines import new_location, open_engine
from tests.search.samples import SCHEMA, ask, document

TITLES = ("焊接", "护理", "数控")
VALUES = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES)},
    optional={
        "kind": st.sampled_from(["major", "service"]),
        "level": st.integers(1, 3),
        "confirmed": st.integers(0, 3).map(lambda days: date(2025, 1, 1) + timedelta(days=days)),
        "meaning": st.sampled_from([(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.5, 0.5, 0.0)]),
    },
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(1, 6), st.one_of(st.none(), VALUES)), min_size=1, max_size=6
)
Change = tuple[int, int, dict[str, Any] | None]
State = dict[int, tuple[int, dict[str, Any] | None]]


def change(state: State, changes: list[Change]) -> Applied:
    """The rule of versions in its plainest form; None deletes."""
    applied = Applied()
    upserts = [one for one in changes if one[2] is not None]
    for key, version, values in upserts + [one for one in changes if one[2] is None]:
        if version < state.get(key, (0, None))[0]:
            applied += Applied(stale=1)
        else:
            state[key] = (version, values)
            applied += Applied(deleted=1) if values is None else Applied(written=1)
    return applied


class EngineMachine(RuleBasedStateMachine):
    """Writes by one engine, read by it and by another on the same store."""

    engine_name: str
    address: str
    rebuilds = Bundle("rebuilds")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.location = new_location(self.engine_name, Path(self.folder.name), self.address)
        self.elsewhere = self._open()
        self.live: State = {}
        self.made = False
        self.next: State | None = None
        self._begin_writing()

    def _open(self) -> Engine:
        return open_engine(self.engine_name, self.location)

    def _begin_writing(self) -> None:
        self.engine = self._open()
        self.context = self.engine.writer(SCHEMA)
        self.writer = self.context.__enter__()

    def _split(self, changes: list[Change]) -> dict[str, Any]:
        upserts = [document(key, version, **values) for key, version, values in changes if values is not None]
        return {
            "upserts": upserts,
            "deletes": [(key, version) for key, version, gone in changes if gone is None],
        }

    @rule(changes=CHANGES)
    def apply(self, changes: list[Change]) -> None:
        applied = self.writer.apply(**self._split(changes))
        expected = [change(state, changes) for state in self._states()]
        self.made = self.made or self.next is None
        assert applied == expected[0]

    def _states(self) -> list[State]:
        following = [] if self.next is None else [self.next]
        return [self.live, *following] if self.made or not following else following

    @rule(target=rebuilds)
    def open_rebuild(self) -> Any:
        if self.next is not None:
            return None
        context = self.writer.rebuild()
        opened = context.__enter__()
        self.next = {key: state for key, state in self.live.items() if state[1] is None}
        return context, opened

    @rule(rebuild=rebuilds, changes=CHANGES)
    def fill_rebuild(self, rebuild: tuple[Any, Rebuild] | None, changes: list[Change]) -> None:
        if rebuild is not None:
            assert self.next is not None
            assert rebuild[1].apply(**self._split(changes)) == change(self.next, changes)

    @rule(rebuild=consumes(rebuilds), promoted=st.booleans())
    def end_rebuild(self, rebuild: tuple[Any, Rebuild] | None, promoted: bool) -> None:
        if rebuild is None:
            return
        assert self.next is not None
        if promoted:
            rebuild[1].promote()
            self.live, self.made = self.next, True
        rebuild[0].__exit__(None, None, None)
        self.next = None

    @rule()
    def reopen(self) -> None:
        if self.next is None:
            self.context.__exit__(None, None, None)
            self.engine.close()
            self._begin_writing()

    @invariant()
    def both_hold_the_same(self) -> None:
        held = {key: (version, values) for key, (version, values) in self.live.items() if values is not None}
        for engine in (self.engine, self.elsewhere):
            assert engine.exists(SCHEMA) == self.made
            found = {entry.key: entry.version for entry in engine.entries(SCHEMA)}
            assert found == {key: version for key, (version, _) in held.items()}
            self._compare(engine, {key: values for key, (_, values) in held.items()})

    def _compare(self, engine: Engine, held: dict[int, dict[str, Any]]) -> None:
        for title in TITLES:
            assert self._found(engine, text=title) == {key for key in held if held[key]["title"] == title}
        majors = {key for key in held if held[key].get("kind") == "major"}
        assert self._found(engine, filters=(AnyOf("kind", ("major",)),)) == majors
        assert self._found(engine, filters=(Not(AnyOf("kind", ("major",))),)) == set(held) - majors
        assert self._found(engine, filters=(Between("level", 2, 3),)) == {
            key for key in held if held[key].get("level", 0) >= 2
        }
        assert self._found(engine, filters=(Has("confirmed"),)) == {
            key for key in held if "confirmed" in held[key]
        }
        assert ask(engine, Query(facets=("kind",))).facets["kind"].get("major", 0) == len(majors)
        assert self._by_date(engine) == self._expected_by_date(held)
        self._compare_nearest(engine, held)

    def _found(self, engine: Engine, **query: Any) -> set[int]:
        return set(ask(engine, Query(size=100, **query)).keys)

    def _by_date(self, engine: Engine) -> list[int]:
        return ask(engine, Query(sort=(("confirmed", True), ("level", False)), size=100)).keys

    def _expected_by_date(self, held: dict[int, dict[str, Any]]) -> list[int]:
        def order(key: int) -> tuple[float, float, int]:
            day, level = held[key].get("confirmed"), held[key].get("level")
            return (-day.toordinal() if day else np.inf, np.inf if level is None else level, key)

        return sorted(held, key=order)

    def _compare_nearest(self, engine: Engine, held: dict[int, dict[str, Any]]) -> None:
        with_vector = {
            key: np.array(values["meaning"]) for key, values in held.items() if "meaning" in values
        }
        cosine = {key: round(float(v[0] / np.linalg.norm(v)), 2) for key, v in with_vector.items()}
        query = Query(vector=np.array([1.0, 0, 0]), vector_field="meaning", size=3, filters=(Has("title"),))
        expected = sorted(with_vector, key=lambda key: (-cosine[key], key))[:3]
        assert ask(engine, query).keys == expected

    def teardown(self) -> None:
        if hasattr(self, "context"):
            self.context.__exit__(None, None, None)
            self.engine.close()
            self.elsewhere.close()
            self.folder.cleanup()


EXAMPLES = {"embedded": 15, "elasticsearch": 5}
"""A server makes and drops an index hundreds of times slower than a folder."""


def test_engine_equals_a_dict(engine_name: str, server_address: str) -> None:
    machine = type("Machine", (EngineMachine,), {"engine_name": engine_name, "address": server_address})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    machine.TestCase.settings = settings(
        max_examples=EXAMPLES[engine_name],
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=checks,
    )
    machine.TestCase().runTest()
