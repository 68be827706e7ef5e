"""Writing the audit trail: only adding, in the transaction of what it tells of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction

from rongqiao.common import clock

from . import chain
from .models import Entry, Seal
from .registry import is_known

SEALED_AT_ONCE = 2_000
CHANGED = "…"


def record(
    *, action: str, subject: models.Model, by: models.Model | None, organisation_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Write that somebody did something to a record; `by` is None for what the platform does by itself.

    Must be called in the transaction that does it. `changes` maps a field to (before, after), or to a fact.
    ValueError for an action that no room has named.
    """
    if not is_known(action):
        raise ValueError(f"no room has named the action {action}")
    if not connection.in_atomic_block:
        raise RuntimeError(f"{action} is recorded outside the transaction that does it")
    return Entry.objects.create(
        at=clock.now(), action=action, person_id=by.pk if by else None, organisation_id=organisation_id,
        subject_type=subject._meta.model_name or "", subject_id=subject.pk, changes=dict(changes or {}),
    )  # fmt: skip


def record_many(
    *, action: str, subjects: Iterable[models.Model], by: models.Model | None, changes: Mapping[str, Any] | None = None,
    each: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:  # fmt: skip
    """As `record`, for many records of organisations at once (each has an organisation_id). `each`: what changed of
    one record alone, by its number."""
    if not is_known(action):
        raise ValueError(f"no room has named the action {action}")
    now, person_id = clock.now(), by.pk if by else None
    Entry.objects.bulk_create(
        Entry(
            at=now, action=action, person_id=person_id, organisation_id=getattr(subject, "organisation_id", None),
            subject_type=subject._meta.model_name or "", subject_id=subject.pk,
            changes={**(changes or {}), **(each or {}).get(subject.pk, {})},
        )
        for subject in subjects
    )  # fmt: skip


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], private: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """field → [before, after] for every field that differs; of a private one only that it changed."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: CHANGED if name in private else [before.get(name), after.get(name)] for name in names}


@transaction.atomic
def seal() -> int:
    """Seal the entries that have none yet, in the order of their numbers. Returns how many.

    One sealer at a time: the chain's last row is locked, and two first sealers collide on number 1.
    """
    last = Seal.objects.select_for_update().order_by("-number").first()
    number, digest = (last.number, last.digest) if last else (0, chain.START)
    sealed = Seal.objects.filter(entry_id=models.OuterRef("pk"))
    waiting = Entry.objects.filter(~models.Exists(sealed)).order_by("pk")[:SEALED_AT_ONCE]
    seals = []
    for entry in waiting:
        number, digest = number + 1, chain.digest_of(digest, entry)
        seals.append(Seal(number=number, entry_id=entry.pk, digest=digest))
    Seal.objects.bulk_create(seals)
    return len(seals)
