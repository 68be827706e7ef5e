"""Planted faults are all found and all mended, and nothing else is touched."""

import random

import pytest

from rongqiao.indexing import reconciling, runs
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Indexed, IndexRun
from rongqiao.indexing.schemas import contents_of, postings_of
from rongqiao.postings.models import Posting
from search.schema import Document
from tests import world

pytestmark = pytest.mark.django_db
on_both = pytest.mark.usefixtures("search_engine")

quiet = lambda done, total: None  # noqa: E731


@pytest.fixture
def forty(enterprise, college) -> list[int]:
    made = [world.publish(enterprise, "talent_need", f"演示岗位{number}号").pk for number in range(40)]
    world.drain()
    return made


def plant(ids: list[int]) -> dict[str, set[int]]:
    """Four faults of each sort, behind the product's back."""
    chosen = random.Random(4).sample(ids, 16)
    missing, stale, wrong, facts = (set(chosen[start : start + 4]) for start in range(0, 16, 4))
    schema = postings_of("talent_need")
    versions = dict(Posting.objects.filter(pk__in=ids).values_list("pk", "version"))
    with engine().writer(schema) as writer:
        writer.apply([], [(pk, versions[pk]) for pk in missing])
        writer.apply([Document(pk, versions[pk], 1, {"title": "别家的", "organisation": "999"}) for pk in wrong])
        writer.apply([Document(pk, 1, 1, {"title": "并不存在"}) for pk in (9001, 9002)])
    Posting.objects.filter(pk__in=stale).update(version=99)
    Indexed.objects.filter(pk__in=facts).update(organisation_id=999, checksum=7)
    return {"missing": missing, "stale": stale, "wrong": wrong | facts, "ghost": {9001, 9002}}


@on_both
def test_every_planted_fault_is_found_and_mended(forty) -> None:
    planted = plant(forty)
    found = reconciling.check(quiet)
    ghosts = {pk for each in found.ghost.values() for pk in each}
    assert {"missing": found.missing, "stale": found.stale, "wrong": found.wrong, "ghost": ghosts} == planted
    reconciling.mend(found, quiet)
    assert not any(reconciling.check(quiet).counts().values())
    assert world.party("演示甲", "college", "500101", "a@a.example").get("search?q=演示岗位3号").json()["count"] >= 1


def test_a_sound_index_has_no_findings(forty) -> None:
    assert not any(reconciling.check(quiet).counts().values())


def test_a_lost_content_index_is_found_and_mended(forty) -> None:
    with engine().writer(contents_of("talent_need")) as writer, writer.rebuild() as empty:
        empty.promote()
    found = reconciling.check(quiet)
    assert len(found.contents["talent_need"]) == 40
    reconciling.mend(found, quiet)
    assert not any(reconciling.check(quiet).counts().values())


def test_a_rebuild_brings_back_what_was_lost_and_tells_its_progress(forty) -> None:
    plant(forty)
    run = runs.ask(action="rebuild")
    world.drain()
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == ("done", 40, 40)
    Posting.objects.filter(version=99).update(version=2)
    assert reconciling.check(quiet).counts()["missing"] == 0


@on_both
def test_a_rebuild_that_would_lose_most_is_refused(two_kinds, forty) -> None:
    Posting.objects.filter(pk__in=forty[:30]).update(status="withdrawn")
    run = runs.ask(action="rebuild")
    world.drain()
    run.refresh_from_db()
    assert run.state == "failed"
    assert "CountJumped" in run.result["error"]
    assert engine().count(postings_of("talent_need")) == 40


def test_a_run_can_be_cancelled_and_leaves_the_old_index(forty) -> None:
    run = runs.ask(action="rebuild")
    runs.cancel(run.pk)
    world.drain()
    assert IndexRun.objects.get().state == "cancelled"
    assert engine().count(postings_of("talent_need")) == 40


@on_both
def test_single_publications_go_through_during_a_rebuild(two_kinds, forty, enterprise, monkeypatch) -> None:
    """What is published while the new index is built is found at once, and afterwards."""
    from rongqiao.indexing import rebuilding
    from rongqiao.outbox import services as outbox

    monkeypatch.setattr(rebuilding, "CHUNK", 10)
    seen = []

    def between() -> None:
        title = f"重建期间发布{len(seen)}"
        world.publish(enterprise, "talent_need", title)
        outbox.let_singles_through()
        seen.append(enterprise.get(f"search?q={title}&kind=talent_need").json()["results"][0]["title"] == title)

    rebuilding.rebuild(quiet, between)
    assert seen
    assert all(seen)
    assert not any(reconciling.check(quiet).counts().values())
