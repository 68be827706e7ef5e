"""What opens only when both have agreed: contacts, and secret fields after an accepted note. Every look is kept."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.parties.models import Person
from rongqiao.postings.models import Posting

from .. import actions, confidence, selectors
from ..models import Introduction, Side, Undertaking, Unlock
from . import moving


@transaction.atomic
def see_contacts(*, person: Person, introduction_id: int, organisation_id: int | None = None) -> dict[str, dict[str, str]]:
    """The contacts of both sides, `own` and `other`, once both have agreed; that the other's was seen is kept.

    Raises Problem `contacts_closed` (409) before that and after talks have ended, 404 for what is not one's own.
    """
    introduction, side = agreed(person, introduction_id, organisation_id)
    own, across = own_and_across(introduction, side)
    if across.organisation_id not in person.organisation_ids():
        audit.record(action=actions.CONTACT_SEEN, subject=across, by=person, organisation_id=across.organisation_id)
    return {"own": contact_of(own), "other": contact_of(across)}


def contact_of(posting: Posting) -> dict[str, str]:
    """Whom to speak to about a posting: its own contact, else its organisation's."""
    names = ("contact_name", "contact_phone", "contact_email")
    given = {name: getattr(posting, name) for name in names}
    return given if any(given.values()) else {name: getattr(posting.organisation, name) for name in names}


@transaction.atomic
def accept_note(
    *, person: Person, introduction_id: int, version: str, organisation_id: int | None = None
) -> Introduction:
    """Accept the confidentiality note for one's side; again changes nothing.

    Raises Problem `contacts_closed` before both have agreed, `outdated_version` for another version than the current.
    """
    introduction, side = agreed(person, introduction_id, organisation_id)
    if version != confidence.CURRENT.version:
        raise Problem(from_code("outdated_version", "version"))
    given = {"person": person, "version": version, "accepted_at": clock.now()}
    _, new = Undertaking.objects.get_or_create(introduction=introduction, side=side.code, defaults=given)
    if new:
        audit.record(
            action=actions.NOTE_ACCEPTED, subject=introduction, by=person, organisation_id=side.organisation_id,
            changes={"version": version},
        )  # fmt: skip
    return introduction


@transaction.atomic
def unlock(
    *, person: Person, introduction_id: int, fields: Iterable[str], organisation_id: int | None = None
) -> Introduction:
    """Open secret fields of one's own posting to the other side, which has accepted the note.

    Raises Problem `contacts_closed`, `note_required` (409), `invalid_choice` for a field that is not secret.
    """
    introduction, side = agreed(person, introduction_id, organisation_id)
    if not introduction.undertakings.filter(side=side.other_code).exists():
        raise Problem(from_code("note_required"), status=409)
    own, _ = own_and_across(introduction, side)
    wanted = sorted(set(fields))
    if not wanted or not set(wanted) <= {secret.name for secret in confidence.secrets_of(own)}:
        raise Problem(from_code("invalid_choice" if wanted else "required", "fields"))
    known = set(introduction.unlocks.filter(side=side.code).values_list("field", flat=True))
    new = [name for name in wanted if name not in known]
    now = clock.now()
    Unlock.objects.bulk_create(
        Unlock(introduction=introduction, side=side.code, field=name, person=person, unlocked_at=now) for name in new
    )
    if new:
        audit.record(
            action=actions.UNLOCKED, subject=introduction, by=person, organisation_id=side.organisation_id,
            changes={"fields": new},
        )  # fmt: skip
    return introduction


@transaction.atomic
def read_secrets(*, person: Person, introduction_id: int, organisation_id: int | None = None) -> dict[str, Any]:
    """What stands with the secret fields of both postings: the note, one's own fields, and the other's with their
    values as far as they are unlocked. Reading a value is kept. Raises Problem `contacts_closed`."""
    introduction, side = agreed(person, introduction_id, organisation_id)
    own, across = own_and_across(introduction, side)
    theirs = selectors.secrets(introduction, across, side.other_code)
    read = [row["field"] for row in theirs if row["unlocked_at"]]
    if read:
        audit.record(
            action=actions.SECRETS_SEEN, subject=across, by=person, organisation_id=across.organisation_id,
            changes={"fields": read},
        )  # fmt: skip
    accepted = {row.side: row.accepted_at for row in introduction.undertakings.all()}
    return {
        "note": {"version": confidence.CURRENT.version, "text": str(confidence.CURRENT.text)},
        "accepted_at": accepted.get(side.code),
        "their_acceptance": accepted.get(side.other_code),
        "own": [{**row, "value": None} for row in selectors.secrets(introduction, own, side.code)],
        "other": theirs,
    }


def agreed(person: Person, introduction_id: int, organisation_id: int | None) -> tuple[Introduction, Side]:
    """The introduction, locked, and one's own side, when both have agreed."""
    introduction = moving.locked(introduction_id)
    side = moving.own_side(person, introduction, organisation_id)
    if not introduction.is_agreed:
        raise Problem(from_code("contacts_closed"), status=409)
    return introduction, side


def own_and_across(introduction: Introduction, side: Side) -> tuple[Posting, Posting]:
    pair = introduction.need, introduction.offer
    return pair if side.code == "need" else (pair[1], pair[0])
