"""A decision that is undone leaves nothing behind, and one that came too late to be undone changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from rongqiao.audit.models import Entry
from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.mailing.models import Letter
from rongqiao.parties import services as parties
from rongqiao.parties.models import Application, Organisation, Person
from rongqiao.postings.models import Posting
from rongqiao.reviewing import services
from rongqiao.reviewing.models import Case
from tests import world

from . import deciding
from .conftest import untrusted
from .deciding import (
    CODE,
    claimable,
    decide,
    former_administrator,
    hand_in,
    posting_of,
    somebody,
    standing,
    waiting,
)

pytestmark = pytest.mark.django_db
Subject = Callable[[world.Party], None]


def verification(firm: world.Party) -> None:
    hand_in(firm.organisation, firm.person)


def verification_with_a_code(firm: world.Party) -> None:
    hand_in(firm.organisation, firm.person, uscc=CODE)


def verification_of_one_in_doubt(firm: world.Party) -> None:
    parties.set_verification(organisation=firm.organisation, by=None, status="doubted", reason="有人反映")
    hand_in(firm.organisation, firm.person)


def claim(firm: world.Party) -> None:
    hand_in(claimable(), firm.person, "claim", CODE)


def claim_among_others(firm: world.Party) -> None:
    """One was withdrawn, one declined long ago with its reasons, two wait beside the claim that is decided on."""
    organisation = claimable()
    gone = hand_in(organisation, somebody("gone@claims.example"), "claim")
    parties.withdraw_application(application=gone, by=firm.person)
    refused = hand_in(organisation, somebody("refused@claims.example"), "claim")
    parties.answer_application(
        application=refused, by=somebody("old@platform.example"), approved=False, reasons=["unreadable"], remark="看不清"
    )
    for number in range(2):
        hand_in(organisation, somebody(f"waits{number}@claims.example"), "claim")
    hand_in(organisation, firm.person, "claim")


def claim_by_a_former_administrator(firm: world.Party) -> None:
    organisation = claimable()
    former_administrator(organisation, firm.person)
    hand_in(organisation, firm.person, "claim")


def claim_beside_a_steward(firm: world.Party) -> None:
    organisation = claimable()
    steward = parties.add_member(organisation=organisation, person=somebody("steward@claims.example"), role="administrator")
    parties.name_steward(membership=steward, by=firm.person)
    hand_in(organisation, firm.person, "claim")


APPLICATIONS: tuple[Subject, ...] = (
    verification, verification_with_a_code, verification_of_one_in_doubt, claim, claim_among_others,
    claim_by_a_former_administrator, claim_beside_a_steward,
)  # fmt: skip


def publication(firm: world.Party) -> None:
    untrusted(firm, "documents")
    posting_of(firm)


def publication_again(firm: world.Party) -> None:
    """It was open before, and its steward had been asked whether it is still valid."""
    posting = posting_of(firm)
    Posting.objects.update(asked_on=clock.today(), expires_on=clock.today(), confirmed_on=clock.today() - timedelta(80))
    untrusted(firm, "documents")
    deciding.step(posting, "withdraw")
    deciding.step(posting, "reopen")


def sample(firm: world.Party) -> None:
    posting_of(firm)


def sample_in_talks(firm: world.Party) -> None:
    deciding.step(posting_of(firm), "start_talks")


def change(firm: world.Party) -> None:
    """Approved, then edited by an organisation that is not trusted, and partly met."""
    untrusted(firm, "documents")
    posting = posting_of(firm)
    decide(waiting("publication"), "approve", somebody("earlier@platform.example"))
    deciding.edit(posting, title="数控铣工")
    deciding.step(posting, "meet_partly")


POSTINGS: tuple[Subject, ...] = (publication, publication_again, sample, sample_in_talks, change)


def decidable(firm: world.Party, subject: Subject) -> Case:
    """The case about a subject; of several claims the last one's."""
    subject(firm)
    deciding.look()
    occasion = subject.__name__.split("_")[0]
    found = Case.objects.filter(state="waiting", occasion=occasion).order_by("pk").last()
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def all_samples(settings) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = 1.0


@pytest.fixture
def firm(db: None) -> world.Party:
    return world.party("演示新来机械有限公司", "enterprise", "500154", "hr@new.example")


LOOKED = [*((subject, True) for subject in (*APPLICATIONS, *POSTINGS)), (claim_among_others, False), (sample_in_talks, False)]


@pytest.mark.parametrize("decision", deciding.DECISIONS)
@pytest.mark.parametrize(("subject", "looked"), LOOKED)
def test_undone_everything_is_as_it_was_and_the_case_waits(subject, looked, decision, firm, reviewer) -> None:
    """Whether the queue has looked (`looked`) between the decision and its undoing or not."""
    case = decidable(firm, subject)
    before = standing()
    queue = sorted(Case.objects.filter(state="waiting").values_list("subject_type", "subject_id", "occasion"))
    decide(case, decision, reviewer.person)
    if looked:
        deciding.look()
    services.undo(case_id=case.pk, by=reviewer.person)
    assert standing() == before
    deciding.look()
    assert sorted(Case.objects.filter(state="waiting").values_list("subject_type", "subject_id", "occasion")) == queue
    again = Case.objects.get(pk=case.pk)
    assert (again.state, again.decided_at, again.decided_by, again.before, again.after) == ("waiting", None, None, {}, {})
    decide(again, decision, reviewer.person)


def test_trust_that_was_earned_is_given_back(firm, reviewer) -> None:
    untrusted(firm, "documents")
    for number in range(3):
        posting_of(firm, f"数控车工{number}")
        before = standing()
        decide(waiting(), "approve", reviewer.person)
    assert Organisation.objects.get(pk=firm.organisation.pk).is_trusted
    services.undo(case_id=Case.objects.latest("pk").pk, by=reviewer.person)
    assert standing() == before


def refused(case: Case, by: Person, code: str = "undo_too_late") -> None:
    """Undoing is refused, and nothing at all has changed."""
    before = [standing(), deciding.rows(Case), Letter.objects.count(), Entry.objects.count()]
    with pytest.raises(Problem) as problem:
        services.undo(case_id=case.pk, by=by)
    assert [fault.code for fault in problem.value.faults] == [code]
    assert [standing(), deciding.rows(Case), Letter.objects.count(), Entry.objects.count()] == before
    assert not connection.needs_rollback


@pytest.mark.parametrize("decision", deciding.DECISIONS)
@pytest.mark.parametrize("subject", [verification, claim_among_others, publication, sample, change])
def test_too_late_twice_a_day_later_and_by_one_s_own_reviewer(subject, decision, firm, reviewer) -> None:
    case = decidable(firm, subject)
    decide(case, decision, reviewer.person)
    own = somebody("own@platform.example")
    parties.add_member(organisation=reviewer.organisation, person=own, role="reviewer")
    parties.add_member(organisation=Organisation.objects.get(pk=case.organisation_id), person=own, role="teacher")
    own.forget_memberships()
    refused(case, own, "conflict_of_interest")
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1)):
        refused(case, reviewer.person)
    if case.subject_type == "posting":
        services.undo(case_id=case.pk, by=reviewer.person)
        refused(case, reviewer.person)


@pytest.mark.parametrize(
    ("subject", "decision", "moved_on"),
    [
        (publication, "approve", lambda posting: deciding.edit(posting, title="数控镗工")),
        (publication, "approve", lambda posting: deciding.step(posting, "start_talks")),
        (publication, "decline", lambda posting: deciding.edit(posting, title="数控镗工")),
        (publication, "decline", lambda posting: deciding.step(posting, "publish")),
        (sample, "approve", lambda posting: deciding.step(posting, "meet")),
        (sample, "decline", lambda posting: deciding.step(posting, "reopen")),
        (sample, "decline", lambda posting: deciding.edit(posting, title="数控镗工")),
        (change, "approve", lambda posting: deciding.edit(posting, title="数控镗工")),
        (change, "decline", lambda posting: deciding.step(posting, "reopen")),
    ],
)
def test_too_late_once_the_posting_has_moved_on(subject, decision, moved_on, firm, reviewer) -> None:
    case = decidable(firm, subject)
    decide(case, decision, reviewer.person)
    moved_on(Posting.objects.get())
    refused(case, reviewer.person)
    deciding.look()
    refused(case, reviewer.person)


def suspended(organisation: Organisation) -> None:
    parties.set_verification(organisation=organisation, by=None, status="suspended", reason="被吊销")


def renamed(organisation: Organisation) -> None:
    parties.change_organisation(organisation=organisation, by=None, fields={"name": "演示改名有限公司"}, profile={})


def trusted(organisation: Organisation) -> None:
    parties.set_verification(organisation=organisation, by=None, status="documents", reason="")
    parties.set_trust(organisation=organisation, by=None, on=True)


@pytest.mark.parametrize(
    ("subject", "decision", "moved_on"),
    [
        (verification, "approve", suspended),
        (verification, "approve", renamed),
        (verification, "approve", trusted),
        (verification, "decline", trusted),
        (claim, "approve", renamed),
        (claim, "approve", lambda organisation: joined(organisation, "administrator")),
        (publication, "approve with trust", suspended),
        (sample, "decline", suspended),
    ],
)
def test_too_late_once_the_organisation_has_moved_on(subject, decision, moved_on, firm, reviewer) -> None:
    case = decidable(firm, subject)
    decide(case, decision, reviewer.person)
    moved_on(Organisation.objects.get(pk=case.organisation_id))
    refused(case, reviewer.person)


def joined(organisation: Organisation, role: str) -> None:
    parties.add_member(organisation=organisation, person=somebody("colleague@new.example"), role=role)


@pytest.mark.parametrize("subject", [verification, claim])
def test_too_late_once_the_applicant_has_handed_in_again(subject, firm, reviewer) -> None:
    case = decidable(firm, subject)
    decide(case, "decline", reviewer.person)
    application = Application.objects.get(pk=case.subject_id)
    again = hand_in(Organisation.objects.get(pk=case.organisation_id), firm.person, application.purpose)
    refused(case, reviewer.person)
    decide(waiting(), "decline", reviewer.person)
    assert Application.objects.get(pk=again.pk).state == "declined"
    refused(case, reviewer.person)


def test_a_code_that_is_another_s_cannot_be_taken_over(firm, reviewer) -> None:
    world.party("演示有码有限公司", "enterprise", "500101", "has@code.example")
    Organisation.objects.filter(name="演示有码有限公司").update(uscc=CODE)
    hand_in(firm.organisation, firm.person, uscc=CODE)
    case = waiting()
    before = standing()
    (outcome,) = services.approve(case_ids=[case.pk], by=reviewer.person)
    assert [fault.code for fault in outcome.faults] == ["taken"]
    assert standing() == before
    assert Case.objects.get(pk=case.pk).state == "waiting"
