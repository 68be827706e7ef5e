"""The region, loaded once for all tests of a module that only look at it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from rongqiao.demo import loading
from rongqiao.postings.models import Posting


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[loading.Loaded]:
    """A loaded region that is undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield loading.load(progress=lambda count, of: None)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def stored(region: loading.Loaded) -> dict[str, Posting]:
    """Everything the region needs and offers, by key."""
    return {posting.source_key: posting for posting in Posting.objects.select_related("organisation")}
