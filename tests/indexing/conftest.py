"""What tests of the index share."""

import pytest

from rongqiao.postings import kinds


@pytest.fixture
def two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform of two kinds: it rebuilds sooner than one of six."""
    few = [kind for kind in kinds.all_kinds() if kind.code in ("talent_need", "major")]
    monkeypatch.setattr(kinds, "all_kinds", lambda: few)
