"""A need and an offer that fit, with their two sides."""

import pytest

from rongqiao.postings.models import Posting
from tests import world


@pytest.fixture
def need(enterprise: world.Party) -> Posting:
    """Three welders are looked for."""
    return world.publish(enterprise, "talent_need", "焊工", "会焊接", headcount=3, skills=["焊接"])


@pytest.fixture
def offer(college: world.Party) -> Posting:
    """A major of which forty finish."""
    years = [{"year": 2026, "graduates": 40}]
    return world.publish(college, "major", "焊接技术", "焊接、机器人", major_code="460110", years=years, skills=["焊接"])
