"""What the platform does by itself: it follows the postings, reminds once, and closes what was not answered."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from rongqiao.common import clock
from rongqiao.postings import services as postings
from rongqiao.postings.models import Posting

from .. import selectors, states
from ..models import Introduction
from . import moving
from .moving import Said

MOST_AT_ONCE = 500
REMINDED_BEFORE = timedelta(days=3)


def follow_postings(posting_ids: Sequence[int]) -> None:
    """Close what nothing can come of any more: of postings that have closed, and of those whose last place is taken
    (idempotent)."""
    for posting_id in posting_ids:
        _follow(posting_id)


@transaction.atomic
def _follow(posting_id: int) -> None:
    ids = list(selectors.pending_of(posting_id).values_list("pk", flat=True))
    if not ids:
        return
    posting = postings.lock(selectors.postings_of(ids) | {posting_id}).get(posting_id)
    step_code = _closing(posting) if posting else ""
    if not step_code:
        return
    for introduction in selectors.loaded().filter(pk__in=ids, state__in=states.PENDING).order_by("pk"):
        moving.move(introduction, step_code, side=None, said=Said(reason="full" if step_code == "close" else ""))


def _closing(posting: Posting) -> str:
    """The step that ends what is pending about a posting; "" while it is open and has places."""
    if not posting.is_open:
        return "lapse"
    return "close" if posting.places_left == 0 else ""


def close_overdue() -> int:
    """The chore: close those whose deadline has passed (超时关闭). Returns how many."""
    ids = list(selectors.overdue(clock.now()).values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_time_out(introduction_id) for introduction_id in ids)


@transaction.atomic
def _time_out(introduction_id: int) -> bool:
    introduction = moving.locked(introduction_id)
    if not _is_overdue(introduction):
        return False
    moving.move(introduction, "time_out", side=None, said=Said(reason="no_response"))
    return True


def _is_overdue(introduction: Introduction) -> bool:
    """Still, now that it is locked."""
    due = introduction.due_at
    return introduction.state == "interested" and due is not None and due < clock.now()
