"""The region, loaded once for all tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from rongqiao.demo import loading
from rongqiao.postings.models import Posting

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that look at the region come last: the others load one themselves, into an empty database."""
    items.sort(key=lambda item: HERE in item.path.parents and "region" in item.fixturenames)  # type: ignore[attr-defined]


@pytest.fixture(scope="package")
def region(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[loading.Loaded]:
    """A loaded region that is undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield loading.load(progress=lambda count, of: None)
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def stored(region: loading.Loaded) -> dict[str, Posting]:
    """Everything the region needs and offers, by key."""
    return {posting.source_key: posting for posting in Posting.objects.select_related("organisation")}
