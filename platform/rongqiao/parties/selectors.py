"""Reading about who."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from rongqiao.common import clock
from rongqiao.common.capabilities import MANAGE
from rongqiao.common.errors import missing
from rongqiao.common.spelling import spellings

from . import likeness
from .models import Application, CreditFlag, Invitation, Membership, Organisation, Person, PriorityTag, Unit
from .vocabulary import VerifyStatus

MOST_NAMES = 3_000


@dataclass(frozen=True, slots=True)
class Alike:
    """Another organisation that may be the same, by what (code or name), and how much (0–100)."""

    organisation: Organisation
    by: str
    likeness: int


def organisations() -> QuerySet[Organisation]:
    """Everybody that may be shown, with their profiles (no query per row)."""
    shown = Organisation.objects.exclude(verify_status=VerifyStatus.SUSPENDED)
    return shown.select_related("enterprise", "institution").order_by("name", "id")


def with_standing(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The rows with their priority tags and credit flags, in two more queries for all of them."""
    return rows.prefetch_related("priority_tags", "credit_flags")


def any_organisation(organisation_id: int) -> Organisation:
    """An organisation in whatever state, for those who review; Problem 404 when there is none."""
    rows = with_standing(Organisation.objects.select_related("enterprise", "institution"))
    found = rows.filter(pk=organisation_id).first()
    if found is None:
        raise missing()
    return found


def has_second_factor(person: Person) -> bool:
    """Whether the person has set up one-time codes."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def has_proved_address(person: Person) -> bool:
    """Whether somebody who reads the mail of the person's address has shown it. Anybody can sign up with another's."""
    return bool(EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists())


def find_organisations(words: str, party_type: str, region_code: str) -> QuerySet[Organisation]:
    """Those whose name, pinyin, initials or code start with or hold the words."""
    found = with_standing(organisations())
    if party_type:
        found = found.filter(party_type=party_type)
    if region_code:
        found = found.filter(region_code__startswith=region_code.rstrip("0") or region_code)
    if words:
        small = words.lower()
        found = found.filter(
            Q(name__icontains=words)
            | Q(initials__startswith=small)
            | Q(pinyin__startswith=small)
            | Q(uscc=words.upper())
        )
    return found


def own_organisation(person: Person, organisation_id: int, capability: str) -> Organisation:
    """An organisation in which the person has the capability; otherwise it looks missing."""
    if not person.can_for(capability, organisation_id):
        raise missing()
    found = organisations().filter(pk=organisation_id).first()
    if found is None:
        raise missing()
    return found


def one_organisation(organisation_id: int) -> Organisation:
    """An organisation by id; Problem 404 when there is none to show."""
    found = with_standing(organisations()).filter(pk=organisation_id).first()
    if found is None:
        raise missing()
    return found


def units(organisation_id: int) -> QuerySet[Unit]:
    """The units of an organisation that may be shown; Problem 404 when there is none."""
    if not organisations().filter(pk=organisation_id).exists():
        raise missing()
    return Unit.objects.filter(organisation_id=organisation_id).order_by("name")


def members(organisation_id: int) -> QuerySet[Membership]:
    """The people of an organisation, in force, with their names and units (no query per row)."""
    rows = Membership.objects.filter(organisation_id=organisation_id, is_active=True)
    return rows.select_related("person", "unit", "organisation").order_by("person__name", "id")


def one_member(organisation_id: int, membership_id: int) -> Membership:
    """One membership in force of this organisation; Problem 404 for any other."""
    found = members(organisation_id).filter(pk=membership_id).first()
    if found is None:
        raise missing()
    return found


def invitations(organisation_id: int) -> QuerySet[Invitation]:
    """What was offered in an organisation's name, newest first."""
    rows = Invitation.objects.filter(organisation_id=organisation_id)
    return rows.select_related("invited_by", "unit").order_by("-id")


def one_invitation(organisation_id: int, invitation_id: int) -> Invitation:
    """One invitation of this organisation; Problem 404 for any other."""
    found = invitations(organisation_id).filter(pk=invitation_id).first()
    if found is None:
        raise missing()
    return found


def applications_of(person: Person, organisation_id: int) -> QuerySet[Application]:
    """What a person handed in for an organisation, or everybody did when they manage it; newest first."""
    rows = Application.objects.filter(organisation_id=organisation_id).select_related("person").order_by("-id")
    if person.can_for(MANAGE, organisation_id):
        return rows.exclude(~Q(person=person), purpose=Application.Purpose.CLAIM)
    return rows.filter(person=person)


def one_application(application_id: int) -> Application | None:
    """An application with its organisation and person, None when it is gone."""
    return Application.objects.select_related("organisation", "person").filter(pk=application_id).first()


def tags_in_force(organisation_ids: Iterable[int]) -> dict[int, list[PriorityTag]]:
    """organisation → its priority tags that count today. One with a standing credit flag has none (C12)."""
    ids = list(organisation_ids)
    flagged = CreditFlag.objects.filter(organisation=OuterRef("organisation"), cleared_at=None)
    tags = PriorityTag.objects.filter(organisation_id__in=ids, revoked_at=None, expires_on__gte=clock.today())
    found: dict[int, list[PriorityTag]] = {}
    for tag in tags.exclude(Exists(flagged)).order_by("kind"):
        found.setdefault(tag.organisation_id, []).append(tag)
    return found


def has_priority(organisation: str) -> Q:
    """A condition: the organisation that this field names has a priority tag that counts today."""
    of_it = {"organisation": OuterRef(organisation)}
    tags = PriorityTag.objects.filter(**of_it, revoked_at=None, expires_on__gte=clock.today())
    flags = CreditFlag.objects.filter(**of_it, cleared_at=None)
    return Q(Exists(tags)) & ~Q(Exists(flags))


def priority_tags() -> dict[int, tuple[str, ...]]:
    """The kinds of priority tags that count today, by organisation: what `has_priority` asks, for all at once."""
    flagged = CreditFlag.objects.filter(cleared_at=None).values("organisation")
    tags = PriorityTag.objects.filter(revoked_at=None, expires_on__gte=clock.today()).exclude(organisation__in=flagged)
    found: dict[int, tuple[str, ...]] = {}
    for organisation, kind in tags.order_by("organisation_id", "kind").values_list("organisation_id", "kind"):
        found[organisation] = (*found.get(organisation, ()), kind)
    return found


def stewards_or_managers(organisation_id: int) -> list[Person]:
    """Who is written to about an organisation: its data steward, else those who manage it."""
    people = [each for each in members(organisation_id) if each.person.is_active]
    chosen = [each.person for each in people if each.is_steward] or [
        each.person for each in people if MANAGE in each.capabilities
    ]
    return list(dict.fromkeys(chosen))


def similar_organisations(organisation: Organisation, most: int = 5) -> list[Alike]:
    """Others that may be the same: first the same credit code, then a name like it (`likeness`), best first.

    Suspended ones are looked at too: they come back under new names. The names are scanned twice by the database, for
    the whole core and for its beginning, and at most MOST_NAMES of each are compared."""
    others = Organisation.objects.exclude(pk=organisation.pk)
    codes = {organisation.uscc, *_codes_claimed(organisation)} - {None, ""}
    same_code = list(others.filter(uscc__in=codes)) if codes else []
    found = [Alike(other, "code", 100) for other in same_code]
    core = likeness.core_of(organisation.name, organisation.region_code)
    scores: dict[int, int] = {}
    for clue in (core.own, core.own[:2]) if len(core.own) >= 2 else ():
        spelled = reduce(or_, (Q(name__icontains=each) for each in {*spellings(clue), *spellings(clue.upper())}))
        rows = others.filter(spelled).exclude(pk__in=[other.pk for other in same_code]).order_by("pk")
        for pk, name, region in rows.values_list("pk", "name", "region_code")[:MOST_NAMES]:
            scores[pk] = likeness.likeness(core, likeness.core_of(name, region))
    best = sorted((pk for pk, score in scores.items() if score >= likeness.ENOUGH), key=lambda pk: (-scores[pk], pk))[:most]
    rows_of = Organisation.objects.in_bulk(best)
    return [*found, *(Alike(rows_of[pk], "name", scores[pk]) for pk in best)][:most]


def _codes_claimed(organisation: Organisation) -> list[str]:
    return list(organisation.applications.exclude(uscc="").values_list("uscc", flat=True))
