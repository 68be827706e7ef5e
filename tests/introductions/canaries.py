"""A need and an offer whose every private field holds a word of its own, and all places where such words could turn up."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from rongqiao.mailing.models import Letter, Notice
from rongqiao.outbox.models import Event
from rongqiao.postings import services as postings
from rongqiao.postings.life_cycle import OWNER
from rongqiao.postings.models import Posting
from tests import world

WORD = re.compile(r"cnry[a-z]+")
# What is a side's own, and nobody else's before it is unlocked.
PRIVATE = {
    "need": {"cnrytitle", "cnrydescription", "cnrycurrent", "cnrytried", "cnrysolver", "cnrycomment"},
    "offer": {"cnryconflicts"},
}  # fmt: skip


def words_of(said: str) -> set[str]:
    """The canaries in what was said."""
    return set(WORD.findall(said))


def problem_of(owner: world.Party) -> Posting:
    """A secret R&D problem with a contact."""
    details: dict[str, Any] = {
        "field": "智能装备", "secrecy": "secret", "current": "cnrycurrent", "tried": ["cnrytried"],
        "solver_requirements": "cnrysolver", "skills": ["焊接"],
    }  # fmt: skip
    return _published(owner, "tech_need", {"title": "cnrytitle", "description": "cnrydescription"}, details, "need")


def expert_of(owner: world.Party) -> Posting:
    """An expert with a contact and a private field."""
    details = {"skills": ["焊接"], "conflicts": ["cnryconflicts"]}
    return _published(owner, "expert", {"title": "焊接专家", "description": "焊缝检测"}, details, "offer")


def _published(owner: world.Party, kind: str, base: dict[str, str], details: dict[str, Any], side: str) -> Posting:
    contact = {
        "contact_name": f"cnry{side}name", "contact_phone": f"cnry{side}phone", "contact_email": f"cnry{side}mail@x.example",
    }  # fmt: skip
    draft = postings.create_draft(
        organisation=owner.organisation, by=owner.person, kind_code=kind, base={**base, **contact}, details=details
    )
    return postings.take_step(posting_id=draft.pk, version=draft.version, step_code="publish", who=frozenset({OWNER}))


def contacts_of(side: str) -> set[str]:
    """The words of a side's contact."""
    return {f"cnry{side}{part}" for part in ("name", "phone", "mail")}


def reads(party: world.Party, introduction_id: int, across: Posting) -> Iterator[tuple[str, str]]:
    """Everything that a party can read: (address, what it said)."""
    one = f"introductions/{introduction_id}"
    for path in (
        "introductions", "introductions?waiting=1", one, f"{one}/contacts", f"{one}/secrets", f"{one}/messages",
        f"{one}/export", f"{one}/export?as=text", f"{one}/record", f"postings/{across.pk}", "postings", "me/export", "notices",
        "search?q=焊接", "search?q=cnrytitle", f"organisations/{across.organisation_id}", "audit",
        f"organisations/{party.organisation.pk}/audit", f"organisations/{across.organisation_id}/responses",
    ):  # fmt: skip
        answer = party.get(path)
        said = answer.content.decode()
        yield path, _without_question(said) if path.startswith("search") else said


def _without_question(said: str) -> str:
    """A search's answer without what it says of the question."""
    told = {name: value for name, value in json.loads(said).items() if name not in ("understood", "left_out")}
    return json.dumps(told, ensure_ascii=False)


def kept_elsewhere() -> dict[str, str]:
    """What the index, the letters, the notices and the outbox hold."""
    files = (path.read_bytes() for path in Path(settings.RONGQIAO_INDEX).rglob("*") if path.is_file())
    return {
        "index": b" ".join(files).decode("utf-8", "replace"),
        "letters": " ".join(f"{row.subject} {row.text} {row.html}" for row in Letter.objects.all()),
        "notices": " ".join(f"{row.title} {row.lines}" for row in Notice.objects.all()),
        "outbox": " ".join(str(value) for row in Event.objects.values_list() for value in row),
    }
