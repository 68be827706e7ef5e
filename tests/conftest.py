"""What every test of the product stands on: a fresh index, people and organisations, signed-in clients."""

import contextlib
import gc
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from rongqiao.audit import protection
from tests import world
from tests.kept import Keep, kept
from tests.robustness.installation import empty_database, in_a_run
from tests.robustness.services import need
from tests.servers import elasticsearch

# Machines are noisy: how long an example takes says nothing about whether the code is right.
hypothesis.settings.register_profile("noisy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("noisy")

ROOMS = frozenset(
    {
        "codes", "common", "outbox", "audit", "mailing", "files", "parties", "postings", "parsing", "reviewing", "importing",
        "indexing", "searching", "recommending", "introductions", "digests", "api", "security",
    }
)  # fmt: skip


# Long ones about files, words, tokens and rights: whatever the database, the answer comes from the code above it.
ONCE = frozenset(
    {
        "security/test_links_and_sessions.py", "searching/test_completing.py", "searching/test_people.py",
        "searching/test_understanding.py", "searching/test_names.py",
        "files/test_hostile.py", "files/test_mutations.py", "importing/test_hostile.py", "mailing/test_rendering.py",
        "security/test_tenancy.py", "security/test_canaries.py", "reviewing/test_machine.py", "reviewing/test_duplicates.py",
        "introductions/test_machine.py", "digests/test_letters.py", "digests/test_links.py", "digests/test_groups.py",
        "digests/test_composing.py", "digests/test_timing.py", "mailing/test_bounces.py",
    }
)  # fmt: skip
# Half of all the time, and what a database refuses (a NUL, a number too large) PostgreSQL refuses more of.
POSTGRESQL_FIRST = frozenset({"api/test_hostile.py", "digests/test_forged.py"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the rooms run again on PostgreSQL: they are marked by where they lie. Those on Elasticsearch run once,
    all in one process, which starts one server. What a module keeps for some of its tests stays to its end: those that
    begin from nothing come first."""
    for item in items:
        parts = Path(str(item.fspath)).parts
        if item.get_closest_marker("browser") and "story" not in parts:
            raise pytest.UsageError(f"{item.nodeid}: walks lie in tests/story, where the run looks for them")
        if {"robustness", "real"} & set(parts) or item.get_closest_marker("elasticsearch"):
            item.add_marker(pytest.mark.processes)
        elsewhere = item.get_closest_marker("embedded_only") or item.get_closest_marker("elasticsearch")
        if ROOMS & set(parts) and not elsewhere:
            item.add_marker(pytest.mark.server_side)
            place = "/".join(parts[-2:])
            if "parsing" in parts or place in ONCE:
                item.add_marker(pytest.mark.once)
            if place in POSTGRESQL_FIRST:
                item.add_marker(pytest.mark.postgresql_first)
    items[:] = [
        item
        for _, group in itertools.groupby(items, key=lambda item: item.fspath)
        for item in sorted(group, key=lambda item: "keep" in item.fixturenames)  # type: ignore[attr-defined]
    ]


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: looking through them for garbage again and again finds none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """In a whole run the tables are there already: each process would take ten seconds to make them."""
    if connection.vendor != "sqlite" or not in_a_run():
        return django_db_keepdb
    Path(connection.settings_dict["TEST"]["NAME"]).write_bytes(empty_database())
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Transactional tests empty the tables by DELETE, which the audit trail refuses: its tests protect it again."""
    with django_db_blocker.unblock():
        protection.unprotect(connection)


@pytest.fixture(autouse=True)
def fresh_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has an index of its own, and no memory of another's rows."""
    monkeypatch.setattr(settings, "RONGQIAO_INDEX", tmp_path / "index")
    world.forget_everything()
    yield
    world.forget_everything()


@pytest.fixture(scope="session")
def elasticsearch_address() -> Iterator[str]:
    """A real server for the whole run, started by the first test that asks."""
    need(elasticsearch)
    with elasticsearch.server(elasticsearch.SMALL) as address:
        yield address


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def search_engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The product on each engine in turn: its name."""
    if request.param == "elasticsearch":
        request.getfixturevalue("on_elasticsearch")
    yield request.param
    world.forget_everything()


@pytest.fixture
def on_elasticsearch(
    fresh_index: None, elasticsearch_address: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """The product on Elasticsearch, on indexes of its own; called, it reaches the server by another address."""
    with elasticsearch.indexes(elasticsearch_address) as prefix:
        monkeypatch.setattr(settings, "RONGQIAO_SEARCH_ENGINE", "elasticsearch")
        monkeypatch.setattr(settings, "RONGQIAO_SEARCH_PREFIX", prefix)

        def reached_by(address: str) -> None:
            monkeypatch.setattr(settings, "ELASTICSEARCH_URL", address)
            world.forget_everything()

        reached_by(elasticsearch_address)
        yield reached_by
        world.forget_everything()


@pytest.fixture(scope="module")
def keep(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keep]:
    """Build something once for the whole module: see `tests.kept`."""
    with contextlib.ExitStack() as stack:
        yield lambda build: stack.enter_context(kept(build, django_db_blocker, tmp_path_factory.mktemp("kept")))


@pytest.fixture
def enterprise(db: None) -> world.Party:
    """An enterprise in 万州 with a clerk who can post."""
    return world.enterprise()


@pytest.fixture
def other_enterprise(db: None) -> world.Party:
    """Another enterprise, whose business is none of the first one's."""
    return world.other_enterprise()


@pytest.fixture
def college(db: None) -> world.Party:
    """A college in 万州 with a clerk who can post."""
    return world.college()


@pytest.fixture
def operator(db: None) -> world.Party:
    """The platform's operator."""
    return world.party("演示平台", "broker", "500101", "ops@platform.example", role="operator")


@pytest.fixture
def visitor() -> Client:
    """Somebody who has not signed in."""
    return Client()
