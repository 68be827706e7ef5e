"""The audit trail: only added to, sealed, readable by those it concerns."""

import pytest
from django.db import DatabaseError, connection, transaction

from rongqiao.audit import chain, protection, registry, selectors, services
from rongqiao.audit.models import Entry, Seal
from tests import world

pytestmark = pytest.mark.django_db

DID = registry.action("test.did", "做了一件事", "Did something")


@pytest.fixture
def auditor(db: None) -> world.Party:
    return world.party("演示审计处", "government", "500101", "audit@x.example", role="auditor")


def did(party: world.Party, **changes: object) -> Entry:
    with transaction.atomic():
        return services.record(
            action=DID, subject=party.organisation, by=party.person, organisation_id=party.organisation.pk, changes=changes
        )


@pytest.fixture
def protected() -> None:
    protection.protect(connection)


def test_the_database_refuses_to_change_or_delete_a_row(enterprise: world.Party, protected: None) -> None:
    entry = did(enterprise, name=["甲", "乙"])
    services.seal()
    for rows in (Entry.objects.filter(pk=entry.pk), Seal.objects.filter(entry_id=entry.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{"action": "x"} if rows.model is Entry else {"digest": "x"})
    assert Entry.objects.get(pk=entry.pk).changes == {"name": ["甲", "乙"]}
    protection.unprotect(connection)


def test_every_edit_and_deletion_behind_its_back_is_found(enterprise: world.Party) -> None:
    entries = [did(enterprise, number=number) for number in range(1_100)]
    while services.seal():
        pass
    assert list(chain.breaks()) == []
    for number, entry in enumerate(entries[50:1_050]):
        rows = Entry.objects.filter(pk=entry.pk)
        if number % 3:
            rows.update(**[{"changes": {"number": -1}}, {"person": None}, {"action": "x"}][number % 3])
        else:
            rows.delete()
    assert len(list(chain.breaks())) == 1_000


def test_a_seal_that_was_taken_away_is_missed(enterprise: world.Party) -> None:
    for number in range(5):
        did(enterprise, number=number)
    services.seal()
    Seal.objects.filter(number=3).delete()
    assert [(each.number, each.fault) for each in chain.breaks()] == [(3, "missing seal")]


def test_what_is_written_after_a_seal_follows_on_it(enterprise: world.Party) -> None:
    did(enterprise)
    first = services.seal()
    did(enterprise)
    assert services.seal() == 1
    assert services.seal() == 0
    assert chain.head()[0] == first + 1
    assert list(chain.breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_an_action_is_recorded_in_its_transaction_or_not_at_all(enterprise: world.Party) -> None:
    with pytest.raises(RuntimeError):
        services.record(action=DID, subject=enterprise.organisation, by=None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.record(action=DID, subject=enterprise.organisation, by=None)
        raise ZeroDivisionError
    assert not Entry.objects.filter(action=DID).exists()


def test_an_action_that_no_room_named_is_a_mistake(enterprise: world.Party) -> None:
    with pytest.raises(ValueError, match="no room"):
        services.record(action="test.unnamed", subject=enterprise.organisation, by=None)


def test_a_private_field_only_says_that_it_changed() -> None:
    before, after = {"phone": "1", "title": "甲", "same": 1}, {"phone": "2", "title": "乙", "same": 1}
    assert services.differences(before, after, frozenset({"phone"})) == {"phone": "…", "title": ["甲", "乙"]}


def test_an_organisation_reads_its_own_and_the_auditor_all(
    enterprise: world.Party, other_enterprise: world.Party, auditor: world.Party, django_assert_num_queries
) -> None:
    for _ in range(3):
        did(enterprise)
        did(other_enterprise)
    own = enterprise.get(f"organisations/{enterprise.organisation.pk}/audit?action=test.did").json()
    assert own["count"] == 3
    assert {row["organisation"] for row in own["results"]} == {enterprise.organisation.pk}
    assert own["results"][0]["action_label"] == "做了一件事"
    foreign = enterprise.get(f"organisations/{other_enterprise.organisation.pk}/audit")
    absent = enterprise.get("organisations/999999/audit")
    assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert enterprise.get("audit").status_code == 403
    with django_assert_num_queries(4):  # session, person, memberships, rows
        every = auditor.get("audit?action=test.did").json()
    assert every["count"] == 6
    assert every["results"][0]["person_name"]
    assert auditor.get(f"audit?organisation={enterprise.organisation.pk}&action=test.did").json()["count"] == 3


def test_a_row_outlives_what_it_speaks_of(enterprise: world.Party, auditor: world.Party) -> None:
    did(enterprise)
    Entry.objects.filter(action=DID).update(person_id=987_654, organisation_id=987_654)
    (row,) = auditor.get("audit?action=test.did").json()["results"]
    assert (row["person"], row["person_name"], row["organisation_name"]) == (987_654, "", "")
    assert selectors.by_person(987_654).count() == 1
