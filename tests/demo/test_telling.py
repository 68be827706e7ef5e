"""The demo's people are told what fits them as soon as the region is paired."""

import pytest

from rongqiao.common import clock
from rongqiao.demo import telling
from rongqiao.digests import selectors
from rongqiao.digests.planning import plan

pytestmark = pytest.mark.django_db


def test_their_first_digest_is_due_and_nothing_stands_in_its_way(region) -> None:
    due = selectors.preferences(due_at=clock.now())
    assert due.count() >= 10
    reasons = {composed.reason for _, composed in plan(due, clock.now())}
    assert reasons <= {"", "nothing_new"}, "an address that is not confirmed, or nobody to tell of"


def test_who_was_told_is_left_alone(region) -> None:
    assert telling.make_due(region.accounts) >= 10
    selectors.preferences().update(told_at=clock.now())
    assert telling.make_due(region.accounts) == 0
