"""An index of another structure: built beside the old one, swapped when it is whole, and right about what the release
before wrote meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from rongqiao.indexing import rebuilding, reconciling, selectors, services, writers
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Indexed, IndexRun
from rongqiao.indexing.schemas import contents_of, postings_of
from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from rongqiao.postings.models import Posting
from rongqiao.recommending import services as recommending
from rongqiao.recommending import source
from rongqiao.recommending.models import Pairing
from search.schema import Keyword, Schema
from tests import world

pytestmark = pytest.mark.django_db
KIND = "talent_need"
NEW = Keyword("added")


@pytest.fixture
def some(two_kinds, search_engine, enterprise, college) -> list[int]:
    made = [world.publish(enterprise, KIND, f"演示岗位{number}号").pk for number in range(6)]
    world.publish(college, "major", "护理", major_code="520201")
    world.drain()
    return made


class Release:
    """Which of two releases this process is of: the new one has a field more."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def new(self) -> None:
        """Of the one that is being deployed."""
        for module in (services, rebuilding, reconciling):
            self._patch.setattr(module, "postings_of", with_a_field_more)
        self._patch.setattr(selectors, "schemas_of", lambda kind: (with_a_field_more(kind), contents_of(kind)))
        services.forget_written()

    @contextmanager
    def before(self) -> Iterator[None]:
        """Another process, which is of the one before."""
        self._patch.undo()
        self._patch.setattr(writers, "_held", {})
        services.forget_written()
        yield
        self._patch.undo()
        self.new()


def with_a_field_more(kind: str) -> Schema:
    old = postings_of(kind)
    return replace(old, fields=(*old.fields, NEW)) if kind == KIND else old


@pytest.fixture
def release() -> Iterator[Release]:
    with pytest.MonkeyPatch.context() as patch:
        yield Release(patch)


def held() -> set[int]:
    return {entry.key for entry in engine().entries(with_a_field_more(KIND))}


def nothing_differs() -> bool:
    return not any(reconciling.check(lambda done, total: None).counts().values())


def test_what_changed_is_built_and_the_rest_left_alone(some, release: Release, capsys) -> None:
    release.new()
    assert selectors.unbuilt() == [KIND]
    call_command("index", "migrate")
    assert "kinds=1 written=6 mended=0" in capsys.readouterr().out
    assert selectors.unbuilt() == []
    assert held() == set(some)
    assert nothing_differs()
    call_command("index", "migrate")
    assert "kinds=0 written=0 mended=0" in capsys.readouterr().out


def test_what_the_release_before_wrote_meanwhile_is_right_afterwards(
    some, search_engine: str, release: Release, enterprise, monkeypatch
) -> None:
    """It published and withdrew, and knew nothing of the index that was being built."""

    def meanwhile() -> None:
        world.publish(enterprise, KIND, "迁移期间发布")
        world.step(Posting.objects.get(pk=some[0]), "withdraw")
        # The embedded index has one writer: the process that migrates.
        with release.before() if search_engine == "elasticsearch" else nullcontext():
            world.drain()

    release.new()
    monkeypatch.setattr(outbox, "let_singles_through", meanwhile)
    call_command("index", "migrate")
    assert IndexRun.objects.get().result["mended"] == (2 if search_engine == "elasticsearch" else 0)
    assert held() == set(Indexed.objects.filter(kind=KIND).values_list("pk", flat=True))
    assert some[0] not in held()
    assert len(held()) == len(some)
    assert nothing_differs()


def test_a_migration_that_would_lose_most_is_refused(some, release: Release) -> None:
    release.new()
    Posting.objects.filter(pk__in=some[:5]).update(status="withdrawn")
    with pytest.raises(CommandError, match=r"CountJumped.*--force"):
        call_command("index", "migrate")
    assert engine().count(postings_of(KIND)) == 6


def test_stopped_midway_it_leaves_the_old_one(some, release: Release, monkeypatch) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    release.new()
    monkeypatch.setattr(outbox, "let_singles_through", stop)
    with pytest.raises(CommandError, match="照旧"):
        call_command("index", "migrate")
    assert IndexRun.objects.get().state == "cancelled"
    with release.before():
        assert engine().count(postings_of(KIND)) == 6
        assert nothing_differs()


def test_one_that_died_after_the_swap_is_made_good_by_the_next(some, release: Release) -> None:
    release.new()
    with pytest.MonkeyPatch.context() as dying:
        dying.setattr(reconciling, "check", lambda *_: 1 / 0)
        with pytest.raises(CommandError, match="ZeroDivisionError"):
            call_command("index", "migrate")
    assert selectors.unbuilt() == []
    with engine().writer(with_a_field_more(KIND)) as writer:
        writer.apply([], [(some[0], 9)])
    call_command("index", "migrate")
    assert IndexRun.objects.latest("pk").result["mended"] == 1


def test_until_it_is_done_nobody_loses_their_pairings(some, enterprise, monkeypatch) -> None:
    need = world.publish(enterprise, KIND, "护士", "需要护理", skills=["护理"])
    world.drain()
    before = Pairing.objects.count()
    changed = lambda kind: replace(contents_of(kind), fields=(*contents_of(kind).fields, NEW))  # noqa: E731
    monkeypatch.setattr(selectors, "contents_of", changed)
    monkeypatch.setattr(source, "contents_of", changed)
    with pytest.raises(Unavailable, match="index migrate"):
        recommending.refresh([need.pk])
    assert Pairing.objects.count() == before > 0
