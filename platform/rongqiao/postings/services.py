"""Writing what they need and offer. Each change is one transaction with its event in the outbox."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.capabilities import OPERATE
from rongqiao.common.errors import Problem, from_code
from rongqiao.outbox import services as outbox
from rongqiao.parties.models import Organisation, Person

from . import actions, history, kinds, life_cycle
from .cleaning import clean, lacking
from .kind import Kind
from .models import Posting

POSTING_CHANGED = "posting"


@transaction.atomic
def create_draft(
    *, organisation: Organisation, by: Person | None, kind_code: str, base: Mapping[str, Any],
    details: Mapping[str, Any], unit_id: int | None = None,
) -> Posting:  # fmt: skip
    """A draft of a kind, owned by an organisation that may post it. Raises Problem naming every bad field."""
    kind = kinds.get(kind_code)
    if kind is None:
        raise Problem(from_code("invalid_choice", "kind"))
    if organisation.party_type not in kind.parties:
        raise Problem(from_code("wrong_party", "organisation"))
    cleaned = clean(kind, base, details)
    if cleaned.faults:
        raise Problem(*cleaned.faults)
    if not cleaned.fields.get("title"):
        raise Problem(from_code("required", "title"))
    fields = {"region_code": organisation.region_code, **cleaned.fields}
    posting = Posting.objects.create(
        kind=kind.code, organisation=organisation, unit_id=_own_unit(organisation, unit_id),
        details=cleaned.details, created_by=by, **fields,
    )  # fmt: skip
    audit.record(action=actions.DRAFTED, subject=posting, by=by, organisation_id=organisation.pk)
    return posting


@transaction.atomic
def edit(
    *, posting_id: int, version: int, base: Mapping[str, Any], details: Mapping[str, Any] | None,
    by: Person | None = None,
) -> Posting:  # fmt: skip
    """Change fields of a posting that nobody changed since `version`.

    `details`, when given, holds the fields to change; null empties one. `base` may name another `unit`. Raises Problem
    `conflict` (409) when somebody was faster, with what they changed since and which of it this edit would
    change too; or one fault per bad field.
    """
    named = details if isinstance(details, Mapping) else {}
    mine = {*base, *(f"details.{name}" for name in named)}
    posting = _locked(posting_id, version, mine)
    before = history.snapshot(posting)
    kind = posting.kind_of
    fields = {name: value for name, value in base.items() if name != "unit"}
    cleaned = clean(kind, fields, details or {})
    if cleaned.faults:
        raise Problem(*cleaned.faults)
    if "unit" in base:
        posting.unit_id = _own_unit(posting.organisation, base["unit"])
    emptied = {name for name, value in fields.items() if name not in cleaned.fields and value in (None, "")}
    for name, value in {**dict.fromkeys(emptied, ""), **cleaned.fields}.items():
        setattr(posting, name, value)
    kept = {name: value for name, value in posting.details.items() if name not in named}
    posting.details = {**kept, **cleaned.details}
    _refuse_incomplete(posting, kind)
    return _changed(posting, actions.EDITED, by, history.differences(before, posting))


@transaction.atomic
def take_step(
    *, posting_id: int, version: int, step_code: str, who: frozenset[str], by: Person | None = None
) -> Posting:
    """Take one step of the life cycle. Raises Problem `conflict`, `wrong_state`, or what is lacking.

    What an organisation that is not trusted wants to publish waits for a reviewer.
    """
    posting = _locked(posting_id, version)
    step = _possible(posting, step_code, who)
    before = history.snapshot(posting)
    passes = life_cycle.REVIEWER in who or posting.organisation.is_trusted
    posting.status = (step.target if passes else step.unless_trusted or step.target) or posting.status
    if step.confirms or posting.is_open:
        _refuse_incomplete(posting, posting.kind_of)
    if step.confirms:
        _confirm(posting)
    return _changed(posting, actions.STEPS[step.code], by, history.differences(before, posting))


@transaction.atomic
def undo_step(*, posting_id: int, version: int, step_code: str, before: Mapping[str, Any], by: Person) -> Posting:
    """Undo a reviewer's step while the posting is as the step left it: all that steps move is again as it stood
    `before` (`moved_by_steps`). Raises Problem `conflict` or `wrong_state` when it has moved on."""
    posting = _locked(posting_id, version)
    step = _possible(posting, step_code, frozenset({life_cycle.SYSTEM}))
    was = history.snapshot(posting)
    for name, value in before.items():
        setattr(posting, name, value)
    _changed(posting, actions.STEPS[step.code], by, history.differences(was, posting))
    return Posting.objects.get(pk=posting_id)


def moved_by_steps(posting: Posting) -> dict[str, str | None]:
    """The state and the dates that a step may change, as plain values."""
    dates = {name: getattr(posting, name) for name in ("confirmed_on", "expires_on", "published_at", "asked_on")}
    return {"status": posting.status, **{name: day.isoformat() if day else None for name, day in dates.items()}}


@transaction.atomic
def renew(*, posting_ids: Iterable[int], by: Person) -> list[Posting]:
    """Say that open postings are still valid, whatever version one saw; those that have closed stay closed.
    Returns those that were renewed."""
    found = Posting.objects.filter(pk__in=list(posting_ids), status__in=life_cycle.OPEN)
    rows = list(found.select_for_update(of=("self",)).order_by("expires_on", "pk"))
    for posting in rows:
        _confirm(posting)
        posting.version += 1
        posting.updated_at = clock.now()
    names = ["confirmed_on", "asked_on", "expires_on", "published_at", "version", "updated_at"]
    Posting.objects.bulk_update(rows, names, batch_size=500)
    each = {posting.pk: {history.VERSION: posting.version} for posting in rows}
    audit.record_many(action=actions.STEPS["confirm"], subjects=rows, by=by, each=each)
    outbox.record(POSTING_CHANGED, [posting.pk for posting in rows])
    return rows


@dataclass(frozen=True, slots=True)
class Incoming:
    """One checked row of an import."""

    kind: Kind
    organisation_id: int
    source_key: str
    fields: Mapping[str, Any]
    details: Mapping[str, Any]


@transaction.atomic
def bring_in(*, rows: Sequence[Incoming], source: str, batch_id: int, by: Person | None) -> tuple[int, int]:
    """Publish the checked rows of an import; those of an organisation that is not trusted wait for a reviewer.

    A row seen before under the same key is updated when it differs
    and left alone when not, so that importing a file again changes nothing. What its owner has closed since stays
    closed; what was taken back with its batch comes back. Returns (new, updated)."""
    keys = [row.source_key for row in rows]
    known = {
        posting.source_key: posting
        for posting in Posting.objects.filter(source=source, source_key__in=keys).select_for_update(of=("self",))
    }
    passing = _passing({row.organisation_id for row in rows}, by)
    before = {posting.pk: history.snapshot(posting) for posting in known.values()}
    new = [_arrival(row, source, batch_id, by, passing) for row in rows if row.source_key not in known]
    updated = [known[row.source_key] for row in rows if row.source_key in known and _differs(known, row, batch_id, passing)]
    Posting.objects.bulk_create(new, batch_size=500)
    names = ["title", "description", "region_code", "details", "organisation", "status", "version", "batch_id", "taken_back",
             "confirmed_on", "expires_on"]  # fmt: skip
    Posting.objects.bulk_update(updated, names, batch_size=500)
    _tell_many(actions.EDITED, updated, before, by)
    outbox.record(POSTING_CHANGED, [posting.pk for posting in [*new, *updated]], bulk=True)
    return len(new), len(updated)


@transaction.atomic
def take_back(*, batch_id: int, most: int = 500) -> int:
    """Withdraw up to `most` of the postings that a batch brought in and that are open or wait for a reviewer.
    Returns how many."""
    rows = list(
        Posting.objects.filter(batch_id=batch_id, status__in=[*life_cycle.OPEN, "in_review"])
        .select_for_update(of=("self",))
        .order_by("id")[:most]
    )
    before = {posting.pk: history.snapshot(posting) for posting in rows}
    for posting in rows:
        posting.status = "withdrawn"
        posting.taken_back = True
        posting.version += 1
    Posting.objects.bulk_update(rows, ["status", "taken_back", "version"], batch_size=500)
    _tell_many(actions.STEPS["withdraw"], rows, before, None)
    outbox.record(POSTING_CHANGED, [row.pk for row in rows], bulk=True)
    return len(rows)


def _passing(organisation_ids: set[int], by: Person | None) -> set[int]:
    """The organisations whose rows are published at once: all of an operator's import, else the trusted ones."""
    if by is None or by.can(OPERATE):
        return organisation_ids
    trusted = Organisation.objects.filter(pk__in=organisation_ids, trusted_at__isnull=False)
    return set(trusted.values_list("pk", flat=True))


def _arrival(row: Incoming, source: str, batch_id: int, by: Person | None, passing: set[int]) -> Posting:
    posting = Posting(
        kind=row.kind.code, organisation_id=row.organisation_id, details=dict(row.details),
        status="published" if row.organisation_id in passing else "in_review",
        source=source, source_key=row.source_key, batch_id=batch_id, created_by=by, **row.fields,
    )  # fmt: skip
    _confirm(posting)
    return posting


def _tell_many(
    action: str, postings: Sequence[Posting], before: Mapping[int, Mapping[str, Any]], by: Person | None
) -> None:
    """Keep what changed of each: whoever has one of them open in a form is told of it."""
    each = {
        posting.pk: {history.VERSION: posting.version, **history.differences(before[posting.pk], posting)} for posting in postings
    }
    audit.record_many(action=action, subjects=postings, by=by, each=each)


def _differs(known: Mapping[str, Posting], row: Incoming, batch_id: int, passing: set[int]) -> bool:
    """Put the row into the posting it was before; whether that changes anything."""
    posting = known[row.source_key]
    fields = {"description": "", "region_code": "", **row.fields, "organisation_id": row.organisation_id}
    same = posting.details == dict(row.details)
    same = same and all(getattr(posting, name) == value for name, value in fields.items())
    taken_back = posting.status == "withdrawn" and posting.taken_back
    if same and not taken_back:
        return False
    for name, value in fields.items():
        setattr(posting, name, value)
    posting.details = dict(row.details)
    posting.batch_id = batch_id
    posting.version += 1
    if taken_back:
        posting.status, posting.taken_back = "published" if row.organisation_id in passing else "in_review", False
    if posting.is_open:
        _confirm(posting)
    return True


def _locked(posting_id: int, version: int, mine: Collection[str] = ()) -> Posting:
    """The posting as somebody saw it, locked. Raises Problem `conflict` with what was changed since."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=posting_id)
    if posting.version != version:
        more = history.conflict(posting, version, mine)
        raise Problem(from_code("conflict", "version"), status=409, more=more)
    return posting


def _possible(posting: Posting, step_code: str, who: frozenset[str]) -> life_cycle.Step:
    """The step, when these parties may take it now. Raises Problem `wrong_state`."""
    step = life_cycle.STEPS.get(step_code)
    if step is None or step not in life_cycle.possible(posting.status, who):
        raise Problem(from_code("wrong_state", "step"), status=409)
    return step


def _changed(posting: Posting, action: str, by: Person | None, changes: Mapping[str, Any]) -> Posting:
    posting.version += 1
    posting.save()
    audit.record(
        action=action, subject=posting, by=by, organisation_id=posting.organisation_id,
        changes={history.VERSION: posting.version, **changes},
    )  # fmt: skip
    outbox.record(POSTING_CHANGED, [posting.pk])
    return posting


def _confirm(posting: Posting) -> None:
    today = clock.today()
    posting.confirmed_on, posting.asked_on = today, None
    posting.expires_on = today + timedelta(days=posting.kind_of.shelf_life_days)
    posting.published_at = posting.published_at or clock.now()


def _refuse_incomplete(posting: Posting, kind: Kind) -> None:
    if posting.status != "draft":
        faults = lacking(kind, posting.title, posting.details)
        if faults:
            raise Problem(*faults)


def _own_unit(organisation: Organisation, unit_id: int | None) -> int | None:
    if unit_id is not None and not organisation.units.filter(pk=unit_id).exists():
        raise Problem(from_code("not_found", "unit"))
    return unit_id


def lock(posting_ids: Iterable[int]) -> dict[int, Posting]:
    """These postings with their owners, locked in the order of their numbers until the end of the transaction."""
    rows = Posting.objects.select_for_update(of=("self",)).select_related("organisation", "unit")
    return {row.pk: row for row in rows.filter(pk__in=list(posting_ids)).order_by("pk")}


@transaction.atomic
def follow_talks(*, posting_id: int, taken: int, signed: int, talking: bool, by: Person | None) -> None:
    """Keep how many places of a posting are held by those who have agreed to talk; its state follows from it."""
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting_id)
    before, taken_before = history.snapshot(posting), posting.taken
    places = posting.kind_of.capacity(posting.details)
    posting.taken = taken
    posting.status = life_cycle.in_talks(posting.status, talking=talking, signed=signed, places=places)
    changes = audit.differences({"taken": taken_before}, {"taken": taken}) | history.differences(before, posting)
    if changes:
        _changed(posting, actions.TALKED_ABOUT, by, changes)


def mark_changed(posting_ids: Iterable[int]) -> None:
    """Have these looked at again by those who follow postings (their organisation changed)."""
    outbox.record(POSTING_CHANGED, posting_ids, bulk=True)


def see_contact(*, by: Person, posting: Posting) -> None:
    """Keep that somebody of another organisation (a reviewer, an operator) saw the contact of a posting."""
    has_contact = bool(posting.contact_name or posting.contact_phone or posting.contact_email)
    if has_contact and posting.organisation_id not in by.organisation_ids():
        with transaction.atomic():
            audit.record(
                action=actions.CONTACT_SEEN, subject=posting, by=by, organisation_id=posting.organisation_id
            )
