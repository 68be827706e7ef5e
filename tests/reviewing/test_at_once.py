"""Two reviewers, two drainers, a reviewer and an owner: at the same moment, on the database that is set."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from rongqiao.common.errors import Problem
from rongqiao.mailing.models import Letter
from rongqiao.parties.models import Application, Organisation
from rongqiao.postings import services as postings
from rongqiao.postings.life_cycle import OWNER
from rongqiao.postings.models import Posting
from rongqiao.reviewing import opening, services
from rongqiao.reviewing.models import Case
from tests import world

from . import deciding
from .conftest import untrusted

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave or raised, all begun at the same moment in threads of their own."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def reviewers(db: None) -> Iterator[list[world.Party]]:
    yield [world.party(f"演示审核{n}", "broker", "500101", f"r{n}@platform.example", role="reviewer") for n in range(2)]


@pytest.fixture
def firm(db: None) -> world.Party:
    return untrusted(world.party("演示新来机械有限公司", "enterprise", "500154", "hr@new.example"))


def outcome(given: Any) -> str:
    (one,) = given
    return "done" if one.done else str(one.faults[0].code)


def test_of_two_reviewers_who_decide_at_once_one_does(reviewers, firm) -> None:
    first, second = (party.person for party in reviewers)
    for number in range(ROUNDS):
        posting = deciding.posting_of(firm, f"数控车工{number}")
        case = deciding.waiting()
        said = at_once(
            lambda case=case: services.approve(case_ids=[case.pk], by=first),
            lambda case=case: services.decline(case_ids=[case.pk], by=second, reasons=["copy"]),
        )
        assert sorted(map(outcome, said)) == ["done", "wrong_state"], said
        approved = outcome(said[0]) == "done"
        assert Posting.objects.get(pk=posting.pk).status == ("published" if approved else "draft")
        case.refresh_from_db()
        assert (case.state, case.decided_by) == (("approved", first) if approved else ("declined", second))
        assert Letter.objects.filter(kind="review_answer", once__contains=f":{case.pk}:").count() == 1


def test_of_two_who_undo_at_once_one_does(reviewers, firm) -> None:
    deciding.posting_of(firm)
    case = deciding.waiting()
    deciding.decide(case, "approve", reviewers[0].person)
    undone = at_once(*(lambda party=party: services.undo(case_id=case.pk, by=party.person) for party in reviewers))
    assert sorted(type(each) for each in undone if isinstance(each, Exception)) == [Problem]
    assert Posting.objects.get().status == "in_review"


def test_two_claims_approved_at_once_give_it_to_one(reviewers) -> None:
    for number in range(ROUNDS):
        organisation = deciding.claimable(f"演示待认领{number}有限公司")
        people = [deciding.somebody(f"claims{number}{each}@claims.example") for each in range(2)]
        claims = [deciding.hand_in(organisation, person, "claim") for person in people]
        deciding.look()
        cases = [Case.objects.get(subject_type="application", subject_id=claim.pk) for claim in claims]
        said = at_once(
            *(lambda case=case, by=party.person: services.approve(case_ids=[case.pk], by=by)
              for case, party in zip(cases, reviewers, strict=True))
        )  # fmt: skip
        assert sorted(map(outcome, said)) == ["done", "wrong_state"], said
        states = Application.objects.filter(organisation=organisation).values_list("state", flat=True)
        assert sorted(states) == ["approved", "declined"]
        assert organisation.memberships.filter(is_active=True).count() == 1


def test_a_code_taken_over_by_two_at_once_is_one_s(reviewers) -> None:
    cases = []
    for number in range(2):
        organisation = deciding.claimable(f"演示同码{number}有限公司")
        application = deciding.hand_in(
            organisation, deciding.somebody(f"code{number}@claims.example"), "claim", deciding.CODE
        )
        deciding.look()
        cases.append(Case.objects.get(subject_type="application", subject_id=application.pk))
    said = at_once(
        *(lambda case=case, by=party.person: services.approve(case_ids=[case.pk], by=by)
          for case, party in zip(cases, reviewers, strict=True))
    )  # fmt: skip
    assert sorted(map(outcome, said)) == ["done", "taken"], said
    assert Organisation.objects.filter(uscc=deciding.CODE).count() == 1


def test_approved_while_its_owner_withdraws_it_is_one_or_the_other(reviewers, firm) -> None:
    for number in range(ROUNDS):
        posting = deciding.posting_of(firm, f"数控车工{number}")
        case = deciding.waiting()

        def withdraw(posting: Posting = posting) -> Posting:
            return postings.take_step(
                posting_id=posting.pk, version=posting.version, step_code="withdraw", who=frozenset({OWNER})
            )

        approved, withdrawn = at_once(
            lambda case=case: services.approve(case_ids=[case.pk], by=reviewers[0].person), withdraw
        )
        posting.refresh_from_db()
        case.refresh_from_db()
        if isinstance(withdrawn, Problem):
            assert (outcome(approved), posting.status, case.state) == ("done", "published", "approved")
            assert [fault.code for fault in withdrawn.faults] == ["conflict"]
        else:
            assert isinstance(withdrawn, Posting), withdrawn
            assert outcome(approved) in ("conflict", "wrong_state")
            assert (posting.status, case.state) == ("withdrawn", "waiting")
        deciding.look()
        assert not Case.objects.filter(state="waiting").exists()
        deciding.step(posting, "meet") if posting.is_open else None


def test_the_queue_is_looked_after_by_two_at_once_without_repeats(reviewers, firm, settings) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = 1.0
    trusted = world.party("演示可信有限公司", "enterprise", "500101", "trusted@firm.example")
    for number in range(15):
        deciding.posting_of(firm, f"数控车工{number}")
    for number in range(5):
        deciding.posting_of(trusted, f"数控铣工{number}")
    ids = list(Posting.objects.values_list("pk", flat=True))
    for _ in range(ROUNDS):
        Case.objects.all().delete()
        done = at_once(*(lambda order=order: opening.look_at_postings(order) for order in (ids, ids[::-1], ids)))
        assert done == [None, None, None]
        assert Case.objects.filter(occasion="publication", state="waiting").count() == 15
        assert Case.objects.filter(occasion="sample", state="waiting").count() == 5
    Posting.objects.update(status="withdrawn")
    assert at_once(lambda: opening.look_at_postings(ids), lambda: opening.look_at_postings(ids[::-1])) == [None, None]
    assert not Case.objects.filter(state="waiting").exists()
