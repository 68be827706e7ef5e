"""Writing about people in organisations: inviting, joining, changing roles, leaving, naming the data steward."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.mailing import links
from rongqiao.mailing import services as mailing

from .. import actions, roles
from ..models import Consent, Invitation, Membership, Organisation, Person, Unit
from ..privacy import CURRENT

INVITATION = "invitation"
INVITATION_DAYS = 14


@transaction.atomic
def invite(*, organisation: Organisation, by: Person, email: str, role: str, unit: Unit | None = None) -> Invitation:
    """Offer an address a place in the organisation; the letter has the link.

    Inviting again sends a new link and makes the old one void. Raises Problem `role_not_here` or `already_member`.
    """
    email = email.strip().lower()
    if not roles.may_be_given(role, organisation.party_type, by.can("operate")):
        raise Problem(from_code("role_not_here", "role"))
    if organisation.memberships.filter(person__email=email, role=role, is_active=True).exists():
        raise Problem(from_code("already_member", "email"), status=409)
    expires_at = clock.now() + timedelta(days=INVITATION_DAYS)
    invitation, _ = Invitation.objects.update_or_create(
        organisation=organisation, email=email, role=role, state=Invitation.State.OPEN,
        defaults={"invited_by": by, "unit": unit, "expires_at": expires_at},
    )  # fmt: skip
    audit.record(
        action=actions.INVITED, subject=invitation, by=by, organisation_id=organisation.pk, changes={"role": role}
    )
    _send(invitation, by)
    return invitation


def _send(invitation: Invitation, by: Person) -> None:
    links.revoke(purpose=INVITATION, payload={"invitation": invitation.pk})
    url = links.make(
        purpose=INVITATION, person_id=None, email=invitation.email, payload={"invitation": invitation.pk},
        days=INVITATION_DAYS,
    )  # fmt: skip
    known = Person.objects.filter(email=invitation.email).first()
    mailing.send(
        kind=INVITATION, to=invitation.email, language=known.language if known else by.language,
        organisation_id=invitation.organisation_id,
        context={
            "organisation": invitation.organisation.name, "role": invitation.role, "by": str(by), "url": url,
            "days": INVITATION_DAYS,
        },
    )  # fmt: skip


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Person) -> None:
    """Take an open invitation back; its link is void at once. Raises Problem `wrong_state`."""
    taken = Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.OPEN)
    if not taken.update(state=Invitation.State.REVOKED):
        raise Problem(from_code("wrong_state"), status=409)
    links.revoke(purpose=INVITATION, payload={"invitation": invitation.pk})
    audit.record(
        action=actions.INVITATION_REVOKED, subject=invitation, by=by, organisation_id=invitation.organisation_id
    )


@transaction.atomic
def accept_invitation(*, invitation_id: int, name: str = "", password: str = "", language: str = "zh-hans") -> Person:
    """Who holds the link of an invitation joins. An address without an account gets one, with this name and
    password and the consent that the page asked for. Raises Problem `link_gone` when it is no longer open."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation_id)
    )
    if invitation.state != Invitation.State.OPEN or invitation.expires_at < clock.now():
        raise Problem(from_code("link_gone"), status=410)
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        person = Person.objects.create_user(invitation.email, password, name=name, language=language)
        consent(person=person, version=CURRENT.version, language=language)
    invitation.state = Invitation.State.ACCEPTED
    invitation.save(update_fields=["state", "updated_at"])
    membership = add_member(
        organisation=invitation.organisation, person=person, role=invitation.role, unit=invitation.unit
    )
    audit.record(
        action=actions.JOINED, subject=membership, by=person, organisation_id=invitation.organisation_id,
        changes={"role": invitation.role},
    )  # fmt: skip
    return person


def add_member(*, organisation: Organisation, person: Person, role: str, unit: Unit | None = None) -> Membership:
    """Give a person a role in an organisation; one that was ended counts again, one that holds stays as it is."""
    membership, made = Membership.objects.get_or_create(
        organisation=organisation, person=person, role=role, defaults={"unit": unit}
    )
    if not made and not membership.is_active:
        membership.is_active, membership.unit = True, unit
        membership.save(update_fields=["is_active", "unit", "updated_at"])
    person.forget_memberships()
    return membership


@transaction.atomic
def change_role(*, membership: Membership, by: Person, role: str) -> Membership:
    """Give a member another role. Raises Problem `role_not_here`, `already_member` or `last_administrator`."""
    organisation = membership.organisation
    _refuse_platform_role(membership, by)
    if not roles.may_be_given(role, organisation.party_type, by.can("operate")):
        raise Problem(from_code("role_not_here", "role"))
    changes = {"role": [membership.role, role]}
    membership.role = role
    try:
        with transaction.atomic():
            membership.save(update_fields=["role", "updated_at"])
    except IntegrityError as error:
        raise Problem(from_code("already_member", "role"), status=409) from error
    _refuse_orphan(organisation)
    audit.record(
        action=actions.ROLE_CHANGED, subject=membership, by=by, organisation_id=organisation.pk, changes=changes
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Person) -> None:
    """A member leaves, or is taken out. Raises Problem `last_administrator`: somebody must be able to manage."""
    if membership.person_id != by.pk:
        _refuse_platform_role(membership, by)
    membership.is_active = False
    membership.is_steward = False
    membership.save(update_fields=["is_active", "is_steward", "updated_at"])
    _refuse_orphan(membership.organisation)
    membership.person.forget_memberships()
    audit.record(
        action=actions.LEFT, subject=membership, by=by, organisation_id=membership.organisation_id,
        changes={"role": membership.role},
    )  # fmt: skip


@transaction.atomic
def name_steward(*, membership: Membership, by: Person) -> None:
    """Name the member who keeps the organisation's information true (GTT: 专人维护); one at a time."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    organisation.memberships.filter(is_steward=True).update(is_steward=False)
    membership.is_steward = True
    membership.save(update_fields=["is_steward", "updated_at"])
    audit.record(action=actions.STEWARD_NAMED, subject=membership, by=by, organisation_id=organisation.pk)


@transaction.atomic
def consent(*, person: Person, version: str, language: str) -> Consent:
    """Agree to the privacy notice. Raises Problem `outdated_version` for another than the one in force."""
    if version != CURRENT.version:
        raise Problem(from_code("outdated_version", "version"), status=409)
    given, made = Consent.objects.get_or_create(
        person=person, document=CURRENT.code, version=version, defaults={"language": language, "at": clock.now()}
    )
    if made:
        audit.record(action=actions.CONSENTED, subject=person, by=person, changes={"version": version})
    return given


def _refuse_platform_role(membership: Membership, by: Person) -> None:
    """What only an operator gives, only an operator takes. Raises Problem `permission_denied`."""
    role = roles.ROLES.get(membership.role)
    if role and role.given_by_operator and not by.can("operate"):
        raise Problem(from_code("permission_denied"), status=403)


def _refuse_orphan(organisation: Organisation) -> None:
    managing = [code for code, role in roles.ROLES.items() if "manage" in role.capabilities]
    if not organisation.memberships.filter(is_active=True, role__in=managing).exists():
        raise Problem(from_code("last_administrator"), status=409)
