"""A world that is built once for all tests of a module, each of which finds it as it was built."""

import contextlib
import copy
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from tests import world

T = TypeVar("T")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """What was built, and the folder with its index."""

    made: T
    index: Path

    def again(self) -> T:
        """Copies of the things as they were built, clients signed in; the index of this test is as it was then."""
        if self.index.exists():
            shutil.copytree(self.index, settings.RONGQIAO_INDEX)
        return copy.deepcopy(self.made)


Keep = Callable[[Callable[[], Any]], Kept[Any]]


@contextlib.contextmanager
def kept(build: Callable[[], T], blocker: Any, folder: Path) -> Iterator[Kept[T]]:
    """What `build` makes, in a transaction around those of the tests. For modules all of whose tests begin from it
    and none of which commits or starts a process that reads the database."""
    outer = transaction.atomic()
    # As Django marks its own around a class of tests: what insists on being the outermost is let in.
    outer._from_testcase = True  # type: ignore[attr-defined]
    with blocker.unblock(), outer:
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(settings, "RONGQIAO_INDEX", folder / "index")
                world.forget_everything()
                made = build()
                world.forget_everything()
                cache.clear()
            yield Kept(made, folder / "index")
        finally:
            transaction.set_rollback(True)
