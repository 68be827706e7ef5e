"""A reviewer, and organisations that are not trusted yet."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rongqiao.parties.models import Organisation
from tests import world


@pytest.fixture
def reviewer(db: None) -> world.Party:
    return world.party("演示审核中心", "broker", "500101", "review@platform.example", role="reviewer")


@pytest.fixture
def new_firm(db: None) -> world.Party:
    """An enterprise that has just registered: not verified, not trusted."""
    return untrusted(world.party("演示新来机械有限公司", "enterprise", "500154", "hr@new.example"))


def untrusted(party: world.Party, status: str = "unverified") -> world.Party:
    Organisation.objects.filter(pk=party.organisation.pk).update(verify_status=status, trusted_at=None)
    party.organisation.refresh_from_db()
    return party


def licence() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (60, 40), "white").save(content, "PNG")
    return SimpleUploadedFile("licence.png", content.getvalue())


def apply(party: world.Party, organisation_id: int, purpose: str = "verification", **more: Any) -> dict[str, Any]:
    """Upload a licence and hand it in."""
    body = {"purpose": "evidence", "organisation": organisation_id, "file": licence()}
    uploaded = party.client.post("/api/v1/files", body)
    assert uploaded.status_code == 201, uploaded.content
    evidence = [uploaded.json()["uuid"]]
    answer = party.post(f"organisations/{organisation_id}/applications", {"purpose": purpose, "evidence": evidence, **more})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def queue(reviewer: world.Party, **filters: str) -> list[dict[str, Any]]:
    """The rows of the queue, after all that waits in the outbox was done."""
    world.drain()
    asked = "&".join(f"{name}={value}" for name, value in filters.items())
    answer = reviewer.get(f"reviews?{asked}")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])
