"""Rebuilds, migrations and reconciliations as runs: asked for by anyone, done by whoever holds the index, with progress."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from rongqiao.common import clock
from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from search.engine import WriterBusy

from . import rebuilding, reconciling, selectors
from .models import IndexRun
from .rebuilding import Progress

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


def ask_and_carry_out(*, action: str, force: bool, watch: Progress) -> IndexRun:
    """Do a run here and now instead of asking for it. Raises Unavailable while another process is at it."""
    run = IndexRun.objects.create(action=action, force=force)
    try:
        _to_end(run, watch)
    except Unavailable as busy:
        _end(run, "failed", {**run.result, "error": str(busy)})
        raise
    return run


def carry_out(run_ids: Sequence[int]) -> None:
    """Do the runs asked for, one after the other. A run killed midway is done again from the start."""
    for run in IndexRun.objects.filter(pk__in=run_ids, state__in=["waiting", "running"]).order_by("pk"):
        _to_end(run, lambda done, total: None)


def _to_end(run: IndexRun, watch: Progress) -> None:
    try:
        _carry_out(run, watch)
    except WriterBusy as error:
        raise Unavailable(str(error)) from error
    except Cancelled:
        _end(run, "cancelled", run.result)
    except KeyboardInterrupt:
        _end(run, "cancelled", run.result)
        raise
    except Exception as error:
        _end(run, "failed", {**run.result, "error": f"{type(error).__name__}: {error}"})


def _carry_out(run: IndexRun, watch: Progress) -> None:
    run.state = "running"
    run.save(update_fields=["state"])

    def progress(done: int, total: int) -> None:
        asked = IndexRun.objects.filter(pk=run.pk).values_list("cancel_asked", flat=True).first()
        if asked:
            raise Cancelled
        IndexRun.objects.filter(pk=run.pk).update(done=done, total=total)
        watch(done, total)

    _end(run, "done", _ACTIONS[run.action](run, progress))


def _rebuild(run: IndexRun, progress: Progress) -> dict[str, int]:
    return {"written": rebuilding.rebuild(progress, outbox.let_singles_through, force=run.force)}


def _migrate(run: IndexRun, progress: Progress) -> dict[str, int]:
    """Build what this release needs and has not got, and mend what workers of the release before wrote to the old
    index alone. What an earlier migration swapped and did not come to mend is owed still."""
    codes = selectors.unbuilt()
    changed = sorted({*codes, *_owed(run)})
    run.result = {"changed": changed}
    run.save(update_fields=["result"])
    written = rebuilding.rebuild(progress, outbox.let_singles_through, force=run.force, codes=codes) if codes else 0
    findings = reconciling.check(progress, changed)
    reconciling.mend(findings, progress)
    return {"kinds": len(codes), "written": written, "mended": sum(findings.counts().values())}


def _owed(run: IndexRun) -> list[str]:
    """The kinds of this migration's earlier attempt, and of the one before when that came to no end."""
    last = IndexRun.objects.filter(action="migrate").exclude(pk=run.pk).order_by("-pk").first()
    unfinished = [run] if last is None or last.state == "done" else [run, last]
    return [code for each in unfinished for code in each.result.get("changed", ())]


def _check(run: IndexRun, progress: Progress) -> dict[str, int]:
    return reconciling.check(progress).counts()


def _fix(run: IndexRun, progress: Progress) -> dict[str, int]:
    findings = reconciling.check(progress)
    reconciling.mend(findings, progress)
    return findings.counts()


def _end(run: IndexRun, state: str, result: dict[str, Any]) -> None:
    run.state, run.result, run.ended_at = state, result, clock.now()
    run.save(update_fields=["state", "result", "ended_at"])


_ACTIONS = {"rebuild": _rebuild, "migrate": _migrate, "check": _check, "fix": _fix}
