"""Writing a letter, asking for another try, stopping an address; reading notices."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.outbox import services as outbox

from . import actions, addresses, registry, selectors
from .content import Content
from .models import WAITING, Bounce, Letter, Notice, State, Suppressed
from .rendering import rendered

DUE = "letter due"
KEPT_DAYS = 180


@transaction.atomic
def send(
    *, kind: str, to: str, language: str = "zh-hans", person_id: int | None = None,
    organisation_id: int | None = None, context: Mapping[str, Any], once: str = "",
) -> Letter:  # fmt: skip
    """Write a letter in the caller's transaction; it leaves after the commit. Returns it as it waits.

    With `once`, a second call changes nothing and returns the first letter. A person without an address gets
    the notice of a kind that has one. Raises Problem `address` for an address that is none.
    """
    known = registry.get(kind)
    if known is None:
        raise LookupError(f"no letter of kind {kind!r} is registered")
    if once and (first := Letter.objects.filter(once=once).first()):
        return first
    only_notice = not to and known.notice and person_id is not None
    address = "" if only_notice else addresses.usable(to)
    with translation.override(language):
        content = known.write(context)
        letter = _written(known, content, address)
        lines = content.lines()
    letter.language, letter.person_id, letter.organisation_id = language, person_id, organisation_id
    letter, new = _kept(letter, once)
    if new and known.notice and person_id is not None:
        Notice.objects.create(
            person_id=person_id, kind=kind, title=content.subject, lines=lines, url=content.action_url(),
            created_at=letter.created_at,
        )  # fmt: skip
    if new and letter.state == State.QUEUED:
        outbox.record(DUE, [letter.pk])
    return letter


def _written(kind: registry.LetterKind, content: Content, address: str) -> Letter:
    """The letter, not saved yet, in the state in which it begins."""
    if not kind.transactional and not content.unsubscribe:
        raise ValueError(f"{kind.code}: a letter one may say no to must say where")
    number, now = uuid.uuid4(), clock.now()
    letter = Letter(
        uuid=number, message_id=f"<{number}@{addresses.own_host()}>", kind=kind.code, to=address,
        subject=content.subject, unsubscribe=content.unsubscribe, secret=kind.secret,
        bulk=not kind.transactional, queued_at=now, due_at=now,
    )  # fmt: skip
    letter.reason = _withheld_because(address)
    if letter.reason:
        letter.state = State.WITHHELD
    if not (letter.reason and kind.secret):
        both_parts = rendered(content, to=address, because=kind.because)
        letter.text, letter.html = both_parts.text, both_parts.html
    return letter


def _withheld_because(address: str) -> str:
    """Why nothing is sent there, "" when it is."""
    if not address:
        return "no_address"
    if not settings.RONGQIAO_MAIL:
        return "off"
    return "suppressed" if selectors.is_suppressed(address) else ""


def _kept(letter: Letter, once: str) -> tuple[Letter, bool]:
    """Save it unless another process has saved one with the same key; whether it is new."""
    if not once:
        letter.save()
        return letter, True
    letter.once = once
    values = {field.attname: getattr(letter, field.attname) for field in Letter._meta.concrete_fields}
    for made_by_itself in ("id", "once", "created_at", "updated_at"):
        values.pop(made_by_itself)
    return Letter.objects.get_or_create(once=once, defaults=values)


@transaction.atomic
def retry(*, letter_id: int) -> Letter:
    """Give a letter that failed another three days. Raises Problem when it did not fail or its body is erased."""
    letter = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:
        raise missing()
    if letter.state != State.FAILED:
        raise Problem(from_code("wrong_state", "state"), status=409)
    if letter.secret:
        raise Problem(from_code("letter_erased"), status=409)
    now = clock.now()
    letter.state, letter.attempts, letter.answer = State.QUEUED, 0, ""
    letter.queued_at = letter.due_at = now
    letter.save()
    outbox.record(DUE, [letter.pk])
    return letter


@transaction.atomic
def suppress(*, address: str, reason: str) -> None:
    """Send nothing to an address any more; what waits for it is withheld when its turn comes."""
    row, new = Suppressed.objects.get_or_create(address=addresses.same(address), defaults={"reason": reason[:200]})
    if new:
        audit.record(action=actions.TURNED_OFF, subject=row, by=None, changes={"reason": row.reason})


@transaction.atomic
def unsuppress(*, address: str) -> None:
    """Send to an address again; what came back before is forgotten."""
    row = Suppressed.objects.filter(address=addresses.same(address)).first()
    if row is not None:
        audit.record(action=actions.TURNED_ON, subject=row, by=None, changes={"reason": row.reason})
        Bounce.objects.filter(address=row.address).delete()
        row.delete()


def wake() -> None:
    """The chore: letters whose back-off or lease is over are due again."""
    due = selectors.due().values_list("pk", flat=True).first()
    if due is not None:
        outbox.record(DUE, [due])


def forget_old() -> int:
    """Remove letters that came to their end long ago, and notices as old that were read. Returns how many letters."""
    long_ago = clock.now() - timedelta(days=KEPT_DAYS)
    Notice.objects.filter(read_at__lt=long_ago).delete()
    ended = Letter.objects.filter(updated_at__lt=long_ago).exclude(state__in=WAITING)
    return ended.delete()[0]


def read_notice(*, person_id: int, notice_id: int) -> Notice:
    """Mark one's notice as read; again changes nothing."""
    notice = selectors.one_notice(person_id, notice_id)
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def read_all_notices(*, person_id: int) -> int:
    """Mark all of one's notices as read. Returns how many were not."""
    return Notice.objects.filter(person_id=person_id, read_at=None).update(read_at=clock.now())
