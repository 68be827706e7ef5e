"""The code tables in the test database, loaded once, and again after a test that emptied the tables."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from rongqiao.codes import services
from rongqiao.codes.models import CodeEntry


@pytest.fixture(scope="session")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        services.load()


@pytest.fixture
def codes(_loaded: None, db: None) -> None:
    if not CodeEntry.objects.exists():
        services.load()


@pytest.fixture
def client() -> APIClient:
    return APIClient()
