"""Steps that the tests of files share."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from rongqiao.files import services, store
from rongqiao.files.models import StoredFile
from tests import world


def kept(
    party: world.Party, content: bytes, name: str = "a.pdf", purpose: str = "test_evidence"
) -> StoredFile:
    """Keep a file for the party's organisation through the service."""
    upload = SimpleUploadedFile("x", content)
    # The framework cleans the names it is given; the service must not rely on that.
    upload.__dict__["_name"] = name
    return services.keep(
        upload=upload, purpose=purpose, organisation_id=party.organisation.pk, by=party.person
    )


def sent(
    party: world.Party, content: bytes, name: str = "a.pdf", purpose: str = "test_evidence", **more: Any
) -> Any:
    """Upload over HTTP."""
    given = {"purpose": purpose, "organisation": party.organisation.pk, **more}
    given = {key: value for key, value in given.items() if value is not None}
    return party.client.post("/api/v1/files", {**given, "file": SimpleUploadedFile(name, content)})


def on_disk() -> list[Path]:
    """Every file that lies anywhere in the folder."""
    return [path for path in Path(settings.RONGQIAO_FILES).rglob("*") if path.is_file()]


def back_of(file: StoredFile) -> bytes:
    """The bytes as they are served."""
    with store.opened(file.uuid) as stored:
        return stored.read()
