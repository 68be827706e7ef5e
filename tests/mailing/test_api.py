"""Notices are one's own; operators see what became of letters and never what they say."""

import pytest
from django.utils.translation import override

from rongqiao.mailing.models import Letter, Notice
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(send, enterprise, college):
    """Two notices of the enterprise's clerk, one of the college's."""
    for party in (enterprise, college, enterprise):
        send("test noticed", person_id=party.person.pk, organisation_id=party.organisation.pk)


def test_ones_own_notices_newest_first_with_the_number_of_unread(three, enterprise) -> None:
    answer = enterprise.get("notices").json()
    assert (answer["count"], answer["unread"]) == (2, 2)
    assert [row["id"] for row in answer["results"]] == sorted((row["id"] for row in answer["results"]), reverse=True)
    assert answer["results"][0]["title"] == "渝东机电 有回音"
    first = answer["results"][0]["id"]
    read = enterprise.post(f"notices/{first}/read").json()
    assert read["read_at"] is not None
    assert enterprise.post(f"notices/{first}/read").json() == read
    assert enterprise.get("notices?unread=1").json()["count"] == 1
    assert enterprise.get("notices").json()["unread"] == 1
    assert enterprise.post("notices/read").json() == {"read": 1}
    assert enterprise.post("notices/read").json() == {"read": 0}
    assert enterprise.get("notices?unread=1").json()["results"] == []
    assert Notice.objects.filter(read_at=None).count() == 1, "the college's is the college's"


def test_others_notices_look_missing(three, enterprise, college) -> None:
    others = Notice.objects.get(person=college.person).pk
    foreign, absent = enterprise.post(f"notices/{others}/read"), enterprise.post("notices/999999/read")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


@pytest.mark.parametrize(("shown", "address"), [(True, "/demo/letters"), (False, "")])
def test_only_a_demo_says_where_its_letters_are_shown(enterprise, settings, shown: bool, address: str) -> None:
    settings.RONGQIAO_MAIL_SHOWN = shown
    assert enterprise.get("notices").json()["letters"] == address


@pytest.mark.parametrize("query", ["unread=2", "unread=yes", "person=1", "page=0"])
def test_filters_are_read_strictly(enterprise, query: str) -> None:
    assert enterprise.get(f"notices?{query}").status_code == 400


def test_lists_cost_the_same_whatever_their_length(three, send, enterprise, operator, django_assert_num_queries) -> None:
    for _ in range(15):
        send("test noticed", person_id=enterprise.person.pk)
    with django_assert_num_queries(4):  # session, person, notices, how many are unread
        assert len(enterprise.get("notices").json()["results"]) == 17
    with django_assert_num_queries(4):  # session, person, memberships, letters
        assert len(operator.get("letters").json()["results"]) == 18


def test_operators_see_states_and_never_bodies(three, send, operator) -> None:
    send("test secret", to="secret@mail.example")
    answer = operator.get("letters")
    assert "postings/7" not in answer.content.decode()
    assert "盼复" not in answer.content.decode()
    row = answer.json()["results"][0]
    assert {"text", "html", "unsubscribe"} & set(row) == set()
    assert (row["kind"], row["kind_label"], row["state"], row["to"]) == ("test secret", "密信", "queued", "secret@mail.example")
    world.drain()
    assert operator.get("letters?state=sent&kind=test%20secret").json()["count"] == 1
    assert operator.get("letters?to=SECRET@mail.example").json()["count"] == 1
    assert operator.get("letters?state=queued").json()["count"] == 0
    assert operator.get("letters?state=lost").status_code == 400
    assert operator.get("letters?text=a").status_code == 400


def test_a_retry_by_an_operator(send, operator, enterprise) -> None:
    letter = send()
    assert operator.post(f"letters/{letter.pk}/retry").status_code == 409
    Letter.objects.update(state="failed", answer="550 no")
    assert enterprise.post(f"letters/{letter.pk}/retry").status_code == 403
    answer = operator.post(f"letters/{letter.pk}/retry").json()
    assert (answer["state"], answer["answer"], answer["state_label"]) == ("queued", "", "待发")
    assert operator.post("letters/999999/retry").status_code == 404
    world.drain()
    assert Letter.objects.get().state == "sent"


def test_health_counts_letters(send, operator) -> None:
    send()
    assert operator.get("health").json()["letters"][0]["state"] == "queued"


def test_a_kind_that_is_gone_keeps_its_code(send, operator) -> None:
    send()
    Letter.objects.update(kind="of old")
    with override("en"):
        assert operator.get("letters").json()["results"][0]["kind_label"] == "of old"
