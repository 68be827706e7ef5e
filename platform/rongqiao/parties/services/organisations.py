"""Writing about organisations: registering, correcting, their units and switches."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from rongqiao.audit import services as audit
from rongqiao.codes.pinyin import full_and_initials
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.outbox import services as outbox

from .. import actions, privacy
from .. import uscc as credit_code
from ..models import EnterpriseProfile, InstitutionProfile, Membership, Organisation, Person, Unit
from ..vocabulary import SCHOOLS, VERIFIED, VerifyStatus

ORGANISATION_CHANGED = "organisation"
IDENTITY = frozenset({"name", "uscc", "party_type"})
NOT_VERIFIED = {"verify_status": VerifyStatus.UNVERIFIED, "verified_at": None, "verified_by_id": None, "trusted_at": None}
PRIVATE = frozenset({"contact_name", "contact_phone", "contact_email"})


@transaction.atomic
def register_organisation(*, by: Person, fields: Mapping[str, Any], profile: Mapping[str, Any]) -> Organisation:
    """A signed-in person registers their organisation (unverified) and becomes its administrator.

    `fields` are Organisation's, `profile` those of its enterprise or institution profile.
    Raises Problem `consent_required`, `uscc` or `taken`.
    """
    privacy.require_consent(by)
    organisation = add_organisation(fields=fields, profile=profile)
    Membership.objects.create(person=by, organisation=organisation, role="administrator", is_steward=True)
    by.forget_memberships()
    audit.record(action=actions.REGISTERED, subject=organisation, by=by, organisation_id=organisation.pk)
    outbox.record(ORGANISATION_CHANGED, [organisation.pk])
    return organisation


@transaction.atomic
def add_organisation(*, fields: Mapping[str, Any], profile: Mapping[str, Any]) -> Organisation:
    """An organisation with its profile, pinyin filled in. Raises Problem `uscc` or `taken`."""
    organisation = Organisation(**{**fields, "uscc": _checked_code(fields.get("uscc"))})
    _fill_in(organisation)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise Problem(from_code("taken", "uscc")) from error
    _save_profile(organisation, profile)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: Person | None, fields: Mapping[str, Any], profile: Mapping[str, Any]
) -> Organisation:
    """Correct an organisation's record; its postings are looked at again. A verified one whose name, code or type
    changes is no longer what was verified: it goes back to 未核验. Raises Problem `uscc` or `taken`."""
    if "uscc" in fields:
        fields = {**fields, "uscc": _checked_code(fields["uscc"])}
    before = {name: getattr(organisation, name) for name in fields}
    if organisation.verify_status in VERIFIED and any(before.get(name) != fields.get(name) for name in IDENTITY & set(fields)):
        fields = {**fields, **NOT_VERIFIED}
        before |= {name: getattr(organisation, name) for name in NOT_VERIFIED}
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.last_confirmed_at = clock.now()
    _fill_in(organisation)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise Problem(from_code("taken", "uscc")) from error
    told = audit.differences(before, fields, PRIVATE) | _profile_differences(organisation, profile)
    _save_profile(organisation, profile)
    audit.record(
        action=actions.CORRECTED, subject=organisation, by=by, organisation_id=organisation.pk, changes=told
    )
    outbox.record(ORGANISATION_CHANGED, [organisation.pk])
    return organisation


@transaction.atomic
def switch_recommendations(*, organisation: Organisation, by: Person | None, on: bool) -> None:
    """Take part in recommendations or not (算法推荐管理规定 第十七条): off means off, on both sides."""
    changes = {"recommendations_on": [organisation.recommendations_on, on]}
    organisation.recommendations_on = on
    organisation.save(update_fields=["recommendations_on", "updated_at"])
    audit.record(
        action=actions.SWITCHED, subject=organisation, by=by, organisation_id=organisation.pk, changes=changes
    )
    outbox.record(ORGANISATION_CHANGED, [organisation.pk])


@transaction.atomic
def rest_recommendations(*, organisation_id: int, resting: bool) -> None:
    """Have an organisation's recommendations rest, because it lets others wait, or go on; its own switch stays as it
    is. What is so already changes nothing."""
    since = clock.now() if resting else None
    rows = Organisation.objects.filter(pk=organisation_id, resting_since__isnull=resting)
    if not rows.update(resting_since=since):
        return
    organisation = Organisation.objects.get(pk=organisation_id)
    audit.record(
        action=actions.RESTED, subject=organisation, by=None, organisation_id=organisation_id, changes={"resting": resting}
    )
    outbox.record(ORGANISATION_CHANGED, [organisation_id])


@transaction.atomic
def add_unit(
    *, organisation: Organisation, by: Person | None, name: str, unit_type: str, partners: list[str]
) -> Unit:
    """A unit of a college. Raises Problem `taken` when the name is used there."""
    try:
        with transaction.atomic():
            unit = Unit.objects.create(
                organisation=organisation, name=name, unit_type=unit_type, partners=partners
            )
    except IntegrityError as error:
        raise Problem(from_code("taken", "name")) from error
    audit.record(action=actions.UNIT_ADDED, subject=unit, by=by, organisation_id=organisation.pk)
    return unit


def imported_employers(*, source: str, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Organisations for the employers of an import, by their key there: those known are found again, the others
    are made unverified and claimable. Two queries and one insert for a whole batch. Returns key → id."""
    known = _known_employers(source, rows)
    new = []
    for key, fields in rows.items():
        if key not in known:
            made = Organisation(
                **{"party_type": "enterprise", **fields}, source=source, source_key=key, claimable=True
            )
            _fill_in(made)
            new.append(made)
    Organisation.objects.bulk_create(new)
    return known | {made.source_key: made.pk for made in new}


def _known_employers(source: str, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    found = Organisation.objects.filter(source=source, source_key__in=list(rows))
    known = dict(found.values_list("source_key", "pk"))
    codes = {fields["uscc"]: key for key, fields in rows.items() if fields.get("uscc") and key not in known}
    by_code = Organisation.objects.filter(uscc__in=list(codes)).values_list("uscc", "pk") if codes else []
    return known | {codes[code]: pk for code, pk in by_code}


def _checked_code(given: str | None) -> str | None:
    code = credit_code.normalise(given or "")
    if code and not credit_code.is_valid(code):
        raise Problem(from_code("uscc", "uscc"))
    return code or None


def _profile_differences(organisation: Organisation, profile: Mapping[str, Any]) -> dict[str, Any]:
    stored = next((getattr(organisation, name) for name in ("enterprise", "institution") if hasattr(organisation, name)), None)
    before = model_to_dict(stored) if stored else {}
    return audit.differences({name: before.get(name) for name in profile}, profile)


def _fill_in(organisation: Organisation) -> None:
    pinyin, initials = full_and_initials(organisation.name)
    organisation.pinyin, organisation.initials = pinyin[:600], initials[:200]


def _save_profile(organisation: Organisation, profile: Mapping[str, Any]) -> None:
    if organisation.party_type in SCHOOLS:
        InstitutionProfile.objects.update_or_create(organisation=organisation, defaults=dict(profile))
    elif organisation.party_type == "enterprise":
        EnterpriseProfile.objects.update_or_create(organisation=organisation, defaults=dict(profile))
