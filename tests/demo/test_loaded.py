"""The region once it is loaded: told to the index, with people who can sign in, and unharmed by a second load."""

from typing import Any

import pytest

from rongqiao.demo import loading, parties
from rongqiao.introductions import selectors
from rongqiao.introductions.models import Introduction
from rongqiao.outbox.models import Event
from rongqiao.parties.models import Organisation, Person
from rongqiao.parties.roles import ROLES
from rongqiao.postings.models import Posting
from tests.demo.test_load_demo import quietly

pytestmark = pytest.mark.django_db

# Roles whose people come with what they do, in steps of their own.
LATER = {"student", "parent"}


def snapshot() -> list[tuple[Any, ...]]:
    names = (
        "source_key",
        "title",
        "description",
        "details",
        "status",
        "version",
        "confirmed_on",
        "expires_on",
    )
    return list(Posting.objects.order_by("pk").values_list("pk", *names))


def test_what_is_new_is_told_to_the_index(region: loading.Loaded) -> None:
    told = set(Event.objects.values_list("object_id", flat=True))
    assert told >= set(Posting.objects.values_list("pk", flat=True))


def test_loading_again_changes_nothing_and_keeps_what_people_did(region: loading.Loaded) -> None:
    changed = Posting.objects.filter(status="published").first()
    assert changed is not None
    Posting.objects.filter(pk=changed.pk).update(title="改过的标题")
    before, people, organisations = snapshot(), Person.objects.count(), Organisation.objects.count()
    Event.objects.all().delete()
    again = loading.load(progress=quietly)
    assert again.new == 0
    assert snapshot() == before
    assert (Person.objects.count(), Organisation.objects.count()) == (people, organisations)
    assert not Event.objects.exists()


def test_every_role_has_an_account_that_can_sign_in(region: loading.Loaded) -> None:
    wanted = {role.zh for role in ROLES.values() if role.code not in LATER}
    assert {account.role for account in region.accounts} >= wanted
    for account in region.accounts:
        person = Person.objects.get(email=account.email)
        assert person.check_password(parties.PASSWORD)
        assert not person.is_superuser
        assert person.is_active


def test_an_inbox_is_not_empty(region: loading.Loaded) -> None:
    states = Introduction.objects.values_list("state", flat=True)
    assert set(states) == {"interested", "declined", "shelved", "in_talks", "signed"}
    mine = selectors.inbox(Person.objects.get(email=f"hr@{parties.MAIL_HOST}"))
    assert mine.count() == Introduction.objects.count() == 8
    assert selectors.waiting(mine, [row.organisation_id for row in mine[0].sides.all()]).exists()
    assert Posting.objects.get(source_key="T001").status == "in_talks"
    before = list(Introduction.objects.values_list("pk", "state"))
    loading.load(progress=quietly)
    assert list(Introduction.objects.values_list("pk", "state")) == before
