"""Reading about who."""

from django.db.models import Q, QuerySet

from rongqiao.common.errors import missing

from .models import Organisation, Person
from .vocabulary import VerifyStatus


def organisations() -> QuerySet[Organisation]:
    """Everybody that may be shown, with their profiles (no query per row)."""
    shown = Organisation.objects.exclude(verify_status=VerifyStatus.SUSPENDED)
    return shown.select_related("enterprise", "institution").order_by("name", "id")


def find_organisations(words: str, party_type: str, region_code: str) -> QuerySet[Organisation]:
    """Those whose name, pinyin, initials or code start with or hold the words."""
    found = organisations()
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
    found = organisations().filter(pk=organisation_id).first()
    if found is None:
        raise missing()
    return found
