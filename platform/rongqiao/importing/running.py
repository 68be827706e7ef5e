"""Carrying an import out, a chunk a transaction: its rows and how far the file is read stand together."""

import json
import logging
from collections.abc import Iterator, Sequence

from django.db import OperationalError, transaction

from rongqiao.common.errors import Problem
from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from rongqiao.postings.services import Incoming, bring_in, take_back

from . import selectors, store
from .models import Batch, RowError, State
from .owners import owners_of
from .rows import Finding, Read, RowReader
from .services import IMPORT, forget_table

log = logging.getLogger(__name__)

CHUNK = 500
CHUNKS_A_TURN = 4
MOST_FINDINGS = 20_000


def handle(batch_ids: Sequence[int]) -> None:
    """The outbox's consumer: one turn for each batch; a batch with more to do is recorded again."""
    for batch_id in batch_ids:
        if advance(batch_id):
            outbox.record(IMPORT, [batch_id])


def advance(batch_id: int, chunks: int = CHUNKS_A_TURN) -> bool:
    """Do so many chunks of a batch. Whether there is more to do."""
    steps = to_the_end(batch_id)
    return any(number == chunks for number, _ in enumerate(steps, start=1))


def to_the_end(batch_id: int) -> Iterator[Batch]:
    """Run or undo a batch, giving it after each chunk. A fault of the batch ends it as failed; a fault of the
    database is raised, and the batch goes on later where it was.

    Earlier batches of the same source go first (and are given too): one that broke off must not put its older
    rows over newer ones when it is taken up again."""
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None or batch.state not in (State.RUNNING, State.UNDOING):
        return
    if batch.state == State.RUNNING:
        for earlier in selectors.running_before(batch):
            yield from to_the_end(earlier.pk)
    try:
        work = Import(batch) if batch.state == State.RUNNING else Undoing(batch)
        more = True
        while more:
            with transaction.atomic():
                more = work.chunk()
            yield Batch.objects.get(pk=batch_id)
    except (OperationalError, Unavailable):
        raise
    except Problem as problem:
        _fail(batch_id, problem.faults[0].code)
    except Exception:
        log.exception("importing: batch %s stopped", batch_id)
        _fail(batch_id, "crashed")


def _fail(batch_id: int, code: str) -> None:
    Batch.objects.filter(pk=batch_id).update(state=State.FAILED, failure=code)


def _locked(batch_id: int) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)


class Undoing:
    """Takes postings back, a chunk at a time."""

    def __init__(self, batch: Batch) -> None:
        self.batch_id = batch.pk

    def chunk(self) -> bool:
        """Withdraw some; whether there may be more."""
        batch = _locked(self.batch_id)
        if batch.state != State.UNDOING:
            return False
        count = take_back(batch_id=batch.pk, most=CHUNK)
        batch.taken_back += count
        if count < CHUNK:
            batch.state = State.UNDONE
            forget_table(batch)
        batch.save()
        return count == CHUNK


class Import:
    """Reads a batch's table on from where it is, and remembers which numbers it has seen since its start."""

    def __init__(self, batch: Batch) -> None:
        self.batch_id = batch.pk
        self.kind = selectors.kind_of(batch)
        self.path = store.path_of(batch.stored)
        self.reader = RowReader(
            kind=self.kind, header=batch.header, mapping=batch.mapping, targets=selectors.targets_of(batch),
            doubtful=batch.doubtful, rectangular=bool(batch.notes.get("rectangular")),
        )  # fmt: skip
        self.seen: dict[str, int] = {}
        self.position = 0

    def chunk(self) -> bool:
        """Bring in the next rows; whether there are more."""
        batch = _locked(self.batch_id)
        if batch.state != State.RUNNING:
            return False
        if batch.cancel_asked:
            batch.state, batch.cancel_asked = State.CANCELLED, False
            batch.save()
            return False
        self._catch_up(batch.position)
        rows, position = self._next(CHUNK)
        self._bring_in(batch, [self._read(number, cells) for number, cells in rows])
        batch.done += len(rows)
        batch.position = self.position = position
        if len(rows) < CHUNK:
            batch.state = State.DONE
        batch.save()
        return batch.state == State.RUNNING

    def _catch_up(self, position: int) -> None:
        """Have seen what lies before `position`: after a crash, or when another worker did the last turn."""
        if position < self.position:
            self.seen, self.position = {}, 0
        while self.position < position:
            rows, self.position = self._next(CHUNK, position)
            for number, cells in rows:
                self.seen.setdefault(self.reader.key_of(cells), number)

    def _next(self, most: int, until: int | None = None) -> tuple[list[tuple[int, list[str]]], int]:
        """Up to `most` rows from the present position, and the position after them."""
        rows: list[tuple[int, list[str]]] = []
        with self.path.open("rb") as file:
            file.seek(self.position)
            while len(rows) < most and (until is None or file.tell() < until) and (line := file.readline()):
                number, *cells = json.loads(line)
                rows.append((number, cells))
            return rows, file.tell()

    def _read(self, number: int, cells: list[str]) -> Read:
        """A row; one whose number was used before stays out, so that a second import changes nothing."""
        key = self.reader.key_of(cells)
        first = self.seen.setdefault(key, number)
        if first == number:
            return self.reader.read(number, cells)
        row = Read(number, key)
        row.refuse(*(("row_twice", "") if key.startswith("#") else ("key_twice", key)), hint=str(first))
        return row

    def _bring_in(self, batch: Batch, rows: list[Read]) -> None:
        incoming = self._incoming(batch, [row for row in rows if not row.refused])
        new, updated = bring_in(rows=incoming, source=batch.source, batch_id=batch.pk, by=batch.by)
        findings = [finding for row in rows for finding in row.findings]
        _keep(batch, findings)
        batch.new += new
        batch.updated += updated
        batch.unchanged += len(incoming) - new - updated
        batch.refused += sum(row.refused for row in rows)
        batch.warnings += sum(not finding.refused for finding in findings)

    def _incoming(self, batch: Batch, rows: list[Read]) -> list[Incoming]:
        """Checked rows with their organisations; those without one are refused here."""
        if batch.organisation_id is not None:
            owners: list[int | None] = [batch.organisation_id] * len(rows)
        else:
            owners = [
                self._known(row, found) for row, found in zip(rows, self._owners(batch, rows), strict=True)
            ]
        return [
            Incoming(self.kind, owner, row.key, row.fields, row.details)
            for row, owner in zip(rows, owners, strict=True)
            if owner is not None
        ]

    def _owners(self, batch: Batch, rows: list[Read]) -> list[int | Exception]:
        source = f"{batch.owner}/{batch.label}"
        return list(owners_of(self.kind, source, [row.owner for row in rows]))

    def _known(self, row: Read, found: object) -> int | None:
        if isinstance(found, int):
            return found
        code, value = getattr(found, "code", "owner_unknown"), getattr(found, "value", "")
        row.refuse(code, value, column=self.reader.column_of("owner"), target="owner")
        return None


def _keep(batch: Batch, findings: list[Finding]) -> None:
    """Store what was wrong; past the limit only the counts go on (a table shifted as a whole)."""
    room = MOST_FINDINGS - RowError.objects.filter(batch=batch).count() if findings else 0
    RowError.objects.bulk_create(
        [
            RowError(
                batch=batch, row=each.row, column=each.column[:100], target=each.target[:80],
                value=each.value[:80], code=each.code, hint=each.hint[:80], refused=each.refused,
            )
            for each in findings[: max(room, 0)]
        ]
    )  # fmt: skip
