"""Writing about accounts: the first operator, new passwords, the sign-in log, one's own settings."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.mailing import links
from rongqiao.mailing import services as mailing
from rongqiao.outbox import services as outbox

from .. import actions
from ..models import Organisation, Person, SignIn
from ..vocabulary import PartyType, VerifyStatus
from .organisations import add_organisation
from .people import add_member

RESET = "password_reset"
RESET_ASKED = "password reset asked"
NOBODY = 0
RESET_HOURS = 2
SIGN_INS_KEPT_DAYS = 180
PLATFORM = "融桥平台运营"


@transaction.atomic
def create_operator(*, email: str, password: str, name: str = "") -> Person:
    """The first person of an installation, or another operator: an account with the role in the platform's own
    organisation. Raises Problem `taken` for an address in use, ValidationError for a weak password."""
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise Problem(from_code("taken", "email"))
    person = Person(email=email, name=name)
    validate_password(password, person)
    person.set_password(password)
    person.save()
    add_member(organisation=_platform(), person=person, role="operator")
    audit.record(action=actions.OPERATOR_MADE, subject=person, by=None, organisation_id=_platform().pk)
    return person


def _platform() -> Organisation:
    """The organisation that runs the platform, made when there is none."""
    known = Organisation.objects.filter(memberships__role="operator").order_by("pk").first()
    fields = {"name": PLATFORM, "party_type": PartyType.BROKER, "verify_status": VerifyStatus.AUTHORITY}
    return known or add_organisation(fields=fields, profile={})


@transaction.atomic
def ask_for_reset(*, person_id: int) -> None:
    """Somebody wants a new password; the worker writes the letter. For an address without an account the same is
    written of NOBODY, so that the time an answer takes does not tell whether there is one."""
    outbox.record(RESET_ASKED, [person_id])


def answer_reset_requests(person_ids: Sequence[int]) -> None:
    """Write the letters that were asked for. Run twice, the later link is the one that counts."""
    for person in Person.objects.filter(pk__in=list(person_ids), is_active=True):
        send_reset_link(person=person)


@transaction.atomic
def send_reset_link(*, person: Person) -> None:
    """Write the letter with the link that sets a new password; earlier links are void."""
    links.revoke(purpose=RESET, person_id=person.pk)
    url = links.make(purpose=RESET, person_id=person.pk, email=person.email, payload={}, days=RESET_HOURS / 24)
    context = {"name": str(person), "url": url, "hours": RESET_HOURS}
    mailing.send(kind=RESET, to=person.email, language=person.language, context=context)


@transaction.atomic
def reset_password(*, person: Person, password: str) -> None:
    """Set a new password: every sign-in ends, other reset links are void, and the person is told."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_all_sessions(person=person)
    links.revoke(purpose=RESET, person_id=person.pk)
    audit.record(action=actions.PASSWORD_SET, subject=person, by=person)
    tell_of_new_password(person=person)


@transaction.atomic
def take_over(*, person: Person, name: str, password: str) -> None:
    """Who reads an address's mail takes an account that was made in its name: whoever made it is out, with their
    password, sessions, one-time codes and other addresses."""
    person.name = name
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    person.set_password(password)
    person.save(update_fields=["name", "password"])
    end_all_sessions(person=person)
    links.revoke(purpose=RESET, person_id=person.pk)
    audit.record(action=actions.PASSWORD_SET, subject=person, by=person)


def tell_of_new_password(*, person: Person) -> None:
    """The letter that says the password was changed, in case it was somebody else."""
    at = clock.now().isoformat()
    mailing.send(
        kind="password_changed", to=person.email, language=person.language, person_id=person.pk,
        context={"name": str(person), "at": at},
    )  # fmt: skip


def end_all_sessions(*, person: Person) -> int:
    """Sign a person out everywhere. Returns how many sessions ended."""
    sessions = UserSession.objects.filter(user=person)
    ended, _ = Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    return ended


@transaction.atomic
def change_self(*, person: Person, fields: dict[str, Any]) -> Person:
    """Change one's own name or language."""
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
    return person


@transaction.atomic
def log_sign_in(*, person: Person | None, outcome: str, address: str | None, agent: str) -> None:
    """Keep that somebody tried to sign in. The first lock-out of an hour is told by letter."""
    now = clock.now()
    hour = SignIn.objects.filter(person=person, outcome=SignIn.Outcome.LOCKED, at__gte=now - timedelta(hours=1))
    told = hour.exists()
    SignIn.objects.create(person=person, at=now, outcome=outcome, address=address, agent=agent[:200])
    if person is not None and outcome == SignIn.Outcome.LOCKED and not told:
        mailing.send(
            kind="locked_out", to=person.email, language=person.language, person_id=person.pk,
            context={"name": str(person), "address": address or ""},
        )  # fmt: skip


def forget_old_sign_ins() -> int:
    """Drop what is older than the privacy notice allows. Returns how many rows."""
    old = SignIn.objects.filter(at__lt=clock.now() - timedelta(days=SIGN_INS_KEPT_DAYS))
    return old.delete()[0]
