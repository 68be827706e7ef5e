"""Long proofs have a quick form for every run and a full form for when somebody asks: RONGQIAO_FULL_FORMS=1."""

import os
from typing import TypeVar

T = TypeVar("T")
FULL = os.environ.get("RONGQIAO_FULL_FORMS") == "1"
REMEDY = "RONGQIAO_FULL_FORMS=1"


def form(*, full: T, quick: T) -> T:
    """The one that this run wants."""
    return full if FULL else quick
