"""The one way in which an introduction moves: a step of the table, by whom the table lets, with its row of the funnel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.outbox import services as outbox
from rongqiao.parties.models import Person
from rongqiao.postings import kinds
from rongqiao.postings import selectors as posted
from rongqiao.postings import services as postings
from rongqiao.postings.models import Posting
from rongqiao.recommending.models import Pairing

from .. import actions, selectors, states, vocabulary
from ..models import Episode, Introduction, Passage, Side
from ..vocabulary import Answer

INTRODUCTION_MOVED = "introduction moved"

# What a yes, a "not now" and a no leave behind as the answer of who took the step.
ANSWERS = {
    "show_interest": Answer.INTERESTED, "reconsider": Answer.INTERESTED, "confirm": Answer.INTERESTED,
    "shelve": Answer.NOT_NOW, "decline": Answer.DECLINED, "withdraw": Answer.NONE,
}  # fmt: skip
# The steps by which one side asks the other.
ASKING = frozenset({"show_interest", "reconsider"})
DAYS = 10
FEWEST_DAYS, MOST_DAYS = 2, 60


@dataclass(frozen=True, slots=True)
class Said:
    """Who takes a step, and with which words. `places` and `days` (until when an answer is awaited) are of who asks."""

    by: Person | None = None
    reason: str = ""
    comment: str = ""
    places: int = 1
    days: int | None = None
    via: str = "page"


def locked(introduction_id: int) -> Introduction:
    """The introduction with its sides and postings, locked. Raises Problem 404.

    Both postings first, in the order of their numbers, then the introduction: whoever holds an introduction holds its
    postings, so that nobody waits in a circle and the places of a posting are counted by one at a time.
    """
    pair = Introduction.objects.filter(pk=introduction_id).values_list("need_id", "offer_id").first()
    if pair is None:
        raise missing()
    postings.lock(pair)
    Introduction.objects.select_for_update(of=("self",)).get(pk=introduction_id)
    return selectors.loaded().get(pk=introduction_id)


def begin(need: Posting, offer: Posting) -> tuple[Introduction, bool]:
    """The introduction of a need and an offer whose rows are locked, made when there is none yet; whether it is new.
    Raises Problem 404 for two that do not pair."""
    found = selectors.between(need.pk, offer.pk)
    if found is not None:
        return found, False
    if not pair_up(need, offer):
        raise missing()
    pairing = Pairing.objects.filter(need=need, offer=offer).select_related("run").first()
    scores = {
        "mutual": pairing.mutual, "weights_version": pairing.run.weights_version,
        "statistics_version": pairing.run.statistics_version,
    } if pairing else {}  # fmt: skip
    made = Introduction.objects.create(need=need, offer=offer, state_since=clock.now(), **scores)
    Side.objects.bulk_create(
        Side(introduction=made, code=code, organisation_id=posting.organisation_id)
        for code, posting in (("need", need), ("offer", offer))
    )
    note(made, "recommend", source="", side=None, said=Said(), before={})
    return selectors.loaded().get(pk=made.pk), True


def move(introduction: Introduction, step_code: str, *, side: Side | None, said: Said) -> Passage:
    """Take a step on a locked introduction. Without a side it is the platform that takes it.

    Raises Problem `wrong_state` when the table does not let this side take it now, `reasons_required`, or what
    stands against saying yes: `posting_closed`, `full`.
    """
    step = _possible(introduction, step_code, side)
    if step.reason and said.reason not in (vocabulary.CHOSEN if side else vocabulary.REASONS):
        raise Problem(from_code("invalid_choice" if said.reason else "reasons_required", "reason"))
    before = snapshot(introduction)
    if step.code in ASKING:
        introduction.places = said.places
    if ANSWERS.get(step.code) == Answer.INTERESTED:
        _refuse_closed(introduction)
    source, introduction.state = introduction.state, step.target or introduction.state
    if introduction.state != source:
        introduction.state_since = clock.now()
    introduction.reason = said.reason
    _settle(introduction, side)
    if side is not None:
        _answer(side, step.code, said.by)
    introduction.save()
    passage = note(introduction, step.code, source=source, side=side, said=said, before=before)
    end_episode(introduction, step.code)
    follow_places(introduction, was_agreed=source in states.AGREED, by=said.by)
    audit.record(
        action=actions.STEPS[step.code], subject=introduction, by=said.by,
        organisation_id=side.organisation_id if side else None, changes={"state": [source, introduction.state]},
    )  # fmt: skip
    outbox.record(INTRODUCTION_MOVED, [passage.pk])
    return passage


def _possible(introduction: Introduction, step_code: str, side: Side | None) -> states.Step:
    who = selectors.standing_of(introduction, side) if side else frozenset({states.SYSTEM})
    step = states.STEPS.get(step_code)
    if step is None or step not in states.possible(introduction.state, who):
        raise Problem(from_code("wrong_state", "step"), status=409)
    return step


def _refuse_closed(introduction: Introduction) -> None:
    """Raise Problem when one of the postings is no longer open, or has fewer places left than are asked for."""
    for posting in (introduction.need, introduction.offer):
        if not posted.is_shown(posting):
            raise Problem(from_code("posting_closed"), status=409)
        if posting.places_left is not None and posting.places_left < introduction.places:
            raise Problem(from_code("full"), status=409)


def _answer(side: Side, step_code: str, by: Person | None) -> None:
    if step_code in ANSWERS:
        side.answer, side.answered_by = ANSWERS[step_code], by
        side.answered_at = clock.now()
    side.seen_at = side.seen_at or clock.now()
    side.save()


def _settle(introduction: Introduction, side: Side | None) -> None:
    """What follows from the new state: whose closing it was, whether answers still stand, whether one is awaited."""
    if states.STATES[introduction.state].open or introduction.is_agreed:
        introduction.closed_by = ""
    else:
        introduction.closed_by = side.code if side else ""
        for each in introduction.sides.all():
            # A yes does not outlive its episode: who comes back later asks anew.
            if each.says_yes:
                each.answer = Answer.NONE
                each.save(update_fields=["answer"])
    if introduction.state != "interested":
        introduction.due_at = None


def note(
    introduction: Introduction, step_code: str, *, source: str, side: Side | None, said: Said, before: dict[str, Any]
) -> Passage:
    """Write the row of the funnel."""
    return Passage.objects.create(
        introduction=introduction, step=step_code, source=source, target=introduction.state,
        side=side.code if side else "", organisation_id=side.organisation_id if side else None, person=said.by,
        at=clock.now(), via=said.via, reason=said.reason, comment=said.comment, mutual=introduction.mutual,
        weights_version=introduction.weights_version, before=before,
    )  # fmt: skip


def snapshot(introduction: Introduction) -> dict[str, Any]:
    """What a step may change, as plain values: what an undo puts back."""
    due = introduction.due_at
    return {
        "state": introduction.state, "state_since": introduction.state_since.isoformat(),
        "due_at": due.isoformat() if due else None, "closed_by": introduction.closed_by, "reason": introduction.reason,
        "places": introduction.places, "answers": {side.code: side.answer for side in introduction.sides.all()},
    }  # fmt: skip


def ask(introduction: Introduction, asked: Side, days: int | None) -> None:
    """Begin an episode: the side across is asked for an answer until a day that the asking side sets."""
    now = clock.now()
    introduction.due_at = now + timedelta(days=DAYS if days is None else days)
    introduction.save(update_fields=["due_at", "updated_at"])
    Episode.objects.create(introduction=introduction, organisation_id=asked.organisation_id, asked_at=now)


def end_episode(introduction: Introduction, step_code: str) -> None:
    """End the episode that was open, by what the step was."""
    if introduction.state == "interested":
        return
    outcome = {"time_out": Episode.Outcome.EXPIRED, "withdraw": Episode.Outcome.WITHDRAWN}.get(
        step_code, Episode.Outcome.ANSWERED if step_code in ANSWERS else Episode.Outcome.WITHDRAWN
    )
    open_one = Episode.objects.filter(introduction=introduction, outcome=Episode.Outcome.OPEN)
    open_one.update(outcome=outcome, ended_at=clock.now())


def follow_places(introduction: Introduction, *, was_agreed: bool, by: Person | None) -> None:
    """Count the places of both postings again, when this introduction holds some or did."""
    if not (was_agreed or introduction.is_agreed):
        return
    for posting in (introduction.need, introduction.offer):
        rows = list(selectors.talking_about(posting).values_list("state", "places"))
        postings.follow_talks(
            posting_id=posting.pk, by=by, taken=sum(places for _, places in rows),
            signed=sum(places for state, places in rows if state == "signed"),
            talking=any(state in states.TALKING for state, _ in rows),
        )  # fmt: skip


def restore(introduction: Introduction, last: Passage) -> None:
    """Put back what stood before a step, and the question that it had answered; the one it had asked is taken back."""
    before = last.before
    for name in ("state", "closed_by", "reason", "places"):
        setattr(introduction, name, before[name])
    introduction.state_since = datetime.fromisoformat(before["state_since"])
    introduction.due_at = datetime.fromisoformat(before["due_at"]) if before["due_at"] else None
    introduction.save()
    for side in introduction.sides.all():
        side.answer = before["answers"][side.code]
        side.save(update_fields=["answer"])
    if introduction.state == "interested":
        newest = Episode.objects.filter(introduction=introduction).latest("pk")
        newest.outcome, newest.ended_at = Episode.Outcome.OPEN, None
        newest.save()
    else:
        end_episode(introduction, "withdraw")


def own_side(person: Person, introduction: Introduction, organisation_id: int | None) -> Side:
    """The side for which the person acts: that of the organisation named, or the only one. Raises Problem 404 for one
    that is not theirs, `required` when both are."""
    mine = selectors.sides_of(person, introduction)
    if organisation_id is not None:
        mine = [side for side in mine if side.organisation_id == organisation_id]
    if not mine:
        raise missing()
    if len(mine) > 1:
        raise Problem(from_code("required", "organisation"))
    return introduction.side(mine[0].code)


def lock_pair(need_id: int, offer_id: int) -> tuple[Posting, Posting]:
    """A need and an offer, locked. Raises Problem 404 when one is gone or the two do not pair."""
    rows = postings.lock((need_id, offer_id))
    need, offer = rows.get(need_id), rows.get(offer_id)
    if need is None or offer is None or not pair_up(need, offer):
        raise missing()
    return need, offer


def pair_up(need: Posting, offer: Posting) -> bool:
    """Whether the two are of kinds that pair, the need first, and of different organisations."""
    of_two = need.organisation_id != offer.organisation_id
    return of_two and need.kind_of.side == "need" and offer.kind in kinds.partners(need.kind)
