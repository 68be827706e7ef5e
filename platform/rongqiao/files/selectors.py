"""Reading about files."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from rongqiao.common.errors import missing

from . import registry
from .models import StoredFile
from .registry import Purpose


def in_use() -> QuerySet[StoredFile]:
    """The files that have not been removed."""
    return StoredFile.objects.filter(removed_at__isnull=True)


def one_for(person: Any, file: UUID) -> StoredFile:
    """A file the person may read by the rule of its purpose; otherwise it looks missing."""
    found = in_use().filter(uuid=file).first()
    purpose = registry.get(found.purpose) if found else None
    if found is None or purpose is None or not purpose.may_read(person, found):
        raise missing()
    return found


def full(purpose: Purpose, organisation_id: int | None, person: Any) -> bool:
    """Whether the organisation (the person, where there is none) has as many files as the purpose allows."""
    rows = in_use().filter(purpose=purpose.code)
    if organisation_id is None:
        rows = rows.filter(organisation__isnull=True, uploaded_by=person)
    else:
        rows = rows.filter(organisation_id=organisation_id)
    return rows.count() >= purpose.most_per_organisation


def wanted(files: list[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Of these, (those in use, those removed); the rest are known to nobody."""
    rows = StoredFile.objects.filter(uuid__in=files).values_list("uuid", "removed_at")
    removed = {file for file, removed_at in rows if removed_at is not None}
    return {file for file, _ in rows} - removed, removed


def own(person_id: int, files: list[str], purpose: str) -> list[str]:
    """Those of the files that the person uploaded for this purpose and that are in use."""
    rows = in_use().filter(uploaded_by_id=person_id, purpose=purpose, uuid__in=files)
    return [str(file) for file in rows.values_list("uuid", flat=True)]


def uploaded_by(person_id: int) -> QuerySet[StoredFile]:
    """What a person has uploaded, newest first, removed ones too."""
    return StoredFile.objects.filter(uploaded_by_id=person_id).order_by("-id")


def these(files: list[str]) -> list[StoredFile]:
    """The files of these numbers that are in use, in the order given."""
    found = {str(each.uuid): each for each in in_use().filter(uuid__in=files)}
    return [found[file] for file in files if file in found]
