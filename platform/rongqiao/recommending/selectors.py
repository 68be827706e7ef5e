"""Reading pairings: a posting's list from its own side, one pairing for those it concerns."""

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Round

from rongqiao.common.errors import missing
from rongqiao.parties.models import Person
from rongqiao.parties.selectors import has_priority
from rongqiao.postings import kinds, selectors
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

from . import lessons
from .models import Pairing


def of_posting(posting: Posting) -> QuerySet[Pairing]:
    """All pairings of a posting, best first, whichever side found them; runs, postings and owners are loaded.

    Among pairings whose mutual scores agree to the hundredth, those with an organisation that has a priority tag
    (优先, HN 第八条（一）) come first: `priority`. That is all that a tag does: it never lifts one over a better score.
    What earlier answers taught (`lessons`) leaves some out and puts others lower; scores stay as they are.
    """
    known = lessons.of(posting)
    side = kinds.of(posting.kind).side
    rows = Pairing.objects.filter(need=posting) if side == "need" else Pairing.objects.filter(offer=posting)
    other = "offer" if side == "need" else "need"
    # A row goes when the worker has heard; what the other side has closed must not be shown until then.
    rows = rows.filter(**{f"{other}__status__in": OPEN}).exclude(**{f"{other}__organisation__verify_status": "suspended"})
    first = Case(When(has_priority(f"{other}__organisation"), then=True), default=False)
    rows = rows.exclude(**{f"{other}__in": known.left_out}) if known.left_out else rows
    score = lessons.ranked(known, other)
    ordered = rows.annotate(priority=first, hundredth=Round(score * Value(100.0))).order_by(
        "-hundredth", "-priority", "-mutual", "id"
    )
    return _loaded(ordered)


def one_for(person: Person, pairing_id: int) -> Pairing:
    """A pairing of a posting that is the person's to post, with one that everybody may see; otherwise it looks missing."""
    pairing = _loaded(Pairing.objects.filter(pk=pairing_id)).first()
    if pairing is None:
        raise missing()
    own, other = pairing.need, pairing.offer
    if not selectors.is_owner(person, own):
        own, other = other, own
    if not (selectors.is_owner(person, own) and selectors.is_shown(other)):
        raise missing()
    return pairing


def _loaded(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    return rows.select_related(
        "run", "need__organisation", "need__unit", "offer__organisation", "offer__unit"
    )
