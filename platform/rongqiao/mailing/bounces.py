"""What comes back: delivery reports (RFC 3464) and complaints (RFC 5965). An address that is not there any more, or whose
owner complained, is turned off; a full or strict mailbox only when it says no again and again.

A report counts when it names a letter that was sent to that very address: Message-IDs cannot be guessed, so nobody turns
off somebody else.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_binary_file, message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from rongqiao.common import clock

from . import addresses, services
from .models import Bounce, Letter

log = logging.getLogger(__name__)
LONGEST = 1024 * 1024
READ_AT_ONCE = 200
# No such mailbox, no such domain, moved away, disabled (RFC 3463).
GONE = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
AGAIN, WITHIN = 3, timedelta(days=30)
COMPLAINT = "complaint"
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient in one report. `status` as in RFC 3463, or COMPLAINT."""

    message_id: str
    recipient: str
    status: str


def reports_of(message: Message) -> Iterator[Report]:
    """What a message reports; nothing when it is no report."""
    if message.get_content_type() != "multipart/report":
        return
    kind = str(message.get_param("report-type") or "").lower()
    parts = list(message.walk())
    message_id = next((found for part in parts[1:] if (found := _message_id(part))), "")
    if kind == "delivery-status":
        for part in parts:
            if part.get_content_type() == "message/delivery-status":
                yield from _failed(part, message_id)
    elif kind == "feedback-report":
        for part in parts:
            if part.get_content_type() == "message/feedback-report":
                fields = _fields(part)
                if fields.get("feedback-type", "").lower() in ("abuse", "fraud", "opt-out"):
                    yield Report(message_id, _mailbox(fields.get("original-rcpt-to", "")), COMPLAINT)


def _message_id(part: Message) -> str:
    """Of the letter that came back: whole, or only its head."""
    if part.get_content_type() == "text/rfc822-headers":
        head = message_from_bytes(part.get_payload(decode=True) or b"", policy=policy.compat32)  # type: ignore[arg-type]
        return str(head.get("Message-ID", "")).strip()
    return str(part.get("Message-ID", "")).strip()


def _failed(part: Message, message_id: str) -> Iterator[Report]:
    payload: Any = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        recipient = _mailbox(str(block.get("Original-Recipient") or block.get("Final-Recipient") or ""))
        status = str(block.get("Status", "")).strip().split(" ")[0]
        if str(block.get("Action", "")).strip().lower() == "failed" and recipient:
            yield Report(message_id, recipient, status)


def _fields(part: Message) -> dict[str, str]:
    payload = part.get_payload()
    inner: Any = payload[0] if isinstance(payload, list) and payload else part
    text = inner.as_string() if isinstance(payload, list) else str(payload)
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _mailbox(field: str) -> str:
    """The address in `rfc822; <name@host>`."""
    return addresses.same(field.rpartition(";")[2].strip().strip("<>"))


@transaction.atomic
def apply(report: Report) -> bool:
    """Write a report down and turn its address off when it is to be. Returns whether it was about a letter of ours."""
    letter = Letter.objects.filter(message_id=report.message_id).first() if report.message_id else None
    if letter is None or (report.recipient and addresses.same(letter.to) != report.recipient):
        return False
    note(letter, report.status)
    return True


def note(letter: Letter, status: str) -> None:
    """A letter was not taken, or complained about: at once or later. In the caller's transaction."""
    if status != COMPLAINT and not status.startswith("5."):
        return
    address, now = addresses.same(letter.to), clock.now()
    _, new = Bounce.objects.get_or_create(letter=letter, status=status[:12], defaults={"address": address, "at": now})
    lately = Bounce.objects.filter(address=address, at__gt=now - WITHIN)
    if new and (status == COMPLAINT or status in GONE or lately.count() >= AGAIN):
        services.suppress(address=letter.to, reason=status)


def refused_with(letter: Letter, answer: str) -> None:
    """The mail server's own words at the door, such as `550 5.1.1 no such user`."""
    if found := _STATUS.search(answer):
        note(letter, found[1])


def take(file: BinaryIO) -> int:
    """A message as a mail server pipes it. Returns how many of its reports were about letters of ours."""
    message = message_from_binary_file(file, policy=policy.compat32)
    return sum(apply(report) for report in reports_of(message))


def read_mailbox() -> int:
    """The chore: what is new in the Maildir that bounces are delivered to. Returns how many reports counted.

    A message that cannot be read is set aside with the others: it must not stand in the way.
    """
    folder = Path(settings.RONGQIAO_BOUNCES) if settings.RONGQIAO_BOUNCES else None
    if folder is None or not (folder / "new").is_dir():
        return 0
    counted = 0
    for path in sorted((folder / "new").iterdir())[:READ_AT_ONCE]:
        try:
            if path.stat().st_size <= LONGEST:
                with path.open("rb") as file:
                    counted += take(file)
        except Exception:
            log.exception("mailing: a returned message could not be read: %s", path.name)
        path.rename(folder / "cur" / f"{path.name}:2,S")
    return counted

