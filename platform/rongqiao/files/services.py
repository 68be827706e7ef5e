"""Keeping a file and taking it away."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code, missing

from . import actions, inspecting, names, registry, selectors, store
from .faults import refused
from .inspection.formats import FORMATS
from .models import StoredFile
from .registry import Purpose


def keep(*, upload: "UploadedFile[Any]", purpose: str, organisation_id: int | None, by: Any) -> StoredFile:
    """Check an upload and keep it, as it is or (pictures) drawn anew. `by` is a `parties.Person`.

    Raises Problem: `invalid_choice` for a purpose nobody registered, 404 for an organisation that `by` may not add
    to, `too_many_files`, `file_too_large`, and for the content what `inspection` found. Nothing stays behind then.
    Takes up to 15 seconds: not for use inside a transaction.
    """
    wanted = _purpose(purpose, organisation_id, by)
    if selectors.full(wanted, organisation_id, by):
        raise _too_many(wanted)
    name = names.shown(upload.name or "")
    with store.incoming(upload.chunks(), wanted) as (source, target):
        found = inspecting.inspect(source, target, suffix=names.suffix_of(name), purpose=wanted)
        file = StoredFile(
            uuid=uuid4(), purpose=wanted.code, organisation_id=organisation_id, uploaded_by=by,
            name=names.with_suffix(name, FORMATS[found.media_type].suffixes, wanted.code),
            media_type=found.media_type, pages=found.pages, width=found.width, height=found.height,
        )  # fmt: skip
        try:
            # The bytes first: a row without bytes would be a promise broken, bytes without a row go after a day.
            file.size, file.sha256 = store.keep(target if target.exists() else source, file.uuid)
            _record(file, wanted)
        except BaseException:
            store.forget(file.uuid)
            raise
    return file


@transaction.atomic
def remove(*, file_id: int, by: Any) -> StoredFile:
    """Take a file away: nobody reads it from now on, its bytes go within the hour. Raises Problem 404 or 403."""
    file = selectors.in_use().select_for_update(of=("self",)).filter(pk=file_id).first()
    purpose = registry.get(file.purpose) if file else None
    if file is None or purpose is None or not purpose.may_read(by, file):
        raise missing()
    if not purpose.removable_by(by, file):
        raise Problem(from_code("permission_denied"), status=403)
    file.removed_at = clock.now()
    file.save(update_fields=["removed_at", "updated_at"])
    _told(actions.REMOVED, file, by)
    return file


@transaction.atomic
def read(*, file: StoredFile, by: Any) -> None:
    """Keep that somebody else than its uploader read a file."""
    if file.uploaded_by_id != by.pk:
        _told(actions.READ, file, by)


def _told(action: str, file: StoredFile, by: Any) -> None:
    changes = {"purpose": file.purpose}
    audit.record(action=action, subject=file, by=by, organisation_id=file.organisation_id, changes=changes)


def discard_unwanted() -> int:
    """Remove the bytes of removed files, and those a day old that no row knows. Returns how many."""
    store.clear_incoming()
    gone = 0
    for folder in store.kept():
        in_use, removed = selectors.wanted(list(folder))
        for file, age in folder.items():
            if file in removed or (file not in in_use and age > store.DAY):
                store.forget(file)
                gone += 1
    return gone


@transaction.atomic
def _record(file: StoredFile, purpose: Purpose) -> None:
    """The row, counted again under a lock: two uploads at once must not both be the last one allowed."""
    _owners(file).select_for_update().get()
    if selectors.full(purpose, file.organisation_id, file.uploaded_by):
        raise _too_many(purpose)
    file.save()
    _told(actions.ADDED, file, file.uploaded_by)


def _owners(file: StoredFile) -> models.QuerySet[Any]:
    """The organisation, or the person where there is none: rooms above, so reached through the foreign keys."""
    key = "uploaded_by" if file.organisation_id is None else "organisation"
    model: Any = StoredFile._meta.get_field(key).related_model
    owners: models.QuerySet[Any] = model.objects.filter(pk=getattr(file, f"{key}_id"))
    return owners


def _purpose(code: str, organisation_id: int | None, by: Any) -> Purpose:
    purpose = registry.get(code)
    if purpose is None:
        raise Problem(from_code("invalid_choice", "purpose"))
    draft = StoredFile(organisation_id=organisation_id, uploaded_by=by)
    if not purpose.may_add(by, organisation_id) or not _owners(draft).exists():
        raise missing()
    return purpose


def _too_many(purpose: Purpose) -> Problem:
    most = purpose.most_per_organisation
    return refused("too_many_files", f"上限 {most} 个", f"at most {most}")
