"""Reading introductions: the inbox of an organisation, one for those it concerns, what waits for an answer."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rongqiao.common.capabilities import POST
from rongqiao.common.errors import missing
from rongqiao.parties.models import Person
from rongqiao.postings.models import Posting

from . import states
from .models import Introduction, Passage, Side
from .vocabulary import Answer


def loaded() -> QuerySet[Introduction]:
    """Introductions with what a list shows of them (three queries, whatever their number)."""
    rows = Introduction.objects.select_related("need__organisation", "need__unit", "offer__organisation", "offer__unit")
    return rows.prefetch_related("sides__organisation")


def of_organisations(organisation_ids: Iterable[int]) -> QuerySet[Introduction]:
    """Those in which these take part, the last changed first."""
    mine = Side.objects.filter(organisation_id__in=list(organisation_ids)).values("introduction_id")
    return loaded().filter(pk__in=mine).order_by("-state_since", "-id")


def inbox(person: Person) -> QuerySet[Introduction]:
    """Those of the organisations for which the person answers, in whatever state."""
    return of_organisations(spoken_for(person))


def spoken_for(person: Person) -> list[int]:
    """The organisations in whose name the person answers."""
    return [each.organisation_id for each in person.active_memberships if POST in each.capabilities]


def waiting_for(organisation_id: int) -> QuerySet[Introduction]:
    """What waits for an answer of an organisation, the soonest deadline first."""
    return waiting(loaded(), [organisation_id])


def waiting(rows: QuerySet[Introduction], organisation_ids: Iterable[int]) -> QuerySet[Introduction]:
    """Of these rows, those that wait for an answer of one of these organisations, the soonest deadline first."""
    silent = Side.objects.filter(organisation_id__in=list(organisation_ids)).exclude(answer=Answer.INTERESTED)
    return rows.filter(state="interested", pk__in=silent.values("introduction_id")).order_by("due_at", "id")


def of_posting(rows: QuerySet[Introduction], posting_id: int) -> QuerySet[Introduction]:
    """Of these rows, those of one posting."""
    return rows.filter(Q(need_id=posting_id) | Q(offer_id=posting_id))


def told(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """Without those that nobody has answered yet: what a person's inbox holds."""
    return rows.exclude(state__in=("recommended", "seen"))


def one_for(person: Person, introduction_id: int) -> Introduction:
    """An introduction of an organisation for which the person answers; otherwise it looks missing."""
    found = loaded().filter(pk=introduction_id).first()
    if found is None or not sides_of(person, found):
        raise missing()
    return found


def sides_of(person: Person, introduction: Introduction) -> list[Side]:
    """The sides for which the person answers (both, for an operator); those of their own organisation come first."""
    own = set(person.organisation_ids())
    mine = [side for side in introduction.sides.all() if person.can_for(POST, side.organisation_id)]
    return sorted(mine, key=lambda side: side.organisation_id not in own)


def between(need_id: int, offer_id: int) -> Introduction | None:
    """The introduction of a need and an offer, when there is one."""
    return loaded().filter(need_id=need_id, offer_id=offer_id).first()


def standing_of(introduction: Introduction, side: Side) -> frozenset[str]:
    """Who the side is in the table of states."""
    across = introduction.side(side.other_code)
    who = {states.standing(side.says_yes, across.says_yes)}
    if introduction.closed_by == side.code:
        who.add(states.CLOSER)
    return frozenset(who)


def possible(introduction: Introduction, side: Side) -> list[states.Step]:
    """The steps that the side may take now."""
    return states.possible(introduction.state, standing_of(introduction, side))


def talking_about(posting: Posting) -> QuerySet[Introduction]:
    """The introductions that hold places of a posting."""
    return of_posting(Introduction.objects.filter(state__in=states.AGREED), posting.pk)


def overdue(now: object) -> QuerySet[Introduction]:
    """Those whose deadline has passed."""
    return Introduction.objects.filter(state="interested", due_at__lt=now).order_by("due_at", "id")


def last_passage(introduction: Introduction) -> Passage | None:
    """The last step that stands."""
    return introduction.passages.filter(undone_at=None).order_by("-pk").first()


def open_of(posting_id: int) -> QuerySet[Introduction]:
    """Of what something can still come, of one posting."""
    return of_posting(Introduction.objects.filter(state__in=states.PENDING | states.TALKING), posting_id)


def postings_of(introduction_ids: Iterable[int]) -> set[int]:
    """The postings of these introductions."""
    rows = Introduction.objects.filter(pk__in=list(introduction_ids)).values_list("need_id", "offer_id")
    return {posting_id for pair in rows for posting_id in pair}


def passages(introduction: Introduction) -> list[Passage]:
    """Every step, the first one first."""
    return list(introduction.passages.select_related("person").order_by("pk"))


def pending_of(posting_id: int) -> QuerySet[Introduction]:
    """Those about a posting in which not both have said yes."""
    return of_posting(Introduction.objects.filter(state__in=states.PENDING), posting_id)
