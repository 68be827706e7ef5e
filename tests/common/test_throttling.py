"""Limits on requests: over the limit is 429 with a remedy; a cache that is away lets everybody pass."""

import pytest
from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_a_minute(monkeypatch):
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": "2/min", "user": "2/min"})
    cache.clear()
    yield
    cache.clear()


def test_one_request_too_many_is_told_to_wait(two_a_minute, visitor) -> None:
    answers = [visitor.get("/api/v1/kinds") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["errors"][0]["code"] == "throttled"
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_without_its_cache_nobody_is_counted(two_a_minute, visitor, monkeypatch) -> None:
    def away(*args, **kwargs):
        raise ConnectionError("cache is away")

    monkeypatch.setattr(type(cache._connections["default"]) if hasattr(cache, "_connections") else type(cache), "get", away)
    assert [visitor.get("/api/v1/kinds").status_code for _ in range(4)] == [200] * 4
