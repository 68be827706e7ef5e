"""Bringing in the rows of a table: once, again, after their owner closed them, after the batch was undone."""

import pytest

from rongqiao.postings import kinds, services
from rongqiao.postings.models import Posting
from tests import world

pytestmark = pytest.mark.django_db


def bring(owner: world.Party, title: str = "焊工", batch: int = 1) -> tuple[int, int]:
    row = services.Incoming(kinds.of("talent_need"), owner.organisation.pk, "r1", {"title": title}, {})
    return services.bring_in(rows=[row], source="test", batch_id=batch, by=None)


def test_the_same_row_again_changes_nothing(enterprise) -> None:
    assert bring(enterprise) == (1, 0)
    before = Posting.objects.values().get()
    assert bring(enterprise, batch=2) == (0, 0)
    assert Posting.objects.values().get() == before


def test_a_changed_row_updates_what_is_open(enterprise) -> None:
    bring(enterprise)
    assert bring(enterprise, "氩弧焊工", batch=2) == (0, 1)
    assert Posting.objects.values_list("title", "status", "version").get() == ("氩弧焊工", "published", 2)


@pytest.mark.parametrize("code", ["withdraw", "meet"])
def test_what_its_owner_closed_stays_closed(enterprise, code) -> None:
    bring(enterprise)
    closed = world.step(Posting.objects.get(), code).status
    bring(enterprise)
    bring(enterprise, "氩弧焊工")
    assert Posting.objects.get().status == closed


def test_what_was_taken_back_with_its_batch_comes_back_with_it(enterprise) -> None:
    bring(enterprise)
    assert services.take_back(batch_id=1) == 1
    assert Posting.objects.get().status == "withdrawn"
    assert bring(enterprise, batch=2) == (0, 1)
    assert Posting.objects.get().status == "published"
    world.step(Posting.objects.get(), "withdraw")
    bring(enterprise, batch=3)
    assert Posting.objects.get().status == "withdrawn"
