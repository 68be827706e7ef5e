"""What is done to the indexes by the clock, and what operators are told."""

import pytest

from rongqiao.indexing import upkeep
from rongqiao.indexing.engines import engine
from rongqiao.indexing.schemas import contents_of, postings_of
from rongqiao.outbox import chores
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_kinds", "search_engine")]
PURGE = "purge the indexes"


def test_old_tombstones_are_forgotten_once_a_day_where_the_engine_keeps_them(monkeypatch, search_engine) -> None:
    monkeypatch.setattr(chores, "_duties", {PURGE: chores._duties[PURGE]})
    asked = []
    if search_engine == "elasticsearch":
        purge = engine().purge
        monkeypatch.setattr(engine(), "purge", lambda schema: asked.append(schema) or purge(schema, days=-1))
    enterprise = world.party("演示机电有限公司", "enterprise", "500101", "hr@firm.example")
    world.step(world.publish(enterprise, "talent_need", "焊工"), "withdraw")
    world.drain()
    assert chores.run_due() == [PURGE]
    assert chores.run_due() == []
    every = [make(kind) for kind in ("talent_need", "major") for make in (postings_of, contents_of)]
    assert sorted(schema.name for schema in asked) == (sorted(s.name for s in every) if search_engine == "elasticsearch" else [])


def test_operators_see_the_engine_its_sizes_and_what_wants_a_migration(operator, search_engine) -> None:
    world.publish(operator, "talent_need", "焊工")
    world.drain()
    seen = operator.get("health").json()
    assert seen["search"] == {"engine": search_engine, "state": "ok", "unbuilt": ["major"]}
    assert {"kind": "talent_need", "postings": 1, "contents": 1} in seen["index"]
    assert upkeep.purge() == 0
