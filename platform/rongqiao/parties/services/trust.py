"""Writing about trust: applications with evidence, the verification state, trust, priority tags, credit flags."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.outbox import services as outbox

from .. import actions, privacy, roles
from .. import uscc as credit_code
from ..models import Application, CreditFlag, Membership, Organisation, Person, PriorityTag
from ..vocabulary import VERIFIED, VerifyStatus
from .organisations import ORGANISATION_CHANGED
from .people import add_member

APPLICATION = "application"
CLAIMED_BY_OTHER = "claimed_by_other"


@transaction.atomic
def apply(
    *, organisation: Organisation, by: Person, purpose: str, uscc: str = "", note: str = "", evidence: Sequence[str] = ()
) -> Application:  # fmt: skip
    """Hand in what should convince a reviewer: for one's own organisation to be verified, or to claim one that an
    import made. Raises Problem `consent_required`, `uscc`, `not_claimable`, `evidence_required`, `already_done`."""
    privacy.require_consent(by)
    if uscc and not credit_code.is_valid(credit_code.normalise(uscc)):
        raise Problem(from_code("uscc", "uscc"))
    if purpose == Application.Purpose.CLAIM and not organisation.claimable:
        raise Problem(from_code("not_claimable"), status=409)
    if not evidence:
        raise Problem(from_code("evidence_required", "evidence"))
    try:
        with transaction.atomic():
            application = Application.objects.create(
                organisation=organisation, person=by, purpose=purpose, uscc=credit_code.normalise(uscc), note=note,
                evidence=list(evidence),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem(from_code("already_done"), status=409) from error
    audit.record(
        action=actions.APPLIED, subject=application, by=by, organisation_id=organisation.pk, changes={"purpose": purpose}
    )
    outbox.record(APPLICATION, [application.pk])
    return application


@transaction.atomic
def withdraw_application(*, application: Application, by: Person) -> None:
    """Take back what waits. Raises Problem `wrong_state`."""
    waiting = Application.objects.filter(pk=application.pk, state=Application.State.WAITING)
    if not waiting.update(state=Application.State.WITHDRAWN, decided_at=clock.now()):
        raise Problem(from_code("wrong_state"), status=409)
    outbox.record(APPLICATION, [application.pk])


@transaction.atomic
def answer_application(
    *, application: Application, by: Person, approved: bool, status: str = VerifyStatus.DOCUMENTS,
    reasons: Sequence[str] = (), remark: str = "",
) -> Application:  # fmt: skip
    """A reviewer's answer. Approved, the organisation is verified on this ground (材料核验 or 权威核验), and of a
    claim the person becomes its administrator and steward. Raises Problem `wrong_state`."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=application.organisation_id)
    application = _waiting(application.pk)
    application.state = Application.State.APPROVED if approved else Application.State.DECLINED
    application.decided_at, application.reasons, application.remark = clock.now(), list(reasons), remark
    application.save()
    if approved:
        if application.uscc and not organisation.uscc:
            _take_code(organisation, application.uscc)
        set_verification(organisation=organisation, by=by, status=status, reason=remark or application.note)
        if application.purpose == Application.Purpose.CLAIM:
            _hand_over(organisation, application.person, by)
    return application


def _waiting(application_id: int) -> Application:
    """The application, locked; its organisation is locked already. The other way round two claims approved at the
    same moment wait for each other for ever: each declines the other."""
    found = Application.objects.select_for_update(of=("self",)).select_related("person")
    application = found.get(pk=application_id)
    if application.state != Application.State.WAITING:
        raise Problem(from_code("wrong_state"), status=409)
    return application


def _take_code(organisation: Organisation, uscc: str) -> None:
    organisation.uscc = uscc
    try:
        with transaction.atomic():
            organisation.save(update_fields=["uscc", "updated_at"])
    except IntegrityError as error:
        raise Problem(from_code("taken", "uscc"), status=409) from error


def _hand_over(organisation: Organisation, person: Person | None, by: Person) -> None:
    """The organisation has an owner now: it can be claimed no more, and other claims are declined."""
    organisation.claimable = False
    organisation.save(update_fields=["claimable", "updated_at"])
    others = organisation.applications.filter(purpose=Application.Purpose.CLAIM, state=Application.State.WAITING)
    late = list(others.values_list("pk", flat=True))
    others.update(state=Application.State.DECLINED, decided_at=clock.now(), reasons=[CLAIMED_BY_OTHER])
    outbox.record(APPLICATION, late)
    if person is not None:
        membership = add_member(organisation=organisation, person=person, role="administrator")
        if not organisation.memberships.filter(is_steward=True, is_active=True).exists():
            Membership.objects.filter(pk=membership.pk).update(is_steward=True)
    audit.record(action=actions.CLAIMED, subject=organisation, by=by, organisation_id=organisation.pk)


TRUST_FIELDS = ("verify_status", "verify_reason", "verified_by_id", "verified_at", "trusted_at", "claimable", "uscc")
MEMBERSHIP_FIELDS = ("is_active", "is_steward", "unit_id")


def standing_of(application: Application) -> dict[str, Any]:
    """All that an answer to this application may change, as plain values: to be put back if the answer is undone."""
    organisation = Organisation.objects.get(pk=application.organisation_id)
    claim = application.purpose == Application.Purpose.CLAIM
    competing = organisation.applications.filter(purpose=Application.Purpose.CLAIM).exclude(pk=application.pk)
    members = organisation.memberships.order_by("pk").values_list("pk", *MEMBERSHIP_FIELDS)
    return {
        "state": Application.objects.get(pk=application.pk).state,
        "organisation": {name: _plain(getattr(organisation, name)) for name in TRUST_FIELDS},
        "competing": [[pk, state] for pk, state in competing.order_by("pk").values_list("pk", "state")] if claim else [],
        "members": [list(each) for each in members] if claim else [],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@transaction.atomic
def undo_answer(*, application: Application, by: Person, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Put back what stood before an answer, while all of it stands as the answer left it. Raises Problem
    `undo_too_late` when something has moved on since, or the person has applied again."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=application.organisation_id)
    again = organisation.applications.filter(person=application.person, purpose=application.purpose, pk__gt=application.pk)
    if standing_of(application) != after or again.exists():
        raise Problem(from_code("undo_too_late"), status=409)
    changes = {"verify_status": [organisation.verify_status, before["organisation"]["verify_status"]], "undone": True}
    for name, value in before["organisation"].items():
        setattr(organisation, name, datetime.fromisoformat(value) if value and name.endswith("_at") else value)
    organisation.save(update_fields=[*TRUST_FIELDS, "updated_at"])
    # Claims that were settled before this one keep their answer.
    lost = [pk for pk, state in before["competing"] if state == Application.State.WAITING]
    Application.objects.filter(pk__in=lost).update(state=Application.State.WAITING, decided_at=None, reasons=[])
    application.state, application.decided_at = Application.State.WAITING, None
    application.reasons, application.remark = [], ""
    application.save()
    if application.purpose == Application.Purpose.CLAIM:
        _undo_membership(organisation, before["members"])
    audit.record(action=actions.VERIFIED, subject=organisation, by=by, organisation_id=organisation.pk, changes=changes)
    outbox.record(APPLICATION, [application.pk, *lost])
    outbox.record(ORGANISATION_CHANGED, [organisation.pk])


def _undo_membership(organisation: Organisation, before: Sequence[Sequence[Any]]) -> None:
    organisation.memberships.exclude(pk__in=[pk for pk, *_ in before]).delete()
    for pk, *values in before:
        organisation.memberships.filter(pk=pk).update(**dict(zip(MEMBERSHIP_FIELDS, values, strict=True)))


@transaction.atomic
def set_verification(*, organisation: Organisation, by: Person | None, status: str, reason: str) -> Organisation:
    """Say how far an organisation may be believed: who, when, and why are kept. One in doubt or suspended is not
    trusted any more; a suspended one is shown nowhere."""
    changes = {"verify_status": [organisation.verify_status, status], "reason": reason}
    organisation.verify_status, organisation.verify_reason = status, reason[:300]
    organisation.verified_by, organisation.verified_at = by, clock.now()
    # Only these: the caller's copy of the rest may be old.
    written = ["verify_status", "verify_reason", "verified_by", "verified_at", "updated_at"]
    if status not in VERIFIED:
        organisation.trusted_at = None
        written.append("trusted_at")
    organisation.save(update_fields=written)
    audit.record(
        action=actions.VERIFIED, subject=organisation, by=by, organisation_id=organisation.pk, changes=changes
    )
    outbox.record(ORGANISATION_CHANGED, [organisation.pk])
    return organisation


@transaction.atomic
def set_trust(*, organisation: Organisation, by: Person | None, on: bool, since: datetime | None = None) -> None:
    """Whether its postings pass by themselves (and are sampled afterwards), from now or, when trust that was taken by
    mistake is given back, since it was first given. Raises Problem `not_verified`: only a verified organisation can
    be trusted."""
    if on and organisation.verify_status not in VERIFIED:
        raise Problem(from_code("not_verified"), status=409)
    if on == (organisation.trusted_at is not None):
        return
    organisation.trusted_at = (since or clock.now()) if on else None
    organisation.save(update_fields=["trusted_at", "updated_at"])
    audit.record(
        action=actions.TRUSTED, subject=organisation, by=by, organisation_id=organisation.pk, changes={"trusted": on}
    )


@transaction.atomic
def grant_tag(
    *, organisation: Organisation, by: Person, kind: str, proof: str, expires_on: date, evidence: Sequence[str] = ()
) -> PriorityTag:  # fmt: skip
    """Grant a priority tag on a proof, until a date. The same tag again replaces the one in force.
    Raises Problem `too_small` for a date that has passed, `wrong_party` for what is no enterprise."""
    if organisation.party_type not in roles.ENTERPRISES:
        raise Problem(from_code("wrong_party", "organisation"))
    if expires_on <= clock.today():
        raise Problem(from_code("in_the_past", "expires_on"))
    organisation.priority_tags.filter(kind=kind, revoked_at=None).update(revoked_at=clock.now())
    tag = PriorityTag.objects.create(
        organisation=organisation, kind=kind, proof=proof, evidence=list(evidence), granted_by=by, expires_on=expires_on
    )
    changes = {"kind": kind, "proof": proof, "expires_on": expires_on}
    audit.record(action=actions.TAGGED, subject=tag, by=by, organisation_id=organisation.pk, changes=changes)
    return tag


@transaction.atomic
def revoke_tag(*, tag: PriorityTag, by: Person) -> None:
    """Take a priority tag away; revoking twice changes nothing."""
    if PriorityTag.objects.filter(pk=tag.pk, revoked_at=None).update(revoked_at=clock.now()):
        changes = {"kind": tag.kind}
        audit.record(action=actions.UNTAGGED, subject=tag, by=by, organisation_id=tag.organisation_id, changes=changes)


@transaction.atomic
def record_flag(
    *, organisation: Organisation, by: Person, kind: str, source: str, dated: date, note: str = ""
) -> CreditFlag:
    """Record an entry of the credit record with its source and date; it takes the priority away while it stands."""
    if dated > clock.today():
        raise Problem(from_code("in_the_future", "dated"))
    flag = CreditFlag.objects.create(
        organisation=organisation, kind=kind, source=source, dated=dated, note=note, recorded_by=by
    )
    changes = {"kind": kind, "source": source, "dated": dated}
    audit.record(action=actions.FLAGGED, subject=flag, by=by, organisation_id=organisation.pk, changes=changes)
    return flag


@transaction.atomic
def clear_flag(*, flag: CreditFlag, by: Person, reason: str) -> None:
    """The entry no longer stands, for a reason that is kept; clearing twice changes nothing."""
    standing = CreditFlag.objects.filter(pk=flag.pk, cleared_at=None)
    if standing.update(cleared_at=clock.now(), cleared_reason=reason):
        changes = {"kind": flag.kind, "reason": reason}
        audit.record(action=actions.FLAG_CLEARED, subject=flag, by=by, organisation_id=flag.organisation_id, changes=changes)


def see_contacts(*, by: Person, seen: Iterable[Organisation]) -> None:
    """Keep who saw the contacts of an organisation that is not their own."""
    own = set(by.organisation_ids())
    with transaction.atomic():
        for organisation in seen:
            if organisation.pk not in own:
                audit.record(action=actions.CONTACT_SEEN, subject=organisation, by=by, organisation_id=organisation.pk)
