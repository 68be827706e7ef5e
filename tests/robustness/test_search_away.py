"""Elasticsearch gone, mute, slow, out of its mind or out of disk: searches are answered in time from the database, nobody is
kept from publishing, and all is caught up by itself once it is back."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from rongqiao.indexing.engines import engine
from rongqiao.indexing.schemas import postings_of
from rongqiao.outbox import worker
from search.engine import EngineAway
from search.query import Query
from tests import world
from tests.robustness.installation import eventually
from tests.servers.proxy import Proxy, proxy

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db(transaction=True)]
PROMISED = 3.0
RETURN_SECONDS = 20.0
KIND = "talent_need"


@pytest.fixture
def way(elasticsearch_address: str, on_elasticsearch) -> Iterator[Proxy]:
    """The network between the product and the server."""
    port = urlsplit(elasticsearch_address).port
    assert port is not None
    with proxy(port) as made:
        on_elasticsearch(f"http://127.0.0.1:{made.port}")
        yield made


@pytest.fixture
def at_work() -> Iterator[None]:
    """A worker, as the web process of one machine has it: a thread that asks the same engine."""
    stop = threading.Event()

    def work() -> None:
        try:
            worker.run(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join()


def searched(words: str) -> tuple[list[str], str, float]:
    """The titles found, the note, and the seconds that the faster of two answers took: a machine may be busy."""
    begun = time.monotonic()
    took = []
    for _ in range(2):
        answer = Client().get("/api/v1/search", {"q": words, "kind": KIND})
        assert answer.status_code == 200
        took.append(time.monotonic() - begun - sum(took))
    said = answer.json()
    return [posting["title"] for posting in said["results"]], said["note"], min(took)


def from_index(title: str) -> bool:
    """Whether a posting is found, and not by the database."""
    titles, note, _ = searched(title)
    return title in titles and not note


@pytest.mark.parametrize("fault", ["black hole", "slow", "reset", "garbage", "bad gateway", "refuse"])
def test_away(fault: str, way: Proxy, enterprise: world.Party, at_work: None) -> None:
    world.publish(enterprise, KIND, "焊工")
    eventually(lambda: from_index("焊工"), RETURN_SECONDS, "found before the fault")
    way.fail(fault)
    titles, note, seconds = searched("焊工")
    assert (titles, bool(note)) == (["焊工"], True)
    assert seconds < PROMISED
    published(enterprise, "数控车工")
    way.mend()
    eventually(lambda: from_index("数控车工"), RETURN_SECONDS, "caught up")


def published(owner: world.Party, title: str) -> None:
    """Over HTTP, with success."""
    draft = owner.post("postings", {"kind": KIND, "title": title})
    assert draft.status_code == 201, draft.content
    step = owner.post(f"postings/{draft.json()['id']}/steps/publish", {"version": draft.json()["version"]})
    assert step.status_code == 200, step.content


def test_out_of_disk(elasticsearch_address: str, on_elasticsearch, enterprise: world.Party, at_work: None) -> None:
    world.publish(enterprise, KIND, "焊工")
    eventually(lambda: from_index("焊工"), RETURN_SECONDS, "found before the fault")
    with read_only(elasticsearch_address):
        published(enterprise, "数控车工")
        assert from_index("焊工"), "what is read is as good as ever"
        assert not from_index("数控车工")
    eventually(lambda: from_index("数控车工"), RETURN_SECONDS, "caught up")


@contextmanager
def read_only(address: str) -> Iterator[None]:
    """What the server does to its indexes when the disk is full."""

    def block(value: bool | None) -> None:
        body = json.dumps({"index.blocks.read_only_allow_delete": value}).encode()
        url = f"{address}/{settings.RONGQIAO_SEARCH_PREFIX}-*/_settings"
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="PUT")
        urllib.request.urlopen(request, timeout=60).close()

    block(True)
    try:
        yield
    finally:
        block(None)


def test_work_that_has_no_answer_takes_no_question_away(way: Proxy, enterprise: world.Party) -> None:
    """Writes that time out again and again: readers would be sent to the database for it if they shared the breaker."""
    world.publish(enterprise, KIND, "焊工")
    world.drain()
    way.fail("reset")
    for _ in range(5):
        with pytest.raises(EngineAway), engine().writer(postings_of(KIND)) as writer:
            writer.apply([], [(1, 1)])
    way.mend()
    assert len(engine().search(postings_of(KIND), [Query(text="焊工")])[0].hits) == 1


def test_operators_see_that_it_is_away(way: Proxy, operator: world.Party) -> None:
    assert operator.get("health").json()["search"]["state"] == "ok"
    way.fail("reset")
    seen = operator.get("health")
    assert seen.status_code == 200
    assert seen.json()["search"]["state"] == "away"
    assert "EngineAway" in seen.json()["search"]["error"]
