"""People, organisations and postings for tests, made through the product's own services."""

import copy
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from rongqiao.indexing import engines, services, statistics
from rongqiao.indexing.records import shelf
from rongqiao.outbox import services as outbox
from rongqiao.parties import services as parties
from rongqiao.parties.models import Organisation, Person
from rongqiao.parties.privacy import CURRENT
from rongqiao.postings import services as postings
from rongqiao.postings.life_cycle import OWNER
from rongqiao.postings.models import Posting
from rongqiao.recommending import matchers
from rongqiao.searching.live import live

PASSWORD = "Sesame-and-more-2026"
# What is being tested is rarely whether somebody is believed: parties of the tests are, unless a test says otherwise.
TRUSTED = {"verify_status": "documents", "trusted_at": datetime(2026, 1, 1, tzinfo=UTC)}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Party:
    """An organisation, its person, and that person's signed-in client."""

    organisation: Organisation
    person: Person
    client: Client

    def __deepcopy__(self, memo: dict[int, Any]) -> "Party":
        """The same with a client of its own, signed in as this one is."""
        client = Client(raise_request_exception=self.client.raise_request_exception)
        client.cookies = copy.deepcopy(self.client.cookies, memo)
        return Party(copy.deepcopy(self.organisation, memo), copy.deepcopy(self.person, memo), client)

    def get(self, path: str, **headers: str) -> Any:
        """GET under /api/v1/."""
        return self.client.get(f"/api/v1/{path}", headers=headers or None)

    def post(self, path: str, data: Any = None) -> Any:
        """POST JSON under /api/v1/."""
        return self.client.post(f"/api/v1/{path}", json.dumps(data or {}), content_type="application/json")

    def patch(self, path: str, data: Any) -> Any:
        """PATCH JSON under /api/v1/."""
        return self.client.patch(f"/api/v1/{path}", json.dumps(data), content_type="application/json")

    def put(self, path: str, data: Any) -> Any:
        """PUT JSON under /api/v1/."""
        return self.client.put(f"/api/v1/{path}", json.dumps(data), content_type="application/json")


def party(name: str, party_type: str, region: str, email: str, role: str = "administrator") -> Party:
    """An organisation with one person in a role."""
    person = Person.objects.create_user(email, PASSWORD)
    parties.consent(person=person, version=CURRENT.version, language="zh-hans")
    fields = {"name": name, "party_type": party_type, "region_code": region, **TRUSTED}
    organisation = parties.add_organisation(fields=fields, profile={})
    parties.add_member(organisation=organisation, person=person, role=role)
    client = Client()
    client.force_login(person, backend=BACKEND)
    return Party(organisation, person, client)


def enterprise() -> Party:
    """An enterprise in 万州 with a clerk who can post."""
    return party("演示机电有限公司", "enterprise", "500101", "hr@firm.example")


def other_enterprise() -> Party:
    """Another enterprise, whose business is none of the first one's."""
    return party("演示食品有限公司", "enterprise", "511702", "hr@other.example")


def college() -> Party:
    """A college in 万州 with a clerk who can post."""
    return party("演示职业技术学院", "college", "500101", "office@college.example")


def publish(owner: Party, kind: str, title: str, description: str = "", **details: Any) -> Posting:
    """A published posting; its events wait in the outbox."""
    base = {"title": title, "description": description}
    draft = postings.create_draft(
        organisation=owner.organisation, by=owner.person, kind_code=kind, base=base, details=details
    )
    return step(draft, "publish")


def step(posting: Posting, code: str) -> Posting:
    """Take a step as the owner."""
    return postings.take_step(
        posting_id=posting.pk, version=posting.version, step_code=code, who=frozenset({OWNER})
    )


def drain() -> int:
    """Do all that waits."""
    return outbox.drain()


def forget_everything() -> None:
    """Drop what this process remembers of index and database."""
    if engines.engine.cache_info().currsize:
        engines.engine().close()
    engines.engine.cache_clear()
    services.forget_written()
    shelf.clear()
    statistics.by_version.cache_clear()
    matchers.of_versions.cache_clear()
    live.forget()
