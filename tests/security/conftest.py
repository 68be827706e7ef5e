"""The region, built once for all tests of a module: each of them leaves it as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import world
from tests.security import introducing
from tests.security import region as regions


@pytest.fixture(scope="module")
def region(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[regions.Region]:
    """The region with its index and its files, undone after the module."""
    folder: Path = tmp_path_factory.mktemp("region")
    world.forget_everything()
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "RONGQIAO_INDEX", folder / "index")
        patch.setattr(settings, "RONGQIAO_FILES", folder / "files")
        patch.setattr(settings, "VAR", folder / "var")
        built = regions.build()
        introducing.introduce(built)
        world.drain()
        yield built
        transaction.set_rollback(True)
    world.forget_everything()


@pytest.fixture(autouse=True)
def fresh_index(request: pytest.FixtureRequest) -> Iterator[None]:
    """The region keeps its index; a test without it has one of its own, as everywhere."""
    if "region" in request.fixturenames:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "RONGQIAO_INDEX", request.getfixturevalue("tmp_path") / "index")
        world.forget_everything()
        yield
        world.forget_everything()
