"""Reading what they need and offer."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Left
from rapidfuzz import fuzz

from rongqiao.common import clock
from rongqiao.common.capabilities import POST, REVIEW
from rongqiao.common.errors import missing
from rongqiao.common.spelling import folded, spellings
from rongqiao.parties.models import Organisation, Person

from .life_cycle import OPEN, OWNER, REVIEWER
from .models import Posting

OPENING = 100
TELLING = 20
MOST_COMPARED = 300
COMPARED = 2_000


def with_owner() -> QuerySet[Posting]:
    """Postings with what a list shows of their organisation (no query per row)."""
    return Posting.objects.select_related("organisation", "unit")


def latest_open() -> QuerySet[Posting]:
    """What everybody may see, newest first; postings whose organisation is suspended are not shown."""
    suspended = Organisation.objects.filter(verify_status="suspended").values("id")
    shown = with_owner().filter(status__in=OPEN).exclude(organisation__in=suspended)
    return shown.order_by("-published_at", "-id")


def own(person: Person) -> QuerySet[Posting]:
    """The postings of the organisations for which the person posts, in whatever state."""
    theirs = [each.organisation_id for each in person.active_memberships if POST in each.capabilities]
    return with_owner().filter(organisation_id__in=theirs).order_by("-updated_at", "-id")


def one_for(person: Person | None, posting_id: int) -> Posting:
    """A posting the person may see: open, or whole (see `sees_all`). Otherwise it looks missing."""
    posting = with_owner().filter(pk=posting_id).first()
    if posting is None or not (is_shown(posting) or sees_all(person, posting)):
        raise missing()
    return posting


def sees_all(person: Person | None, posting: Posting) -> bool:
    """Whether the person may see every field: its owner, or a reviewer of what was handed in."""
    if is_owner(person, posting):
        return True
    return person is not None and person.can(REVIEW) and posting.status != "draft"


def own_one(person: Person, posting_id: int) -> Posting:
    """A posting the person may change. Otherwise it looks missing, or 403 would tell that it exists."""
    posting = with_owner().filter(pk=posting_id).first()
    if posting is None or not is_owner(person, posting):
        raise missing()
    return posting


def is_owner(person: Person | None, posting: Posting) -> bool:
    """Whether the person posts for the posting's organisation (operators do for all)."""
    return person is not None and person.can_for(POST, posting.organisation_id)


def parts_played(person: Person, posting: Posting) -> frozenset[str]:
    """Which of the parties in the life cycle's table the person is for this posting: nobody reviews their own."""
    parts = {OWNER} if is_owner(person, posting) else set()
    if person.can(REVIEW) and posting.organisation_id not in person.organisation_ids():
        parts.add(REVIEWER)
    return frozenset(parts)


def in_order(ids: Iterable[int]) -> list[Posting]:
    """These postings with their owners, in the order of the ids; those that are gone are left out."""
    wanted = list(ids)
    found = with_owner().in_bulk(wanted)
    return [found[posting_id] for posting_id in wanted if posting_id in found]


def shown_in_order(ids: Iterable[int]) -> list[Posting]:
    """Of these, in their order, the ones that everybody may see now: the index may be a moment behind."""
    return [each for each in in_order(ids) if is_shown(each)]


def is_shown(posting: Posting) -> bool:
    """Whether everybody may see it: open, and of an organisation that is not suspended."""
    return posting.is_open and posting.organisation.verify_status != "suspended"


def ids_of_organisations(organisation_ids: Iterable[int]) -> list[int]:
    """The ids of all postings of these organisations."""
    return list(Posting.objects.filter(organisation_id__in=list(organisation_ids)).values_list("id", flat=True))


def near_copies(posting: Posting, most: int = 5) -> list[tuple[Posting, int]]:
    """Open or waiting postings of the same kind that say nearly the same: (posting, likeness 0–100), best first.

    Looked for, whoever posts them, among those with the same first OPENING characters of text or the same title
    (in full- or half-width signs), and the organisation's own; at most MOST_COMPARED are compared, by rapidfuzz's
    ratio of title and text as folded, up to COMPARED characters.
    """
    opening = posting.description[:OPENING]
    copied = Q(opening__in=spellings(opening)) if len(opening) >= TELLING else Q(pk__in=())
    alike = copied | Q(title__in=spellings(posting.title)) | Q(organisation_id=posting.organisation_id)
    rows = with_owner().annotate(opening=Left("description", OPENING))
    rows = rows.filter(alike, kind=posting.kind, status__in=[*OPEN, "in_review"]).exclude(pk=posting.pk)
    nearest = rows.order_by(Case(When(copied, then=0), default=1), "-pk")[:MOST_COMPARED]
    words = _words(posting)
    scored: list[tuple[Posting, int]] = [(other, round(fuzz.ratio(words, _words(other)))) for other in nearest]
    return sorted((pair for pair in scored if pair[1] >= 85), key=lambda pair: (-pair[1], pair[0].pk))[:most]


def _words(posting: Posting) -> str:
    return folded(f"{posting.title} {posting.description[:COMPARED]}")


def nearly_outdated(within_days: int) -> QuerySet[Posting]:
    """Open postings whose date comes within so many days and whose owner has not been asked yet; those of suspended
    organisations run out unasked."""
    last = clock.today() + timedelta(days=within_days)
    due = with_owner().filter(status__in=OPEN, expires_on__lte=last, expires_on__gte=clock.today(), asked_on=None)
    return due.exclude(organisation__verify_status="suspended")
