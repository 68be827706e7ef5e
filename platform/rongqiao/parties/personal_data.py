"""All that is kept about a person: each room adds its part (个人信息保护法 第四十五条)."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from rongqiao.audit import selectors as audit_trail
from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.files import selectors as files
from rongqiao.mailing import selectors as mailing

from . import actions, selectors
from .models import Invitation, Person

Part = Callable[[Person], Any]
_parts: dict[str, Part] = {}


def register(name: str, part: Part) -> None:
    """Add a part; `part(person)` gives plain values."""
    _parts[name] = part


@transaction.atomic
def export(*, by: Person) -> dict[str, Any]:
    """The person's own data, part by part, with the day it was asked for. That it was exported is kept."""
    audit.record(action=actions.EXPORTED, subject=by, by=by)
    return {"exported_at": clock.now(), **{name: part(by) for name, part in sorted(_parts.items())}}


def rows(found: Any, *fields: str) -> list[dict[str, Any]]:
    """A queryset's rows as plain values."""
    return list(found.values(*fields))


def _account(person: Person) -> dict[str, Any]:
    return {
        "email": person.email, "name": person.name, "language": person.language, "date_joined": person.date_joined,
        "last_login": person.last_login,
    }  # fmt: skip


def register_own() -> None:
    """The parts of this room and of those below it."""
    register("account", _account)
    register("addresses", lambda person: rows(EmailAddress.objects.filter(user=person), "email", "verified", "primary"))
    register(
        "memberships",
        lambda person: rows(
            person.memberships.all(), "organisation__name", "unit__name", "role", "is_steward", "is_active", "created_at"
        ),
    )
    register("invitations", _invitations)
    register("consents", lambda person: rows(person.consents.all(), "document", "version", "language", "at"))
    register("sign_ins", lambda person: rows(person.sign_ins.all(), "at", "outcome", "address", "agent"))
    register(
        "sessions",
        lambda person: rows(UserSession.objects.filter(user=person), "created_at", "last_seen_at", "ip", "user_agent"),
    )
    register(
        "applications",
        lambda person: rows(
            person.applications.all(), "organisation__name", "purpose", "uscc", "note", "evidence", "state", "created_at"
        ),
    )
    register("files", lambda person: rows(files.uploaded_by(person.pk), "uuid", "purpose", "name", "size", "created_at"))
    register("letters", lambda person: rows(_letters(person), "kind", "subject", "state", "queued_at"))
    register("notices", lambda person: rows(mailing.notices(person.pk), "kind", "title", "lines", "created_at", "read_at"))
    register(
        "actions", lambda person: rows(audit_trail.by_person(person.pk), "at", "action", "subject_type", "subject_id", "changes")
    )


def _letters(person: Person) -> Any:
    """Those to the person's address; until it is shown to be theirs, those to themselves."""
    if selectors.has_proved_address(person):
        return mailing.letters(to=person.email)
    return mailing.letters().filter(person_id=person.pk)


def _invitations(person: Person) -> list[dict[str, Any]]:
    proved = selectors.has_proved_address(person)
    found = Invitation.objects.filter(email=person.email) if proved else Invitation.objects.none()
    return rows(found, "organisation__name", "role", "state", "created_at")
