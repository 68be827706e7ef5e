"""Bringing the code tables of the database up to the editions that this release carries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from rongqiao.common import clock

from .models import CodeEntry, System
from .pinyin import full_and_initials
from .sources import rows_of

BATCH = 500
_COMPARED = (
    "valid_until", "edition", "name", "english", "level", "parent", "path", "valid_from", "replaced_by",
    "spellings", "lat", "lng",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did to one table: rows it holds now, rows written, codes found to be no longer issued."""

    system: System
    total: int
    written: int
    retired: int


def load(
    *, systems: Iterable[System] | None = None, progress: Callable[[System, int, int], None] | None = None
) -> list[Loaded]:
    """Load the tables (all by default), one transaction each. Safe to repeat: only what differs is written.

    A code that has gone from the files is kept, marked as no longer in force. `progress(system, done, of)`
    is told after each batch.
    """
    return [_load_one(system, progress or _quiet) for system in systems or System]


@transaction.atomic
def _load_one(system: System, progress: Callable[[System, int, int], None]) -> Loaded:
    rows = rows_of(system)
    present: dict[str, tuple[object, ...]] = {str(code): tuple(values) for code, *values in _present(system)}
    changed = [row for row in rows if present.get(row.code) != values_of(row)]
    for start in range(0, len(changed), BATCH):
        _write(changed[start : start + BATCH])
        progress(system, min(start + BATCH, len(changed)), len(changed))
    gone = {code for code, values in present.items() if not values[0]} - {row.code for row in rows}
    retired = _retire(system, gone)
    return Loaded(system, len(rows), len(changed), retired)


def values_of(row: CodeEntry) -> tuple[object, ...]:
    """What of a row decides whether it has changed."""
    return tuple(getattr(row, name) for name in _COMPARED)


def _retire(system: System, codes: set[str]) -> int:
    entries = CodeEntry.objects.filter(system=system, code__in=codes)
    return entries.update(valid_until=str(clock.today().year)) if codes else 0


def _present(system: System) -> Iterable[tuple[object, ...]]:
    return CodeEntry.objects.filter(system=system).values_list("code", *_COMPARED)


def _write(rows: list[CodeEntry]) -> None:
    for row in rows:
        row.pinyin, row.initials = full_and_initials(row.name)
    CodeEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["system", "code"],
        update_fields=[*_COMPARED, "pinyin", "initials", "updated_at"],
    )


def _quiet(system: System, done: int, of: int) -> None:
    """Nobody is watching."""
