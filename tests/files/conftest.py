"""A folder of its own for each test, and purposes that only tests know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rongqiao.files import registry
from rongqiao.files.inspection.formats import FORMATS
from rongqiao.files.models import StoredFile
from rongqiao.files.registry import Purpose
from rongqiao.parties.roles import MANAGE

MOST_BYTES = 4 * 1024 * 1024


def may_add(person: Any, organisation_id: int | None) -> bool:
    return organisation_id is not None and person.can_for(MANAGE, organisation_id)


def may_read(person: Any, file: StoredFile) -> bool:
    return may_add(person, file.organisation_id)


def own(person: Any, file: StoredFile) -> bool:
    return bool(file.uploaded_by_id == person.pk)


def anything(code: str = "test_evidence", **changes: Any) -> Purpose:
    """A purpose that takes every type."""
    words = {"zh": "证明材料", "en": "Evidence", "types": frozenset(FORMATS), "most_bytes": MOST_BYTES}
    return Purpose(
        **{
            "code": code,
            **words,
            "most_per_organisation": 500,
            "may_add": may_add,
            "may_read": may_read,
            **changes,
        }
    )


@pytest.fixture(autouse=True)
def purposes(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.RONGQIAO_FILES = tmp_path / "files"
    pictures = frozenset({"image/jpeg", "image/png"})
    registry.register(anything())
    registry.register(anything("test_photo", types=pictures, most_per_organisation=2))
    registry.register(
        anything(
            "test_own",
            may_add=lambda person, organisation: organisation is None,
            may_read=own,
            most_per_organisation=2,
        )
    )
    yield
    for code in ("test_evidence", "test_photo", "test_own"):
        registry.unregister(code)
