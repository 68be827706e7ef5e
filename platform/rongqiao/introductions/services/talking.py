"""Messages between the two, with attachments that `files` has checked; the conversation as a file."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.files import selectors as files
from rongqiao.outbox import services as outbox
from rongqiao.parties.models import Person

from .. import actions, selectors
from ..attachments import ATTACHMENT
from ..models import Message
from . import moving
from .confiding import agreed

MESSAGE_WRITTEN = "introduction message"
MOST_FILES = 10


@transaction.atomic
def write(
    *, person: Person, introduction_id: int, text: str, attachments: Sequence[str] = (), organisation_id: int | None = None
) -> Message:
    """Write to the other side. `attachments` are numbers of files that the person has uploaded for it.

    Raises Problem `contacts_closed` before both have agreed and after talks have ended, `blank` for a message of
    nothing, `too_many_files`, `not_found` for a file that is not the person's own.
    """
    introduction, side = agreed(person, introduction_id, organisation_id)
    wanted = list(dict.fromkeys(attachments))
    if not text.strip() and not wanted:
        raise Problem(from_code("blank", "text"))
    if len(wanted) > MOST_FILES:
        raise Problem(from_code("too_many_files", "attachments"))
    own = files.own(person.pk, wanted, ATTACHMENT)
    if set(own) != set(wanted):
        raise Problem(from_code("not_found", "attachments"))
    message = Message.objects.create(
        introduction=introduction, side=side.code, organisation_id=selectors.acting_organisation(person, side),
        person=person, text=text.strip(), at=clock.now(),
    )  # fmt: skip
    message.files.set(files.these(wanted))
    audit.record(
        action=actions.WRITTEN, subject=introduction, by=person, organisation_id=side.organisation_id,
        changes={"files": len(wanted)},
    )  # fmt: skip
    outbox.record(MESSAGE_WRITTEN, [message.pk])
    return message


def read_messages(*, person: Person, introduction_id: int) -> QuerySet[Message]:
    """What was written, for one of the two, while both are agreed. Raises Problem `contacts_closed`, 404."""
    introduction = selectors.one_for(person, introduction_id)
    if not introduction.is_agreed:
        raise Problem(from_code("contacts_closed"), status=409)
    return selectors.messages(introduction)


@transaction.atomic
def export(*, person: Person, introduction_id: int, organisation_id: int | None = None) -> dict[str, Any]:
    """The whole course of an introduction as plain values: both sides, every step with its words as this side may read
    them, the messages with the names and digests of their attachments. That it was exported is kept."""
    introduction = moving.locked(introduction_id)
    side = moving.own_side(person, introduction, organisation_id)
    audit.record(action=actions.EXPORTED, subject=introduction, by=person, organisation_id=side.organisation_id)
    return {
        "introduction": introduction.pk,
        "exported_at": clock.now(),
        "state": introduction.state,
        "sides": [
            {"side": each.code, "organisation": each.organisation.name, "broker": each.broker.name if each.broker else ""}
            for each in introduction.sides.all()
        ],
        "steps": [selectors.passage_told(row, introduction, side) for row in selectors.passages(introduction)],
        "messages": [message_told(row) for row in selectors.messages(introduction)] if introduction.is_agreed else [],
    }


def message_told(row: Message) -> dict[str, Any]:
    """A message as plain values."""
    return {
        "id": row.pk,
        "at": row.at,
        "side": row.side,
        "organisation": row.organisation.name if row.organisation else "",
        "person": row.person.name if row.person else "",
        "text": row.text,
        "files": [
            {"uuid": str(file.uuid), "name": file.name, "size": file.size, "sha256": file.sha256, "media_type": file.media_type}
            for file in row.files.all()
        ],
    }  # fmt: skip


def as_text(exported: dict[str, Any]) -> str:
    """An export as lines that can be printed."""
    lines = [f"融桥 对接 #{exported['introduction']} — {exported['exported_at']:%Y-%m-%d %H:%M %Z}"]
    lines += [f"{each['side']}: {each['organisation']} {each['broker']}".rstrip() for each in exported["sides"]]
    lines.append("")
    for each in exported["steps"]:
        said = " ".join(part for part in (each["reason_words"], each["comment"]) if part)
        lines.append(f"[{each['at']:%Y-%m-%d %H:%M}] {each['side'] or '—'} {each['label']} {said}".rstrip())
    lines.append("")
    for each in exported["messages"]:
        lines.append(f"[{each['at']:%Y-%m-%d %H:%M}] {each['organisation']} {each['person']}".rstrip())
        lines += [f"  {line}" for line in each["text"].splitlines()]
        lines += [f"  + {file['name']} ({file['size']} B, SHA-256 {file['sha256']})" for file in each["files"]]
    return "\n".join(lines) + "\n"
