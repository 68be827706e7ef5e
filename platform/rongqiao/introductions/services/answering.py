"""What the two sides say to each other before and after both have agreed to meet."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.parties.models import Person
from rongqiao.postings import life_cycle
from rongqiao.postings import selectors as posted
from rongqiao.postings import services as postings
from rongqiao.postings.models import Posting

from .. import actions, selectors, states
from ..models import Introduction, Passage, Side
from ..vocabulary import Answer
from . import moving
from .moving import Said

UNDO_WITHIN = timedelta(minutes=30)
# What can be taken back: it has opened nothing to anybody yet.
UNDOABLE = frozenset({"show_interest", "reconsider", "shelve", "decline", "withdraw"})
# The steps that need no more than words; signing has its own functions, the platform's steps nobody asks for.
PLAIN = frozenset({"show_interest", "reconsider", "confirm", "shelve", "decline", "withdraw", "start_talks"})


@transaction.atomic
def recommend(*, pairs: Iterable[tuple[int, int]]) -> int:
    """Keep that these pairs of (need, offer) were recommended, by a digest for instance; those known are left alone.
    Returns how many are new. Pairs that cannot be introduced are passed over."""
    wanted = sorted(set(pairs))
    rows = postings.lock({posting_id for pair in wanted for posting_id in pair})
    both = [(rows[need], rows[offer]) for need, offer in wanted if need in rows and offer in rows]
    return sum(moving.begin(need, offer)[1] for need, offer in both if moving.pair_up(need, offer))


@transaction.atomic
def see(*, person: Person, introduction_id: int) -> None:
    """Keep that somebody of a side looked at it for the first time; 已推荐 becomes 已查看."""
    introduction = moving.locked(introduction_id)
    for side in selectors.sides_of(person, introduction):
        if side.organisation_id in person.organisation_ids() and side.seen_at is None:
            own = introduction.side(side.code)
            if introduction.state == "recommended":
                moving.move(introduction, "see", side=own, said=Said(by=person))
            else:
                own.seen_at = clock.now()
                own.save(update_fields=["seen_at"])


@transaction.atomic
def answer(
    *, person: Person, organisation_id: int, need_id: int, offer_id: int, answer: str, reason: str = "",
    comment: str = "", places: int = 1, days: int | None = None, via: str = "page",
) -> Introduction:  # fmt: skip
    """What an organisation says to a pairing: `interested`, `not_now` or `declined` (with a reason of the vocabulary).

    The first yes asks the other side until `days` from now and names the places; the second one confirms. The same
    answer again changes nothing. Raises Problem 404 when the person does not answer for that organisation or the
    posting across cannot be seen, 400 for an answer or a reason that is none, 409 `wrong_state` when it can no longer
    be said, `posting_closed` or `full`.
    """
    if answer not in (Answer.INTERESTED, Answer.NOT_NOW, Answer.DECLINED):
        raise Problem(from_code("invalid_choice", "answer"))
    need, offer = moving.lock_pair(need_id, offer_id)
    own, across = _own_and_across(person, organisation_id, need, offer)
    if selectors.between(need_id, offer_id) is None and not posted.is_shown(across):
        raise missing()
    introduction, _ = moving.begin(need, offer)
    side = introduction.side(own.kind_of.side)
    if not _said_already(introduction, side, answer):
        _say(introduction, side, _step_of(introduction, side, answer), Said(person, reason, comment, places, days, via))
    return selectors.loaded().get(pk=introduction.pk)


def _own_and_across(person: Person, organisation_id: int, need: Posting, offer: Posting) -> tuple[Posting, Posting]:
    """(the posting of the organisation, the one across), when the person answers for that organisation."""
    for own, across in ((need, offer), (offer, need)):
        if own.organisation_id == organisation_id and person.can_for(POST, organisation_id):
            return own, across
    raise missing()


def _said_already(introduction: Introduction, side: Side, said: str) -> bool:
    if said == Answer.INTERESTED:
        return side.says_yes
    return side.answer == said and introduction.state == ("shelved" if said == Answer.NOT_NOW else "declined")


def _step_of(introduction: Introduction, side: Side, said: str) -> str:
    """The step that an answer means now: the first yes asks, the second confirms, a changed mind asks anew."""
    if said != Answer.INTERESTED:
        return "shelve" if said == Answer.NOT_NOW else "decline"
    if states.ASKED in selectors.standing_of(introduction, side):
        return "confirm"
    return "reconsider" if introduction.state == "declined" else "show_interest"


def _say(introduction: Introduction, side: Side, step_code: str, said: Said) -> None:
    moving.move(introduction, step_code, side=side, said=said)
    if step_code in moving.ASKING:
        moving.ask(introduction, introduction.side(side.other_code), said.days)


@transaction.atomic
def take_step(
    *, person: Person, introduction_id: int, step_code: str, organisation_id: int | None = None, reason: str = "",
    comment: str = "", places: int = 1, days: int | None = None,
) -> Introduction:  # fmt: skip
    """Take a step of the table for one's own side. Raises Problem as `answer` does, 404 for what is not one's own."""
    introduction = moving.locked(introduction_id)
    side = moving.own_side(person, introduction, organisation_id)
    if step_code not in PLAIN:
        raise Problem(from_code("wrong_state", "step"), status=409)
    _say(introduction, side, step_code, Said(person, reason, comment, places, days))
    return selectors.loaded().get(pk=introduction_id)


@transaction.atomic
def undo(*, person: Person, introduction_id: int, organisation_id: int | None = None) -> Introduction:
    """Take one's own last step back, within UNDO_WITHIN, while nobody has taken another and it opened nothing.

    Raises Problem `undo_too_late` (409), 404 for what is not one's own.
    """
    introduction = moving.locked(introduction_id)
    side = moving.own_side(person, introduction, organisation_id)
    last = selectors.last_passage(introduction)
    if last is None or not may_undo(last, side.code, clock.now()) or _taken_since(introduction, last):
        raise Problem(from_code("undo_too_late"), status=409)
    last.undone_at = clock.now()
    last.save(update_fields=["undone_at"])
    moving.restore(introduction, last)
    audit.record(
        action=actions.UNDONE, subject=introduction, by=person, organisation_id=side.organisation_id,
        changes={"state": [last.target, introduction.state]},
    )  # fmt: skip
    return selectors.loaded().get(pk=introduction_id)


def may_undo(last: Passage, side_code: str, now: datetime) -> bool:
    """Whether a side may still take back the last step."""
    return last.side == side_code and last.step in UNDOABLE and now - last.at <= UNDO_WITHIN


def _taken_since(introduction: Introduction, last: Passage) -> bool:
    """Whether what the undo would put back no longer can be: a posting has closed meanwhile."""
    opens = last.before["state"] in states.PENDING
    return opens and not all(posted.is_shown(each) for each in (introduction.need, introduction.offer))


@transaction.atomic
def met_elsewhere(*, person: Person, posting_id: int) -> int:
    """One's own posting was met by other ways: it is closed as met, and all that was open about it with it.
    Returns how many introductions were closed. Raises Problem 404, `wrong_state`."""
    ids = list(selectors.open_of(posting_id).values_list("pk", flat=True))
    posting = postings.lock(selectors.postings_of(ids) | {posting_id}).get(posting_id)
    if posting is None or not posted.is_owner(person, posting):
        raise missing()
    for introduction in selectors.loaded().filter(pk__in=ids).order_by("pk"):
        side = introduction.side(posting.kind_of.side)
        code = "decline" if states.SPEAKER not in selectors.standing_of(introduction, side) else "withdraw"
        moving.move(introduction, code, side=side, said=Said(person, reason="met_elsewhere"))
    posting.refresh_from_db()
    if posting.is_open:
        postings.take_step(
            posting_id=posting_id, version=posting.version, step_code="meet", who=frozenset({life_cycle.OWNER}), by=person
        )
    return len(ids)
