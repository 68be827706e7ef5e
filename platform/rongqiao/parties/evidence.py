"""核验材料: what kinds of file prove an organisation, and who may add and read them."""

from typing import Any

from rongqiao.common.capabilities import MANAGE, REVIEW
from rongqiao.files.models import StoredFile
from rongqiao.files.registry import Purpose, register

from .selectors import organisations

EVIDENCE = "evidence"
MEGABYTE = 1024 * 1024


def may_add(person: Any, organisation_id: int | None) -> bool:
    """Whoever manages the organisation, or wants to claim one that can be claimed."""
    if organisation_id is None:
        return False
    if person.can_for(MANAGE, organisation_id):
        return True
    return organisations().filter(pk=organisation_id, claimable=True).exists()


def may_read(person: Any, file: StoredFile) -> bool:
    """Who handed it in, who reviews, who manages the organisation it was handed in by."""
    if file.uploaded_by_id == person.pk or person.can(REVIEW):
        return True
    if file.organisation_id is None or not person.can_for(MANAGE, file.organisation_id):
        return False
    return bool(file.uploaded_by and file.uploaded_by.can_for(MANAGE, file.organisation_id))


def register_all() -> None:
    """Make the purpose known to the room of files."""
    register(
        Purpose(
            EVIDENCE, "核验材料", "Evidence for verification",
            types=frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"}),
            most_bytes=10 * MEGABYTE, most_per_organisation=40, may_add=may_add, may_read=may_read,
        )
    )  # fmt: skip
