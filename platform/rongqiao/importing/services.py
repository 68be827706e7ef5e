"""Bringing in tables of others: upload, say what the columns mean, run, cancel, undo."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common.errors import Problem, from_code
from rongqiao.outbox import services as outbox
from rongqiao.parties.models import Organisation, Person
from rongqiao.postings import kinds

from . import actions, readers, selectors, store
from . import mapping as mappings
from .faults import problem
from .models import Batch, Doubtful, State

IMPORT = "import"
LONGEST_LABEL = 40


def upload(
    *, by: Person | None, organisation: Organisation | None, kind_code: str, label: str, file_name: str,
    blocks: Iterable[bytes],
) -> Batch:  # fmt: skip
    """Take a file in and read it into a table. Without an organisation it is the operator's, for many.

    `label` names the source: a later import of the same source by the same owner meets the same postings.
    Raises Problem for a kind the organisation may not post and for a file that is no good: nothing is kept.
    """
    kind = kinds.get(kind_code)
    if kind is None:
        raise Problem(from_code("invalid_choice", "kind"))
    if organisation is not None and organisation.party_type not in kind.parties:
        raise Problem(from_code("wrong_party", "organisation"))
    with store.received(file_name, blocks) as (file, kept):
        table = readers.read_file(file, kept)
        return Batch.objects.create(
            organisation=organisation, by=by, kind=kind.code, file_name=_shown(file_name),
            label=_label(label), stored=kept.name, header=table.header, samples=table.samples,
            notes=table.notes, total=table.total,
        )  # fmt: skip


@transaction.atomic
def map_columns(*, batch_id: int, mapping: Mapping[str, str], doubtful: str = Doubtful.REFUSE_ROW) -> Batch:
    """Say which field each column is ("" or absent: not brought in). Raises Problem naming every bad one."""
    batch = _in_state(batch_id, State.UPLOADED, State.MAPPED)
    if doubtful not in Doubtful.values:
        raise Problem(from_code("invalid_choice", "doubtful"))
    batch.mapping = mappings.checked(
        mapping, batch.header, selectors.targets_of(batch), selectors.given_for(batch)
    )
    batch.doubtful, batch.state = doubtful, State.MAPPED
    batch.save()
    return batch


@transaction.atomic
def run(*, batch_id: int, by: Person | None = None) -> Batch:
    """Start bringing the rows in, or go on where it was cancelled or broke off. The outbox does the work."""
    batch = _in_state(batch_id, State.MAPPED, State.CANCELLED, State.FAILED)
    if not batch.mapping:
        raise problem("wrong_state", "state", status=409)
    store.path_of(batch.stored)
    _told(actions.RUN, batch, by)
    return _start(batch, State.RUNNING)


@transaction.atomic
def cancel(*, batch_id: int, by: Person | None = None) -> Batch:
    """Stop: rows brought in already stay, and can be taken back with `undo`."""
    batch = _in_state(batch_id, State.UPLOADED, State.MAPPED, State.RUNNING)
    if batch.state == State.RUNNING:
        batch.cancel_asked = True
    else:
        batch.state = State.CANCELLED
    batch.save()
    _told(actions.CANCELLED, batch, by)
    return batch


@transaction.atomic
def undo(*, batch_id: int, by: Person | None = None) -> Batch:
    """Withdraw every posting that the batch brought in and that is still open. The outbox does the work."""
    batch = _in_state(batch_id, State.DONE, State.CANCELLED, State.FAILED)
    _told(actions.UNDONE, batch, by)
    return _start(batch, State.UNDOING)


def discard_outdated() -> int:
    """Remove the tables that have been kept long enough. Returns how many."""
    removed = 0
    for batch in selectors.outdated():
        forget_table(batch)
        batch.save(update_fields=["stored"])
        removed += 1
    store.remove_strays(Batch.objects.exclude(stored="").values_list("stored", flat=True))
    return removed


def forget_table(batch: Batch) -> None:
    """Remove a batch's table, now that nobody needs its rows (unsaved)."""
    store.remove(batch.stored)
    batch.stored = ""


def _start(batch: Batch, state: State) -> Batch:
    batch.state, batch.cancel_asked, batch.failure = state, False, ""
    batch.save()
    outbox.record(IMPORT, [batch.pk])
    return batch


def _told(action: str, batch: Batch, by: Person | None) -> None:
    changes = {"kind": batch.kind, "file": batch.file_name, "rows": batch.total}
    audit.record(action=action, subject=batch, by=by, organisation_id=batch.organisation_id, changes=changes)


def _in_state(batch_id: int, *states: State) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.state not in states:
        raise Problem(from_code("wrong_state", "state"), status=409)
    return batch


def _label(given: str) -> str:
    label = " ".join(given.split())
    if not label or len(label) > LONGEST_LABEL or "/" in label or not label.isprintable():
        raise problem("source_label", "source")
    return label


def _shown(file_name: str) -> str:
    """The file's own name without folders and control characters."""
    name: Any = PurePath(file_name.replace("\\", "/")).name
    return "".join(character if character.isprintable() else "_" for character in name)[:200]
