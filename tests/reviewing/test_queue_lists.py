"""The reviewers' lists: what they cost, how they are filtered, and that the page of one case shows all it should."""

import pytest

from rongqiao.audit.models import Entry
from tests import world

from . import deciding
from .conftest import queue, untrusted
from .deciding import hand_in, posting_of, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(reviewer, new_firm) -> list[world.Party]:
    """Cases of every occasion but one, of several organisations, some decided."""
    others = [world.party(f"演示第{n}有限公司", "enterprise", "511702", f"hr{n}@many.example") for n in range(4)]
    firms = [new_firm, *(untrusted(party) for party in others)]
    for number, firm in enumerate(firms):
        hand_in(firm.organisation, firm.person)
        hand_in(deciding.claimable(f"演示待认领{number}有限公司"), firm.person, "claim")
        for each in range(3):
            posting_of(firm, f"数控车工{number}{each}")
    deciding.look()
    return firms


def test_the_queue_costs_the_same_whatever_is_in_it(mixed, reviewer, django_assert_max_num_queries) -> None:
    reviewer.get("reviews")
    for path, count in (
        ("reviews", 25), ("reviews?page_size=3&page=2", 25), ("reviews?occasion=claim", 5), ("reviews?kind=talent_need", 15),
        ("reviews?region=500154", 4), ("reviews?region=511700", 16), ("reviews?state=approved", 0),
        (f"reviews?organisation={mixed[1].organisation.pk}", 4),
    ):  # fmt: skip
        with django_assert_max_num_queries(7):
            answer = reviewer.get(path)
        assert (answer.status_code, answer.json()["count"]) == (200, count), path
    with django_assert_max_num_queries(4):
        assert sum(row["waiting"] for row in reviewer.get("reviews/summary").json()["results"]) == 25
    with django_assert_max_num_queries(3):
        assert reviewer.get("reviews/reasons").json()["count"] > 10


@pytest.mark.parametrize("query", ["statee=waiting", "state=open", "occasion=none", "kind=none", "organisation=x", "page=0"])
def test_what_the_queue_does_not_know_is_refused(query, reviewer) -> None:
    assert reviewer.get(f"reviews?{query}").status_code == 400


def test_the_oldest_comes_first_and_the_history_is_the_organisation_s(mixed, reviewer) -> None:
    rows = queue(reviewer, page_size="100")
    assert [row["opened_at"] for row in rows] == sorted(row["opened_at"] for row in rows)
    mine = [row for row in rows if row["organisation"] == mixed[0].organisation.pk and row["occasion"] == "publication"]
    reviewer.post("reviews/approve", {"cases": [row["id"] for row in mine[:2]]})
    page = reviewer.get(f"reviews/{mine[2]['id']}").json()
    assert [row["id"] for row in page["history"]] == [row["id"] for row in mine[1::-1]]
    assert Entry.objects.filter(action="review.seen", person=reviewer.person).count() == 1


def test_one_case_costs_the_same_however_much_was_decided_before(
    mixed, reviewer, django_assert_max_num_queries
) -> None:
    rows = queue(reviewer, occasion="publication", organisation=str(mixed[0].organisation.pk))
    reviewer.post("reviews/approve", {"cases": [row["id"] for row in rows[1:]]})
    for number in range(12):
        posting_of(mixed[0], f"数控铣工{number}")
    with django_assert_max_num_queries(20):
        assert reviewer.get(f"reviews/{rows[0]['id']}").status_code == 200


def test_a_hundred_decided_together_are_done_or_say_why(reviewer, new_firm) -> None:
    for number in range(3):
        posting_of(new_firm, f"数控车工{number}")
    deciding.look()
    cases = [row["id"] for row in queue(reviewer)]
    said = reviewer.post("reviews/decline", {"cases": [*cases, *cases, 10**9], "reasons": ["copy"]}).json()
    assert [each["done"] for each in said] == [True, True, True, False]
    too_many = reviewer.post("reviews/approve", {"cases": list(range(1, 102))})
    assert too_many.status_code == 400


def test_only_a_reviewer_sees_the_queue(new_firm, mixed, visitor) -> None:
    person = somebody("nobody@many.example")
    for path in ("reviews", "reviews/summary", "reviews/reasons", "reviews/1"):
        assert new_firm.get(path).status_code in (403, 404)
        assert visitor.get(f"/api/v1/{path}").status_code in (401, 403)
    assert not person.can("review")
