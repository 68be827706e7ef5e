"""The demo region: how much there is, that it reads like people wrote it, and that loading it is safe."""

import csv
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from rongqiao.demo import loading, parties
from rongqiao.demo.management.commands.load_demo import Command
from rongqiao.demo.offers_and_needs import FILES, MARK
from rongqiao.demo.reading import DATA, table
from rongqiao.outbox.models import Event
from rongqiao.parties.models import Organisation, Person
from rongqiao.parties.roles import ROLES
from rongqiao.postings import kinds
from rongqiao.postings.cleaning import lacking
from rongqiao.postings.life_cycle import STATES
from rongqiao.postings.models import Posting

REGIONS = {"500101", "500154", "511702", "511703", "511722", "511723", "511724", "511725", "511781"}
REAL = "真实校名；"


def quietly(count: int, of: int) -> None:
    """Nobody is watching."""


def load() -> loading.Loaded:
    return loading.load(progress=quietly)


def rows_of_all_files() -> list[Any]:
    return [row for file in FILES for row in table(file)]


def snapshot() -> list[tuple[Any, ...]]:
    names = ("source_key", "title", "description", "details", "status", "version", "confirmed_on", "expires_on")
    return list(Posting.objects.order_by("pk").values_list("pk", *names))


def test_the_region_is_large_enough() -> None:
    sides = Counter(kinds.of(code).side for file, code in FILES.items() for _ in table(file))
    enterprises = [row for row in table("organisations") if row["party_type"] == "enterprise"]
    assert len(enterprises) >= 40
    assert sides["need"] >= 400
    assert sides["offer"] >= 250
    assert {row["region_code"] for row in table("organisations")} == REGIONS
    assert len({row["industry_code"][:3] for row in enterprises}) >= 20


def test_keys_and_titles_are_not_repeated() -> None:
    rows = rows_of_all_files()
    assert len({row["key"] for row in rows}) == len(rows)
    majors = [(row["organisation"], row["major_code"]) for row in table("majors")]
    assert len(set(majors)) == len(majors)


def test_no_two_descriptions_share_more_than_half_of_their_four_grams() -> None:
    grams = {row["key"]: four_grams(row["description"]) for row in rows_of_all_files()}
    holders = defaultdict(list)
    for key, found in grams.items():
        for gram in found:
            holders[gram].append(key)
    shared = Counter(pair for keys in holders.values() for pair in combinations(keys, 2))
    alike = {
        pair: count for pair, count in shared.items() if count > min(len(grams[key]) for key in pair) / 2
    }
    assert not alike


def four_grams(text: str) -> set[str]:
    return {text[start : start + 4] for start in range(max(len(text) - 3, 1))}


def test_files_are_plain_tables_without_quoting() -> None:
    for path in DATA.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name


def test_names_are_clearly_fictional_or_real_colleges_said_to_be_so() -> None:
    for row in table("organisations"):
        assert row["name"].startswith("演示·") or REAL in row["introduction"], row["name"]
    assert all("演示" in row["name"] for row in table("people"))
    assert all(row["title"].startswith("演示教师·") for row in table("experts"))


@pytest.mark.django_db
def test_every_posting_is_stored_complete_and_marked() -> None:
    done = load()
    stored = list(Posting.objects.select_related("organisation"))
    assert done.new == done.postings == len(stored)
    for posting in stored:
        assert not lacking(posting.kind_of, posting.title, posting.details), posting.source_key
        assert posting.organisation.party_type in posting.kind_of.parties, posting.source_key
        assert posting.source == parties.SOURCE
        assert posting.description.startswith(MARK)
        assert posting.confirmed_on < posting.expires_on


@pytest.mark.django_db
def test_there_is_a_history_and_most_is_open() -> None:
    load()
    states = Counter(Posting.objects.values_list("status", flat=True))
    assert set(states) >= {"published", "in_talks", "partly_met", "met", "expired", "withdrawn"}
    still_open = sum(count for state, count in states.items() if STATES[state].open)
    assert still_open > 0.75 * sum(states.values())
    assert len(set(Posting.objects.values_list("confirmed_on", flat=True))) > 50


@pytest.mark.django_db
def test_what_is_new_is_told_to_the_index() -> None:
    load()
    told = set(Event.objects.values_list("object_id", flat=True))
    assert told >= set(Posting.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_people_did() -> None:
    load()
    changed = Posting.objects.filter(status="published").first()
    assert changed is not None
    Posting.objects.filter(pk=changed.pk).update(title="改过的标题")
    before, people, organisations = snapshot(), Person.objects.count(), Organisation.objects.count()
    Event.objects.all().delete()
    again = load()
    assert again.new == 0
    assert snapshot() == before
    assert (Person.objects.count(), Organisation.objects.count()) == (people, organisations)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_every_role_has_an_account_that_can_sign_in() -> None:
    done = load()
    assert {account.role for account in done.accounts} == {role.zh for role in ROLES.values()}
    for account in done.accounts:
        person = Person.objects.get(email=account.email)
        assert person.check_password(parties.PASSWORD)
        assert not person.is_superuser


@pytest.mark.django_db
def test_the_command_prints_the_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command(Command(), verbosity=0)
    printed = capsys.readouterr().out
    assert "hr@demo.rongqiao.example" in printed
    assert parties.PASSWORD in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "production",
    [{"SETTINGS_MODULE": "rongqiao.config.settings.production"}, {"CELERY_BROKER_URL": "redis://queue:6379/0"}],
)
def test_production_is_refused(production: dict[str, str]) -> None:
    with override_settings(**production), pytest.raises(CommandError):
        call_command(Command(), verbosity=0)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
