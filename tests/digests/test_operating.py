"""Operators see who would get what and why not the others, and nothing is sent by looking."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from rongqiao.digests import services
from rongqiao.digests.models import Digest
from rongqiao.mailing import services as mailing
from rongqiao.mailing.models import Letter
from tests import world
from tests.digests.conftest import due_now, proved

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    """What the command writes."""
    out = StringIO()
    call_command("digests", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def region(fitting, college, operator):
    """One who would get something, one whose address bounced, one who never confirmed theirs."""
    mailing.suppress(address=college.person.email, reason="bounced")
    services.enrol()
    return fitting


def test_a_dry_run_lists_everybody_with_the_reason(region, operator) -> None:
    answer = operator.get("digests/planned").json()
    rows = {row["email"]: (row["sends"], row["reason"]) for row in answer["results"]}
    assert rows == {
        "hr@firm.example": (True, ""),
        "office@college.example": (False, "suppressed"),
        "ops@platform.example": (False, "unproved"),
    }
    assert not Letter.objects.exists()
    assert not Digest.objects.exists()
    assert operator.get("digests/planned?due=1").json()["count"] == 0
    due_now(region.person)
    assert operator.get("digests/planned?due=1").json()["results"][0]["told"] == 1
    assert operator.get("digests/planned?to=HR@firm.example").json()["count"] == 1
    assert operator.get("digests/planned?kind=searches").json()["count"] == 0


def test_a_page_is_composed_with_as_many_questions_as_a_row(region, operator, django_assert_max_num_queries) -> None:
    for number in range(6):
        more = world.party(f"另一厂{number}", "enterprise", "500101", f"hr{number}@more.example")
        proved(more.person)
    services.enrol()
    operator.get("digests/planned")
    with django_assert_max_num_queries(18):
        assert operator.get("digests/planned").json()["count"] == 9


def test_one_letter_is_shown_as_it_would_be(region, operator) -> None:
    row = next(row for row in operator.get("digests/planned").json()["results"] if row["sends"])
    shown = operator.get(f"digests/planned/{row['preference']}").json()
    assert shown["subject"] == row["subject"]
    assert "智能焊接技术" in shown["text"]
    assert operator.get("digests/planned/999").status_code == 404
    assert region.get("digests/planned").status_code == 403


def test_what_came_of_the_last_ones_is_counted(region, operator, tell) -> None:
    tell(region.person)
    tell(region.person)
    rows = [(row["outcome"], row["reason"], row["count"]) for row in operator.get("digests/outcomes").json()["results"]]
    assert rows == [("nothing", "nothing_new", 1), ("sent", "", 1)]
    assert "没有新内容 1" in said("status")


def test_the_command_says_the_same(region) -> None:
    lines = said("plan")
    assert "hr@firm.example 配对摘要: 1 个合适的配对：智能焊接技术（1 条）" in lines
    assert "office@college.example 配对摘要: 邮箱已停发" in lines
    assert "会发 1 封。不发：" in lines
    assert "智能焊接技术" in said("show", "hr@firm.example")
    assert "邮箱已停发" in said("show", "office@college.example")
    with pytest.raises(CommandError):
        said("show")
    assert not Letter.objects.exists()
