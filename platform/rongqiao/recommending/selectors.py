"""Reading pairings: a posting's list from its own side, one pairing for those it concerns."""

from django.db.models import QuerySet

from rongqiao.common.errors import missing
from rongqiao.parties.models import Person
from rongqiao.postings import kinds, selectors
from rongqiao.postings.models import Posting

from .models import Pairing


def of_posting(posting: Posting) -> QuerySet[Pairing]:
    """All pairings of a posting, best first, whichever side found them; runs, postings and owners are loaded."""
    side = kinds.of(posting.kind).side
    rows = Pairing.objects.filter(need=posting) if side == "need" else Pairing.objects.filter(offer=posting)
    return _loaded(rows).order_by("-mutual", "id")


def one_for(person: Person, pairing_id: int) -> Pairing:
    """A pairing whose need or offer is the person's to post; otherwise it looks missing."""
    pairing = _loaded(Pairing.objects.filter(pk=pairing_id)).first()
    if pairing is None or not (
        selectors.is_owner(person, pairing.need) or selectors.is_owner(person, pairing.offer)
    ):
        raise missing()
    return pairing


def _loaded(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    return rows.select_related(
        "run", "need__organisation", "need__unit", "offer__organisation", "offer__unit"
    )
