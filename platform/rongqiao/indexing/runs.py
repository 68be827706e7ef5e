"""Rebuilds and reconciliations as runs: asked for by anyone, done by whoever holds the index, with progress."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from rongqiao.common import clock
from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from search.engine import WriterBusy

from . import rebuilding, reconciling
from .models import IndexRun

RUN_ASKED = "index run"


class Cancelled(Exception):
    """Somebody asked to stop."""


@transaction.atomic
def ask(*, action: str, force: bool = False) -> IndexRun:
    """Ask for a run; the worker does it next."""
    run = IndexRun.objects.create(action=action, force=force)
    outbox.record(RUN_ASKED, [run.pk])
    return run


def cancel(run_id: int) -> None:
    """Stop a run at its next step; what it replaces stays as it was."""
    IndexRun.objects.filter(pk=run_id, state__in=["waiting", "running"]).update(cancel_asked=True)


def carry_out(run_ids: Sequence[int]) -> None:
    """Do the runs asked for, one after the other. A run killed midway is done again from the start."""
    for run in IndexRun.objects.filter(pk__in=run_ids, state__in=["waiting", "running"]).order_by("pk"):
        try:
            _carry_out(run)
        except WriterBusy as error:
            raise Unavailable(str(error)) from error
        except Cancelled:
            _end(run, "cancelled", {})
        except Exception as error:
            _end(run, "failed", {"error": f"{type(error).__name__}: {error}"})


def _carry_out(run: IndexRun) -> None:
    run.state = "running"
    run.save(update_fields=["state"])

    def progress(done: int, total: int) -> None:
        asked = IndexRun.objects.filter(pk=run.pk).values_list("cancel_asked", flat=True).first()
        if asked:
            raise Cancelled
        IndexRun.objects.filter(pk=run.pk).update(done=done, total=total)

    _end(run, "done", _ACTIONS[run.action](run, progress))


def _rebuild(run: IndexRun, progress: Any) -> dict[str, int]:
    return {"written": rebuilding.rebuild(progress, outbox.let_singles_through, force=run.force)}


def _check(run: IndexRun, progress: Any) -> dict[str, int]:
    return reconciling.check(progress).counts()


def _fix(run: IndexRun, progress: Any) -> dict[str, int]:
    findings = reconciling.check(progress)
    reconciling.mend(findings, progress)
    return findings.counts()


def _end(run: IndexRun, state: str, result: dict[str, Any]) -> None:
    run.state, run.result, run.ended_at = state, result, clock.now()
    run.save(update_fields=["state", "result", "ended_at"])


_ACTIONS = {"rebuild": _rebuild, "check": _check, "fix": _fix}
