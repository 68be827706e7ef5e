"""Live names follow the database."""

import pytest

from rongqiao.parties import services as parties
from rongqiao.searching import live as module
from rongqiao.searching.live import LiveNames
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(monkeypatch) -> LiveNames:
    """Looks at every question."""
    monkeypatch.setattr(module, "REFRESH_SECONDS", 0.0)
    return LiveNames()


def test_what_is_published_and_renamed_is_known_at_the_next_look(names, enterprise) -> None:
    assert names.names().meanings("竹编师傅带徒") == ()
    world.publish(enterprise, "talent_need", "竹编师傅带徒")
    world.drain()
    parties.change_organisation(organisation=enterprise.organisation, by=None, fields={"name": "演示竹艺有限公司"}, profile={})
    assert [name.kind for name in names.names().meanings("竹编师傅带徒")] == ["title"]
    assert names.names().meanings("演示竹艺有限公司")[0].values == (str(enterprise.organisation.pk),)


def test_what_is_withdrawn_goes_at_the_next_whole_look(names, enterprise, monkeypatch) -> None:
    posting = world.publish(enterprise, "talent_need", "竹编师傅带徒")
    world.drain()
    assert names.names().meanings("竹编师傅带徒")
    posting.refresh_from_db()
    world.step(posting, "withdraw")
    world.drain()
    monkeypatch.setattr(module.time, "monotonic", lambda: 1e12)
    assert names.names().meanings("竹编师傅带徒") == ()


def test_many_come_in_steps_and_none_is_left_out(names, enterprise, monkeypatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    titles = ["竹编一", "竹编二", "竹编三", "竹编四", "竹编五", "竹编六", "竹编七"]
    for title in titles[:3]:
        world.publish(enterprise, "talent_need", title)
    world.drain()
    names.names()
    for title in titles[3:]:
        world.publish(enterprise, "talent_need", title)
    world.drain()
    for _ in range(3):
        found = names.names()
    assert [title for title in titles if not found.meanings(title)] == []


def test_a_look_costs_three_queries(names, enterprise, django_assert_num_queries) -> None:
    world.publish(enterprise, "talent_need", "竹编师傅带徒")
    world.drain()
    names.names()
    with django_assert_num_queries(3):
        names.names()
