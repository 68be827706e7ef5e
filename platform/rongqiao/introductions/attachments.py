"""Files that go with messages: whoever answers for an organisation adds them; the side they were sent to reads them."""

from rongqiao.common.capabilities import POST
from rongqiao.files.models import StoredFile
from rongqiao.files.registry import Purpose, register
from rongqiao.parties.models import Person

from . import selectors

ATTACHMENT = "introduction"
TYPES = frozenset(
    {
        "application/pdf", "image/png", "image/jpeg", "image/webp",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)  # fmt: skip


def may_add(person: Person, organisation_id: int | None) -> bool:
    """Who answers for the organisation."""
    return organisation_id is not None and person.can_for(POST, organisation_id)


def may_read(person: Person, file: StoredFile) -> bool:
    """Who answers for the organisation it is of, and the side it was sent to while both are agreed."""
    if may_add(person, file.organisation_id):
        return True
    return selectors.has_attachment(selectors.spoken_for(person), file.pk)


def may_remove(person: Person, file: StoredFile) -> bool:
    """Its owner, until it was sent: what the other side has relied upon stays."""
    return may_add(person, file.organisation_id) and not selectors.is_sent(file.pk)


def register_all() -> None:
    """Make the purpose known."""
    register(
        Purpose(
            ATTACHMENT, "对接附件", "Attachments of introductions", TYPES, most_bytes=20 * 1024 * 1024,
            most_per_organisation=2_000, may_add=may_add, may_read=may_read, may_remove=may_remove,
        )
    )  # fmt: skip
