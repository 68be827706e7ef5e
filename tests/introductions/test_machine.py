"""Two sides, the clock and the platform in any order: what must hold after every step, and the bugs it would catch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.introductions import services, states
from rongqiao.introductions.api import serializers
from rongqiao.introductions.confidence import CURRENT
from rongqiao.introductions.models import Introduction, Passage, Undertaking, Unlock
from rongqiao.introductions.services import moving
from rongqiao.mailing.models import Letter
from rongqiao.outbox import services as outbox
from rongqiao.postings.models import Posting
from tests import world
from tests.introductions import canaries

pytestmark = pytest.mark.django_db
OWN_CONSUMERS = ("introductions of postings", "introductions told", "messages told")
PLAIN = sorted(services.PLAIN)
# Every way from one state to another, said by hand; an undo goes one way back.
PENDING = {"recommended", "seen", "interested", "shelved"}
CLOSED = {"declined", "withdrawn", "timed_out"}
WAYS = {
    *((source, "declined") for source in PENDING | {"confirmed", "in_talks"}),
    *((source, "withdrawn") for source in PENDING),
    *((source, "interested") for source in {"recommended", "seen", "shelved"} | CLOSED),
    *((source, "shelved") for source in ("recommended", "seen", "interested")),
    ("recommended", "seen"), ("interested", "timed_out"), ("interested", "confirmed"), ("shelved", "confirmed"),
    ("confirmed", "in_talks"), ("in_talks", "signed"),
}  # fmt: skip
BACK = {(after, before) for before, after in WAYS if after in PENDING | CLOSED and before in PENDING | CLOSED}


class Introducing(RuleBasedStateMachine):
    """An enterprise with a need of two places and a secret problem; two colleges with a major and an expert each."""

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.firm = world.party("演示机器厂", "enterprise", "500101", "hr@machine.example")
        self.colleges = [world.party(f"演示机器学院{n}", "college", "500101", f"o{n}@machine.example") for n in range(2)]
        self.need = world.publish(self.firm, "talent_need", "焊工", headcount=2, skills=["焊接"])
        self.problem = canaries.problem_of(self.firm)
        years = [{"year": 2026, "graduates": 3}]
        self.pairs: list[tuple[world.Party, Posting, Posting]] = []
        for college in self.colleges:
            major = world.publish(college, "major", "焊接技术", major_code="460110", years=years, skills=["焊接"])
            self.pairs += [(college, self.need, major), (college, self.problem, canaries.expert_of(college))]
        self.known: dict[int, str] = {}
        self.ways = WAYS
        self.looked_at: object = None

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def attempt(self, act: Callable[[], Any], ways: set[tuple[str, str]] | None = None) -> Any:
        """What a person tries; a Problem is an answer too."""
        self.ways = WAYS if ways is None else ways
        try:
            with transaction.atomic():
                return act()
        except Problem:
            return None

    def side(self, pair: int, firm: bool) -> tuple[world.Party, Introduction | None]:
        college, need, offer = self.pairs[pair]
        return self.firm if firm else college, Introduction.objects.filter(need=need, offer=offer).first()

    @rule(
        pair=st.integers(0, 3), firm=st.booleans(), places=st.sampled_from([1, 1, 2, 3]),
        said=st.sampled_from(["interested", "interested", "interested", "not_now", "declined"]),
    )  # fmt: skip
    def answer(self, pair: int, firm: bool, places: int, said: str) -> None:
        college, need, offer = self.pairs[pair]
        party = self.firm if firm else college
        self.attempt(
            lambda: services.answer(
                person=party.person, organisation_id=party.organisation.pk, need_id=need.pk, offer_id=offer.pk, answer=said,
                reason="time" if said == "declined" else "", places=places,
            )
        )  # fmt: skip

    @rule(pair=st.integers(0, 3), places=st.sampled_from([1, 2, 3]))
    def both_say_yes(self, pair: int, places: int) -> None:
        self.answer(pair, True, places, "interested")
        self.no_state_is_skipped()
        self.answer(pair, False, places, "interested")

    @rule(pair=st.integers(0, 3), firm=st.booleans())
    def talk_before_the_answer(self, pair: int, firm: bool) -> None:
        self.answer(pair, firm, 1, "interested")
        self.no_state_is_skipped()
        self.step(pair, not firm, "start_talks")

    @rule(pair=st.integers(0, 3), firm=st.booleans(), code=st.sampled_from([*PLAIN, *["start_talks"] * 3, "sign"]))
    def step(self, pair: int, firm: bool, code: str) -> None:
        party, row = self.side(pair, firm)
        if row:
            self.attempt(
                lambda: services.take_step(person=party.person, introduction_id=row.pk, step_code=code, reason="time")
            )

    @rule(pair=st.integers(0, 3), firm=st.booleans())
    def undo(self, pair: int, firm: bool) -> None:
        party, row = self.side(pair, firm)
        if row:
            self.attempt(lambda: services.undo(person=party.person, introduction_id=row.pk), ways=BACK)

    @rule(pair=st.integers(0, 3), firm=st.booleans())
    def put_down_and_sign(self, pair: int, firm: bool) -> None:
        party, row = self.side(pair, firm)
        across, _ = self.side(pair, not firm)
        terms = {"title": "t", "level": "basic", "form": "order"}
        if row:
            made = self.attempt(
                lambda: services.propose(person=party.person, introduction_id=row.pk, terms=terms, signatory="n")
            )
            if made:
                self.attempt(
                    lambda: services.sign(
                        person=across.person, introduction_id=row.pk, number=str(made.number), signatory="m"
                    )
                )

    @rule(pair=st.sampled_from([1, 3]), unlock=st.booleans())
    def confide(self, pair: int, unlock: bool) -> None:
        college, row = self.side(pair, False)
        if row and unlock:
            self.attempt(lambda: services.unlock(person=self.firm.person, introduction_id=row.pk, fields=["current"]))
        elif row:
            self.attempt(
                lambda: services.accept_note(person=college.person, introduction_id=row.pk, version=CURRENT.version)
            )

    @rule(pair=st.integers(0, 3))
    def wait_too_long(self, pair: int) -> None:
        _, row = self.side(pair, True)
        if row:
            Introduction.objects.filter(pk=row.pk, state="interested").update(due_at=clock.now() - timedelta(days=1))
            self.attempt(services.close_overdue)

    @rule(pair=st.integers(0, 3), step=st.sampled_from(["withdraw", "reopen"]))
    def offer_goes_or_comes(self, pair: int, step: str) -> None:
        offer = Posting.objects.get(pk=self.pairs[pair][2].pk)
        self.attempt(lambda: world.step(offer, step))
        self.drain()

    @rule()
    def drain(self) -> None:
        self.ways = WAYS
        for consumer in outbox.consumers():
            while consumer.name in OWN_CONSUMERS and outbox.drain_consumer(consumer):
                pass

    @invariant()
    def no_state_is_skipped(self) -> None:
        now = dict(Introduction.objects.values_list("pk", "state"))
        moves = {(before, now[pk]) for pk, before in self.known.items() if pk in now and now[pk] != before}
        self.known = now
        assert moves <= self.ways | {("recommended", "recommended")}, moves - self.ways

    @invariant()
    def agreed_means_that_both_say_yes(self) -> None:
        for row in Introduction.objects.prefetch_related("sides"):
            yes = [side.says_yes for side in row.sides.all()]
            assert all(yes) if row.state in states.AGREED else not all(yes), (row.state, yes)

    @invariant()
    def never_a_place_too_many(self) -> None:
        for posting in Posting.objects.filter(kind__in=["talent_need", "major"]):
            about = Introduction.objects.filter(need=posting) | Introduction.objects.filter(offer=posting)
            held = sum(about.filter(state__in=states.AGREED).values_list("places", flat=True))
            assert held == posting.taken <= (posting.kind_of.capacity(posting.details) or 0)

    @invariant()
    def nothing_private_is_said(self) -> None:
        """Looked at after each step that changed something: looking takes time."""
        rows = [Introduction, Passage, Undertaking, Unlock, Letter]
        now = ([model.objects.count() for model in rows], sorted(self.known.items()))
        if now != self.looked_at:
            self.looked_at = now
            self.no_list_and_no_letter_says_a_contact_or_a_secret()
            self.contacts_are_told_while_both_agree_and_never_else()
            self.a_secret_is_told_after_the_note_field_by_field()

    def no_list_and_no_letter_says_a_contact_or_a_secret(self) -> None:
        for party, side in ((self.firm, "offer"), *((college, "need") for college in self.colleges)):
            said = canaries.words_of(party.get("introductions?page_size=100").content.decode())
            hidden = canaries.contacts_of(side) | (canaries.PRIVATE["need"] if side == "need" else set())
            assert said & hidden == set()
        letters = " ".join(f"{row.subject} {row.text} {row.html}" for row in Letter.objects.all())
        assert canaries.words_of(letters) == set()

    def contacts_are_told_while_both_agree_and_never_else(self) -> None:
        for pair in (1, 3):
            college, row = self.side(pair, False)
            if row:
                for party, side in ((self.firm, "offer"), (college, "need")):
                    answer = party.get(f"introductions/{row.pk}/contacts")
                    told = canaries.words_of(answer.content.decode()) & canaries.contacts_of(side)
                    assert bool(told) == (row.state in states.AGREED), (row.state, told)

    def a_secret_is_told_after_the_note_field_by_field(self) -> None:
        for pair in (1, 3):
            college, row = self.side(pair, False)
            if row:
                told = canaries.words_of(college.get(f"introductions/{row.pk}/secrets").content.decode())
                opened = row.state in states.AGREED and row.undertakings.exists() and row.unlocks.exists()
                assert told & canaries.PRIVATE["need"] == ({"cnrycurrent"} if opened else set())


def run(examples: int, steps: int = 20) -> None:
    """The machine, `examples` times."""
    run_state_machine_as_test(
        Introducing,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, phases=(Phase.generate,), derandomize=True,
            database=None, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_what_must_hold_holds_whatever_happens_in_whatever_order() -> None:
    run(6, steps=25)


@contextmanager
def a_list_with_contacts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The list shows how to reach whoever is across."""
    brief = serializers._brief
    leak = lambda posting, owner: {**brief(posting, owner), "telephone": posting.contact_phone}  # noqa: E731
    monkeypatch.setattr(serializers, "_brief", leak)
    yield


@contextmanager
def places_without_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody counts the places when the second side says yes."""
    monkeypatch.setattr(moving, "_refuse_closed", lambda introduction: None)
    yield


@contextmanager
def talks_before_both_agree(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever is asked may begin to talk at once."""
    step = states.STEPS["start_talks"]
    fields = {name: getattr(step, name) for name in step.__slots__}
    wider = {"sources": step.sources | {"interested"}, "who": step.who | {states.ASKED}}
    monkeypatch.setitem(states.STEPS, "start_talks", states.Step(**{**fields, **wider}))
    yield


@pytest.mark.parametrize("planted", [a_list_with_contacts, places_without_end, talks_before_both_agree])
def test_the_machine_finds_a_planted_bug(planted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with planted(monkeypatch), pytest.raises(AssertionError):
        run(40)
