"""Who hears of a step, by which letter; written by the worker, once for each step and person."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.mailing import services as mailing
from rongqiao.parties import selectors as parties
from rongqiao.parties import services as organisations
from rongqiao.parties.models import Person
from rongqiao.postings.content import public_title
from rongqiao.postings.models import Posting

from .. import reputation, selectors
from ..models import Episode, Introduction, Message, Passage, Side

LOG = logging.getLogger(__name__)

# step → (letter, whom: the side across, or both when the platform took the step).
LETTERS = {
    "show_interest": "introduction_asked",
    "reconsider": "introduction_asked",
    "confirm": "introduction_confirmed",
    "decline": "introduction_declined",
    "close": "introduction_declined",
    "time_out": "introduction_timed_out",
    "propose": "introduction_terms",
    "sign": "introduction_signed",
}  # fmt: skip


@transaction.atomic
def follow_moves(passage_ids: Sequence[int]) -> None:
    """Tell the others of steps that stand, and keep whose recommendations rest (idempotent)."""
    rows = Passage.objects.filter(pk__in=passage_ids, undone_at=None).select_related("introduction").order_by("pk")
    for passage in rows:
        introduction = selectors.loaded().get(pk=passage.introduction_id)
        if passage.step in LETTERS and _worth_telling(introduction, passage):
            for side in introduction.sides.all():
                if side.code != passage.side:
                    tell(LETTERS[passage.step], introduction, side, once=f"introduction {passage.pk}", reason=passage.reason)
    keep_standing({each.introduction_id for each in rows})


def _worth_telling(introduction: Introduction, passage: Passage) -> bool:
    """A "no" to what nobody asked for is no news."""
    return passage.source not in ("recommended", "seen") or passage.step not in ("decline", "close")


@transaction.atomic
def follow_messages(message_ids: Sequence[int]) -> None:
    """Tell the other side of new messages: once a day for each introduction."""
    for message in Message.objects.filter(pk__in=message_ids).order_by("pk"):
        introduction = selectors.loaded().get(pk=message.introduction_id)
        for side in introduction.sides.all():
            if side.code != message.side:
                day = timezone.localdate(message.at)
                tell("introduction_message", introduction, side, once=f"introduction {introduction.pk} on {day}")


@transaction.atomic
def remind(introduction_id: int, episode: Episode) -> bool:
    """The one reminder of an episode, to who is asked. Whether it was still due."""
    introduction = selectors.loaded().get(pk=introduction_id)
    mine = Episode.objects.filter(pk=episode.pk, reminded_at=None, outcome=Episode.Outcome.OPEN)
    if not mine.update(reminded_at=clock.now()):
        return False
    for side in introduction.sides.all():
        if side.organisation_id == episode.organisation_id:
            tell("introduction_reminder", introduction, side, once=f"introduction reminder {episode.pk}")
    return True


def tell(kind: str, introduction: Introduction, side: Side, *, once: str, reason: str = "") -> None:
    """A letter to the people of a side; an address that no letter can go to holds up nobody else."""
    own, other = introduction.need, introduction.offer
    if side.code == "offer":
        own, other = other, own
    context = {
        "organisation": other.organisation.name, "own": _title(own), "other": _title(other), "reason": reason,
        "due": _moment(introduction.due_at), "url": f"/introductions/{introduction.pk}",
    }  # fmt: skip
    for person in people_of(side):
        try:
            mailing.send(
                kind=kind, to=person.email, language=person.language, person_id=person.pk,
                organisation_id=side.organisation_id, context=context, once=f"{once} to {person.pk}",
            )  # fmt: skip
        except Problem as problem:
            LOG.warning("no %s letter to person %s: %s", kind, person.pk, problem)


def people_of(side: Side) -> list[Person]:
    """Who is written to: the steward or managers, and who answered for the side."""
    found = parties.stewards_or_managers(side.organisation_id)
    answered = side.answered_by
    if answered is not None and answered.is_active and side.organisation_id in answered.organisation_ids():
        found.append(answered)
    return list(dict.fromkeys(found))


def keep_standing(introduction_ids: set[int]) -> None:
    """Rest or resume the recommendations of those who were asked in these introductions, by how they answer."""
    asked = Episode.objects.filter(introduction_id__in=introduction_ids).values_list("organisation_id", flat=True)
    for organisation_id in sorted(set(asked)):
        paused = reputation.reputation_of(organisation_id).paused
        organisations.rest_recommendations(organisation_id=organisation_id, resting=paused)


def _title(posting: Posting) -> str:
    """What everybody may read: a letter leaves the platform."""
    return public_title(posting.kind_of, posting.title, posting.details)


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
