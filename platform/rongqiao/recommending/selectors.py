"""Reading pairings: a posting's list from its own side, one pairing for those it concerns, an organisation's best."""

from collections.abc import Iterable, Iterator, Set
from typing import Any, NamedTuple

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Round

from matching.records import Side
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import missing
from rongqiao.parties.models import Person
from rongqiao.parties.selectors import has_priority
from rongqiao.postings import kinds, selectors
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

from . import lessons
from .models import Pairing

OTHER: dict[Side, Side] = {"need": "offer", "offer": "need"}


def of_posting(posting: Posting) -> QuerySet[Pairing]:
    """All pairings of a posting, best first, whichever side found them; runs, postings and owners are loaded.

    Among pairings whose mutual scores agree to the hundredth, those with an organisation that has a priority tag
    (优先, HN 第八条（一）) come first: `priority`. That is all that a tag does: it never lifts one over a better score.
    What earlier answers taught (`lessons`) leaves some out and puts others lower; scores stay as they are.
    """
    side = kinds.of(posting.kind).side
    rows = Pairing.objects.filter(need=posting) if side == "need" else Pairing.objects.filter(offer=posting)
    return _best_first(rows, OTHER[side], lessons.of(posting))


def of_owner(person: Person, side: Side, organisation_id: int, unit_id: int = 0, other_id: int = 0) -> QuerySet[Pairing]:
    """The pairings of all that an organisation has open on this side, best first; of one unit, with one posting across.
    An organisation that the person does not post for, and a posting that they may not see, look missing."""
    if not person.can_for(POST, organisation_id):
        raise missing()
    wanted: dict[str, Any] = {f"{side}__organisation_id": organisation_id}
    if unit_id:
        wanted[f"{side}__unit_id"] = unit_id
    if other_id:
        wanted[OTHER[side]] = selectors.one_for(person, other_id)
    rows = Pairing.objects.filter(**wanted, **{f"{side}__status__in": OPEN})
    return _best_first(rows, OTHER[side], lessons.of_owner(organisation_id, side))


def _best_first(rows: QuerySet[Pairing], other: Side, known: lessons.Lessons) -> QuerySet[Pairing]:
    # A row goes when the worker has heard; what the other side has closed must not be shown until then.
    rows = rows.filter(**{f"{other}__status__in": OPEN}).exclude(**{f"{other}__organisation__verify_status": "suspended"})
    first = Case(When(has_priority(f"{other}__organisation"), then=True), default=False)
    rows = _without(rows, known.left_out) if known.left_out else rows
    score = lessons.ranked(known, other)
    ordered = rows.annotate(priority=first, hundredth=Round(score * Value(100.0))).order_by(
        "-hundredth", "-priority", "-mutual", "id"
    )
    return loaded(ordered)


def _without(rows: QuerySet[Pairing], pairs: Set[tuple[int, int]]) -> QuerySet[Pairing]:
    needs, offers = zip(*pairs, strict=True)
    some = rows.filter(need__in=needs, offer__in=offers).values_list("pk", "need_id", "offer_id")
    return rows.exclude(pk__in=[pk for pk, *pair in some if tuple(pair) in pairs])


def one_for(person: Person, pairing_id: int) -> Pairing:
    """A pairing of a posting that is the person's to post, with one that everybody may see; otherwise it looks missing."""
    pairing = loaded(Pairing.objects.filter(pk=pairing_id)).first()
    if pairing is None:
        raise missing()
    own, other = pairing.need, pairing.offer
    if not selectors.is_owner(person, own):
        own, other = other, own
    if not (selectors.is_owner(person, own) and selectors.is_shown(other)):
        raise missing()
    return pairing


def loaded(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """The rows with their runs, postings and owners (no query per row)."""
    return rows.select_related(
        "run", "need__organisation", "need__unit", "offer__organisation", "offer__unit"
    )


class Fit(NamedTuple):
    """A pairing as seen from an organisation's own posting: ids and scores only."""

    pairing: int
    need: int
    offer: int
    organisation: int
    other: int
    other_organisation: int
    mutual: float
    band: str
    priority: bool = False

    @property
    def pair(self) -> tuple[int, int]:
        """The need and the offer."""
        return (self.need, self.offer)


class Shown(NamedTuple):
    """A pairing as a letter shows it, from one side: no facts and no bill, so that thousands of them are light."""

    forward: float
    reverse: float
    mutual: float
    band: str
    strongest: dict[str, Any] | None
    own_kind: str
    own_title: str
    own_details: dict[str, Any]
    other_kind: str
    other_title: str
    other_details: dict[str, Any]
    other_region: str
    other_organisation: str
    other_organisation_region: str


def shown_of(fits: Iterable[Fit]) -> dict[int, Shown]:
    """pairing → what a letter shows of it, from the side of its fit: two queries however many there are."""
    by_side: dict[str, list[int]] = {"need": [], "offer": []}
    for fit in fits:
        by_side["offer" if fit.other == fit.need else "need"].append(fit.pairing)
    found: dict[int, Shown] = {}
    for own, other in (("need", "offer"), ("offer", "need")):
        names = [f"{own}__{name}" for name in ("kind", "title", "details")]
        names += [f"{other}__{name}" for name in ("kind", "title", "details", "region_code")]
        names += [f"{other}__organisation__{name}" for name in ("name", "region_code")]
        rows = Pairing.objects.filter(pk__in=by_side[own])
        for pk, *values in rows.values_list("pk", "forward", "reverse", "mutual", "band", "strongest", *names):
            found[pk] = Shown(*values)
    return found


def fits_of(organisation_ids: Iterable[int], threshold: float) -> Iterator[Fit]:
    """The pairings of these organisations' open postings with what others have open, from a mutual score on.

    Two queries however many there are; rows are read one after the other, never all at once.
    """
    ids = list(organisation_ids)
    yield from _fits(ids, threshold, "need", "offer")
    yield from _fits(ids, threshold, "offer", "need")


def _fits(organisation_ids: list[int], threshold: float, own: str, other: str) -> Iterator[Fit]:
    rows = Pairing.objects.filter(
        **{f"{own}__organisation__in": organisation_ids, f"{own}__status__in": OPEN, f"{other}__status__in": OPEN},
        mutual__gte=threshold,
    ).exclude(**{f"{other}__organisation__verify_status": "suspended"})
    # Whoever has switched recommendations off is in no list, from that moment on.
    on = {f"{side}__organisation__recommendations_on": True for side in (own, other)}
    first = Case(When(has_priority(f"{other}__organisation"), then=True), default=False)
    values = rows.filter(**on).annotate(priority=first).values_list(
        "pk", "need_id", "offer_id", f"{own}__organisation_id", f"{other}_id", f"{other}__organisation_id", "mutual", "band",
        "priority",
    )  # fmt: skip
    return (Fit(*each) for each in values.iterator(chunk_size=2_000))
