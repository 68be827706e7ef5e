"""The chain of digests over the audit trail: SHA-256 over the digest before and the entry's own values."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from .models import Entry, Seal

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the trail is not what was sealed."""

    number: int
    entry_id: int
    fault: str


def digest_of(before: str, entry: Entry) -> str:
    """The digest of an entry that follows on `before`."""
    values = [
        entry.pk, entry.at.isoformat(), entry.action, entry.person_id, entry.organisation_id, entry.subject_type,
        entry.subject_id, entry.changes,
    ]  # fmt: skip
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{before}{text}".encode()).hexdigest()


def breaks() -> Iterator[Break]:
    """Every sealed entry that was changed or deleted, and every seal that is missing, in the chain's order.

    After a break the chain is followed from the digest that was stored, so that one fault is told once.
    """
    before, expected = START, 1
    for seals, entries in _by_pages():
        for seal in seals:
            if seal.number != expected:
                yield Break(expected, 0, "missing seal")
            entry = entries.get(seal.entry_id)
            if entry is None:
                yield Break(seal.number, seal.entry_id, "deleted")
            elif digest_of(before, entry) != seal.digest and seal.number == expected:
                yield Break(seal.number, seal.entry_id, "changed")
            before, expected = seal.digest, seal.number + 1


def _by_pages(size: int = 2_000) -> Iterator[tuple[list[Seal], dict[int, Entry]]]:
    last = 0
    while seals := list(Seal.objects.filter(number__gt=last).order_by("number")[:size]):
        found: QuerySet[Entry] = Entry.objects.filter(pk__in=[seal.entry_id for seal in seals])
        yield seals, {entry.pk: entry for entry in found}
        last = seals[-1].number


def head() -> tuple[int, str]:
    """How many entries are sealed, and the last digest: written down elsewhere, it shows a trail cut short."""
    last = Seal.objects.order_by("-number").first()
    return (last.number, last.digest) if last else (0, START)
