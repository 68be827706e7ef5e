"""What is done by the clock is done once, by whoever comes first."""

from datetime import timedelta

import pytest

from rongqiao.common import clock
from rongqiao.outbox import chores
from rongqiao.outbox.models import Chore
from rongqiao.postings.models import Posting
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung():
    calls: list[int] = []
    chores.every(60, "test chore", lambda: calls.append(1))
    yield calls
    chores._duties.pop("test chore")


def test_it_is_done_when_due_and_not_again_before(rung) -> None:
    assert "test chore" in chores.run_due()
    assert "test chore" not in chores.run_due()
    assert len(rung) == 1
    Chore.objects.update(last_done=clock.now() - timedelta(seconds=61))
    chores.run_due()
    assert len(rung) == 2


def test_one_that_fails_holds_up_no_other(rung) -> None:
    chores.every(60, "a bad chore", lambda: 1 / 0)
    try:
        assert {"a bad chore", "test chore"} <= set(chores.run_due())
    finally:
        chores._duties.pop("a bad chore")
    assert rung


def test_expiry_is_a_chore(enterprise) -> None:
    world.publish(enterprise, "talent_need", "焊工")
    Posting.objects.update(expires_on="2020-01-01")
    chores.run_due()
    assert Posting.objects.get().status == "expired"
