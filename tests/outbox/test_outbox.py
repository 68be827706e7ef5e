"""The outbox: nothing is lost, failures wait their turn, poison is set aside."""

from datetime import timedelta

import pytest
from django.db import transaction

from rongqiao.common import clock
from rongqiao.outbox import registry, selectors, services
from rongqiao.outbox.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


class Listener:
    """A consumer that remembers what it was given and fails on what it is told to."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.bad: set[int] = set()
        self.away = False

    def __call__(self, ids) -> None:
        if self.away:
            raise registry.Unavailable("away")
        if self.bad & set(ids):
            raise ValueError("poison")
        self.heard += ids


@pytest.fixture
def listener():
    heard = Listener()
    registry.subscribe("test", topic="test topic", handle=heard, batch=10, order=1)
    yield heard
    registry.unsubscribe("test")


def consumer():
    return next(each for each in registry.consumers() if each.name == "test")


def test_what_is_rolled_back_was_never_recorded(listener) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        services.record("test topic", [1])
        raise RuntimeError
    assert Event.objects.count() == 0


def test_the_same_object_is_handled_once_and_the_rows_go(listener) -> None:
    services.record("test topic", [7, 7, 8])
    services.drain()
    assert listener.heard == [7, 8]
    assert Event.objects.count() == 0


def test_single_changes_go_before_bulk(listener) -> None:
    services.record("test topic", range(100, 120), bulk=True)
    services.record("test topic", [1])
    services.drain_consumer(consumer())
    assert listener.heard[0] == 1


def test_one_bad_object_holds_up_nobody_and_is_set_aside_in_the_end(listener) -> None:
    listener.bad = {5}
    services.record("test topic", range(1, 9))
    services.drain()
    assert sorted(listener.heard) == [1, 2, 3, 4, 6, 7, 8]
    event = Event.objects.get()
    assert event.object_id == 5
    assert event.attempts == 1
    assert event.not_before is not None
    for _ in range(services.MOST_ATTEMPTS):
        Event.objects.update(not_before=None)
        services.drain()
    assert [each.object_id for each in selectors.set_aside()] == [5]
    assert "poison" in Event.objects.get().error


def test_set_aside_events_can_be_tried_again(listener) -> None:
    services.record("test topic", [5])
    Event.objects.update(set_aside_at=clock.now(), attempts=services.MOST_ATTEMPTS)
    assert services.drain() == 0
    assert services.retry_set_aside() == 1
    services.drain()
    assert listener.heard == [5]


def test_an_urgent_one_is_asked_again_after_each_batch_of_another(listener) -> None:
    """Somebody waits to see their posting; pairings can take their time."""
    heard = []
    registry.subscribe("slow", topic="slow topic", handle=lambda ids: services.record("test topic", [1]), batch=1, order=2)
    registry.subscribe("last", topic="slow topic", handle=lambda ids: heard.extend(listener.heard), batch=1, order=3)
    registry.subscribe("test", topic="test topic", handle=listener, batch=10, order=1, urgent=True)
    try:
        services.record("slow topic", [7])
        services.drain(rounds=1)
    finally:
        registry.unsubscribe("slow")
        registry.unsubscribe("last")
    assert heard == [1]


def test_an_engine_that_is_away_costs_no_attempt(listener) -> None:
    listener.away = True
    services.record("test topic", [1, 2])
    services.drain()
    assert list(Event.objects.values_list("attempts", flat=True)) == [0, 0]
    listener.away = False
    Event.objects.update(not_before=clock.now() - timedelta(seconds=1))
    services.drain()
    assert listener.heard == [1, 2]


def test_depth_is_told_by_consumer(listener) -> None:
    services.record("test topic", [1, 2, 3])
    (depth,) = selectors.depths()
    assert (depth.consumer, depth.waiting, depth.set_aside) == ("test", 3, 0)
    assert depth.oldest is not None
