"""Of faults in one posting of twenty, `reconcile` finds every one, mends every one, and touches nothing else."""

import pytest
from django.core.management import CommandError, call_command

from rongqiao.indexing import reconciling
from tests.indexing.planting import fill, plant

pytestmark = pytest.mark.django_db
POSTINGS = 2_000
SHARE = 0.05


def quiet(done: int, total: int) -> None: ...


def test_all_are_found_none_falsely_and_all_are_mended(two_kinds, search_engine) -> None:
    ids = fill(POSTINGS, organisations=20)
    call_command("index", "rebuild")
    planted = plant(ids, SHARE)
    assert sum(map(len, planted.values())) == POSTINGS * SHARE
    found = reconciling.check(quiet)
    ghosts = {pk for each in found.ghost.values() for pk in each}
    assert {"missing": found.missing, "stale": found.stale, "wrong": found.wrong, "ghost": ghosts} == planted
    assert found.contents == {}
    with pytest.raises(CommandError, match="不一致"):
        call_command("index", "reconcile", "--check")
    call_command("index", "reconcile", "--fix")
    assert not any(reconciling.check(quiet).counts().values())
