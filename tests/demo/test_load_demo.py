"""Loading the demo region: complete, with a past, the same everywhere, and safe to repeat."""

import contextlib
import hashlib
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings

from rongqiao.common import clock
from rongqiao.demo import loading, parties, reading
from rongqiao.demo.management.commands.load_demo import Command
from rongqiao.demo.offers_and_needs import UNPUBLISHED
from rongqiao.parties.models import Organisation, Person
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting
from tests.robustness.installation import DATABASE, installed

# Everything that a load says, ids and moments aside.
TOLD = """
    SELECT p.kind, p.title, p.description, p.details, p.region_code, p.contact_name, p.contact_phone, p.contact_email,
           p.status, p.version, p.source, p.source_key, CAST(p.confirmed_on AS TEXT), CAST(p.expires_on AS TEXT),
           o.source_key, o.name, o.uscc, o.party_type, o.region_code, o.latitude, o.longitude, o.contact_phone,
           o.verify_status, CAST(o.claimable AS INT), CAST(o.recommendations_on AS INT), e.industry_code, e.chain_nodes,
           i.school_code, i.level
    FROM postings_posting p JOIN parties_organisation o ON o.id = p.organisation_id
    LEFT JOIN parties_enterpriseprofile e ON e.organisation_id = o.id
    LEFT JOIN parties_institutionprofile i ON i.organisation_id = o.id
    ORDER BY p.source_key
"""


def quietly(count: int, of: int) -> None:
    """Nobody is watching."""


def load() -> loading.Loaded:
    return loading.load(progress=quietly)


def digest(rows: list[tuple[Any, ...]]) -> str:
    return hashlib.sha256("\n".join(repr(tuple(map(str, row))) for row in rows).encode()).hexdigest()


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "latest"), [(date(2031, 2, 28), 2030), (date(2031, 9, 1), 2031)])
def test_it_does_not_age(monkeypatch: pytest.MonkeyPatch, day: date, latest: int) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)
    load()
    for posting in Posting.objects.exclude(status__in=UNPUBLISHED):
        assert posting.confirmed_on is not None and posting.expires_on is not None
        assert posting.confirmed_on <= day
        assert (posting.expires_on >= day) or posting.status not in OPEN, posting.source_key
    intakes = [
        row["year"] for posting in Posting.objects.filter(kind="major") for row in posting.details["years"]
    ]
    assert max(intakes) == latest
    assert reading.latest_intake(day) == latest
    starts = [
        posting.details["from_date"] for posting in Posting.objects.filter(kind="internship", status__in=OPEN)
    ]
    assert min(starts) >= day.isoformat()


@pytest.mark.django_db
def test_two_loads_on_two_databases_say_the_same(tmp_path: Path) -> None:
    load()
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        here = cursor.fetchall()
    with installed(tmp_path, PYTHONHASHSEED="7") as elsewhere:
        elsewhere.manage("load_demo", "-v0")
    with contextlib.closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        there = other.execute(TOLD).fetchall()
    assert len(here) == len(there) > 650
    assert digest(here) == digest(there)


@pytest.mark.django_db
def test_a_new_part_is_a_new_step(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def letters(loaded: loading.Loaded, progress: loading.Progress) -> None:
        seen.extend([len(loaded.organisations), len(loaded.accounts), loaded.postings])

    monkeypatch.setattr(loading, "STEPS", (*loading.STEPS, letters))
    done = load()
    assert seen == [len(done.organisations), len(done.accounts), done.postings]
    assert all(seen)


@pytest.mark.django_db
def test_the_command_prints_the_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Command(), verbosity=0)
    printed = capsys.readouterr().out
    assert "hr@demo.rongqiao.example" in printed
    assert parties.PASSWORD in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "production",
    [
        {"SETTINGS_MODULE": "rongqiao.config.settings.production"},
        {"CELERY_BROKER_URL": "redis://queue:6379/0"},
    ],
)
def test_production_is_refused(production: dict[str, str]) -> None:
    with override_settings(**production), pytest.raises(CommandError):
        call_command(Command(), verbosity=0)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
