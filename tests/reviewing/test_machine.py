"""Owners, reviewers, the clock and the queue in any order: what must hold after every step, and the bugs it would catch."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.mailing import services as mailing
from rongqiao.mailing.models import Letter
from rongqiao.outbox import services as outbox
from rongqiao.parties import services as parties
from rongqiao.parties.models import Application, Organisation
from rongqiao.postings import freshness, life_cycle
from rongqiao.postings import services as postings
from rongqiao.postings.models import Posting
from rongqiao.reviewing import opening, services
from rongqiao.reviewing.decision import Decision
from rongqiao.reviewing.models import Case

from . import deciding

pytestmark = pytest.mark.django_db
QUEUE = ("review applications", "review postings")
# Closing and opening again are named twice: most of what can go wrong begins there.
OWNER_STEPS = ("submit", "publish", "start_talks", "meet", "confirm", "return", *["withdraw", "reopen"] * 2)


class Reviewing(RuleBasedStateMachine):
    """Two enterprises, their postings and applications, one reviewer."""

    @initialize()
    def register(self) -> None:
        self.savepoint = transaction.savepoint()
        self.reviewer = deciding.somebody("review@machine.example")
        self.firms = []
        for number in range(2):
            fields = {"name": f"演示机器{number}有限公司", "party_type": "enterprise", "region_code": "500101"}
            by = deciding.somebody(f"hr{number}@machine.example")
            self.firms.append(parties.register_organisation(by=by, fields=fields, profile={}))
        self.ever_trusted: set[int] = set()
        self.approved: set[int] = set()
        self.decisions: Counter[int] = Counter()
        for number in range(2):
            self.post(number, True)
            self.apply(number)
        self.drain()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """What a person tries; a Problem is an answer too."""
        self.drained = False
        try:
            with transaction.atomic():
                return act()
        except Problem:
            return None

    def firm(self, number: int) -> Organisation:
        return Organisation.objects.get(pk=self.firms[number].pk)

    def one(self, number: int) -> Posting | None:
        rows = list(Posting.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule(firm=st.integers(0, 1), publish=st.booleans())
    def post(self, firm: int, publish: bool) -> None:
        organisation = self.firm(firm)
        draft = postings.create_draft(
            organisation=organisation, by=None, kind_code="talent_need", base={"title": "数控车工"}, details={"headcount": 3}
        )
        self.attempt(lambda: deciding.step(draft, "publish" if publish else "submit"))

    @rule(number=st.integers(0, 5), step=st.sampled_from(OWNER_STEPS))
    def owner_steps(self, number: int, step: str) -> None:
        posting = self.one(number)
        if posting:
            self.attempt(lambda: deciding.step(posting, step))

    @rule(number=st.integers(0, 5), title=st.sampled_from(["数控铣工", "数控镗工"]))
    def owner_edits(self, number: int, title: str) -> None:
        posting = self.one(number)
        if posting:
            self.attempt(lambda: deciding.edit(posting, title=title))

    @rule(firm=st.integers(0, 1))
    def apply(self, firm: int) -> None:
        organisation = self.firm(firm)
        by = organisation.memberships.get().person
        self.attempt(lambda: deciding.hand_in(organisation, by))

    @rule()
    def withdraw_application(self) -> None:
        application = Application.objects.order_by("-pk").first()
        if application:
            self.attempt(lambda: parties.withdraw_application(application=application, by=self.reviewer))

    @rule(number=st.integers(0, 5), decision=st.sampled_from(list(deciding.DECISIONS.values())))
    def decide(self, number: int, decision: Decision) -> None:
        cases = list(Case.objects.filter(state="waiting").order_by("pk"))
        if cases:
            case = cases[number % len(cases)]
            done = self.attempt(lambda: services.decide(case_id=case.pk, by=self.reviewer, decision=decision))
            self.decisions[case.pk] += bool(done)
            if done and decision.approved and case.subject_type == "posting":
                self.approved.add(case.subject_id)

    @rule(back=st.integers(0, 2))
    def undo(self, back: int) -> None:
        cases = list(Case.objects.filter(state__in=("approved", "declined")).order_by("-decided_at"))
        if cases:
            case = cases[min(back, len(cases) - 1)]
            was_open = Posting.objects.filter(status__in=life_cycle.OPEN).values_list("pk", flat=True)
            before = set(was_open)
            done = self.attempt(lambda: services.undo(case_id=case.pk, by=self.reviewer))
            if done and case.occasion == "publication" and case.state == "approved":
                assert case.subject_id not in set(was_open.all())
                self.approved.discard(case.subject_id)
            elif not done:
                assert set(was_open.all()) == before

    @rule(firm=st.integers(0, 1), status=st.sampled_from(["suspended", "doubted", "documents", "trusted", "not trusted"]))
    def judge(self, firm: int, status: str) -> None:
        organisation = self.firm(firm)
        if status.endswith("trusted"):
            on = status == "trusted"
            self.attempt(lambda: parties.set_trust(organisation=organisation, by=self.reviewer, on=on))
            return
        self.attempt(lambda: parties.set_verification(organisation=organisation, by=self.reviewer, status=status, reason=""))

    @rule(number=st.integers(0, 5))
    def expire(self, number: int) -> None:
        posting = self.one(number)
        if posting:
            Posting.objects.filter(pk=posting.pk).update(expires_on=clock.today() - timedelta(1))
            self.attempt(freshness.expire_stale)

    @rule()
    def drain(self) -> None:
        for consumer in outbox.consumers():
            while consumer.name in QUEUE and outbox.drain_consumer(consumer):
                pass
        self.drained = True

    @invariant()
    def nothing_open_unless_trusted_or_approved(self) -> None:
        trusted = Organisation.objects.exclude(trusted_at=None).values_list("pk", flat=True)
        self.ever_trusted |= set(trusted)
        shown = Posting.objects.filter(status__in=life_cycle.OPEN).values_list("pk", "organisation_id")
        assert not [pk for pk, firm in shown if pk not in self.approved and firm not in self.ever_trusted]

    @invariant()
    def one_case_waits_for_one_reason(self) -> None:
        waiting = Case.objects.filter(state="waiting").values("subject_type", "subject_id", "occasion")
        assert not waiting.annotate(count=Count("pk")).filter(count__gt=1)

    @invariant()
    def one_letter_for_one_decision_and_person(self) -> None:
        letters = Letter.objects.filter(kind__in=["review_answer", "application_answer", "review_undone"])
        rows = letters.values_list("kind", "person_id", "once")
        told = Counter((kind, person, int(once.split(":")[1])) for kind, person, once in rows)
        assert all(count <= self.decisions[case] for (_, _, case), count in told.items())

    @invariant()
    def after_a_drain_the_queue_is_what_waits(self) -> None:
        if not self.drained:
            return
        waiting = Case.objects.filter(state="waiting").values_list("occasion", "subject_id")
        by_occasion: dict[str, list[int]] = {}
        for occasion, subject in waiting:
            by_occasion.setdefault(occasion, []).append(subject)
        in_review = list(Posting.objects.filter(status="in_review").values_list("pk", flat=True))
        assert sorted(by_occasion.get("publication", [])) == sorted(in_review)
        shown = set(Posting.objects.filter(status__in=life_cycle.OPEN).values_list("pk", flat=True))
        assert set(by_occasion.get("sample", []) + by_occasion.get("change", [])) <= shown
        handed_in = list(Application.objects.filter(state="waiting").values_list("pk", flat=True))
        assert sorted(by_occasion.get("verification", [])) == sorted(handed_in)


def run(examples: int, phases: tuple[Phase, ...] = (Phase.generate,)) -> None:
    """The machine, `examples` times."""
    run_state_machine_as_test(
        Reviewing,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None, phases=phases, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def all_samples(settings) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = 0.5


def test_the_queue_and_what_is_shown_hold_whatever_happens_in_whatever_order() -> None:
    run(20)


@contextmanager
def lenient_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Publishing again passes without a reviewer."""
    step = life_cycle.STEPS["reopen"]
    monkeypatch.setitem(life_cycle.STEPS, "reopen", type(step)(**{**_fields(step), "unless_trusted": ""}))
    yield


@contextmanager
def cases_that_stay(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The case of a posting that left the queue keeps waiting."""
    monkeypatch.setattr(opening, "_close", lambda *args: None)
    yield


@contextmanager
def letters_said_twice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A letter goes out again whenever it is asked for."""
    send = mailing.send

    def twice(**given: Any) -> None:
        for number in range(2):
            send(**{**given, "once": f"{given['once']}:{number}"})

    monkeypatch.setattr(mailing, "send", twice)
    yield


@contextmanager
def an_undo_that_forgets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undoing puts the case back and leaves the posting as it is."""
    monkeypatch.setattr(postings, "undo_step", lambda **given: None)
    yield


def _fields(step: life_cycle.Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in step.__slots__}


@pytest.mark.parametrize("planted", [lenient_steps, cases_that_stay, letters_said_twice, an_undo_that_forgets])
def test_the_machine_finds_a_planted_bug(planted, monkeypatch) -> None:
    with planted(monkeypatch), pytest.raises(AssertionError):
        run(100)
