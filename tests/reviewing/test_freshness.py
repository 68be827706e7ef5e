"""Still valid? Each posting is asked about once for each confirmation; one letter and one link for an organisation."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rongqiao.common import clock
from rongqiao.mailing.models import Letter, Link
from rongqiao.parties import services as parties
from rongqiao.parties.models import Membership, Organisation, Person
from rongqiao.postings import freshness, history
from rongqiao.postings.models import Posting
from tests import world

from . import deciding
from .deciding import somebody

pytestmark = pytest.mark.django_db


def due(party: world.Party, count: int, days: int = 10) -> list[Posting]:
    """Open postings whose date comes soon."""
    day = clock.today() + timedelta(days=days)
    return Posting.objects.bulk_create(
        Posting(
            kind="talent_need", organisation=party.organisation, title=f"车工{number:03}", details={"headcount": 1},
            status="published", expires_on=day, confirmed_on=day - timedelta(days=90), published_at=clock.now(),
        )
        for number in range(count)
    )  # fmt: skip


def questions() -> list[Letter]:
    return list(Letter.objects.filter(kind=freshness.FRESHNESS).order_by("pk"))


def path_of(letter: Letter) -> str:
    return re.search(r"/l/[\w-]+", letter.text).group()  # type: ignore[union-attr]


def boxes(page: Any) -> dict[str, bool]:
    """The boxes of a page and whether they are ticked."""
    found = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page.content.decode())
    return {re.search(r'value="(\d+)"', box).group(1): "checked" in box for box in found}  # type: ignore[union-attr]


def state() -> list[Any]:
    fields = ("pk", "status", "version", "confirmed_on", "expires_on", "asked_on")
    return [list(Posting.objects.order_by("pk").values_list(*fields)), list(Link.objects.values_list("pk", "used_at"))]


def test_one_letter_for_an_organisation_with_many_and_once(enterprise, other_enterprise) -> None:
    due(enterprise, 45)
    due(other_enterprise, 1)
    assert freshness.ask() == 46
    letters = questions()
    assert [letter.to for letter in letters] == [enterprise.person.email, other_enterprise.person.email]
    assert letters[0].subject.startswith("45 ")
    assert "车工029" in letters[0].text
    assert "车工030" not in letters[0].text
    assert "另外 15 条" in letters[0].text
    assert freshness.ask() == 0
    assert len(boxes(Client().get(path_of(letters[0])))) == 45


def test_an_address_no_letter_can_go_to_holds_up_nobody(enterprise, other_enterprise) -> None:
    Person.objects.filter(pk=enterprise.person.pk).update(email="a b@firm")
    due(enterprise, 1)
    due(other_enterprise, 1)
    assert freshness.ask() == 2
    assert [letter.to for letter in questions()] == [other_enterprise.person.email]
    assert freshness.ask() == 0


def test_the_steward_is_asked_and_not_everybody(enterprise) -> None:
    steward = parties.add_member(organisation=enterprise.organisation, person=somebody("s@firm.example"), role="enterprise_clerk")
    parties.name_steward(membership=steward, by=enterprise.person)
    due(enterprise, 2)
    freshness.ask()
    assert [letter.to for letter in questions()] == ["s@firm.example"]


def test_looking_changes_nothing_and_the_button_confirms_what_is_ticked_and_open(enterprise, visitor) -> None:
    kept, dropped, closed, foreign = due(enterprise, 4)
    freshness.ask()
    path = path_of(questions()[0])
    before = state()
    for _ in range(2):
        page = visitor.get(path)
        assert page.status_code == 200
        assert boxes(page) == {str(row.pk): True for row in (kept, dropped, closed, foreign)}
    visitor.head(path)
    assert state() == before
    deciding.step(closed, "meet")
    stranger = Organisation.objects.create(name="演示他人有限公司", party_type="enterprise")
    Posting.objects.filter(pk=foreign.pk).update(organisation=stranger)
    ticked = [str(row.pk) for row in (kept, closed, foreign)]
    done = visitor.post(path, {"still_valid": [*ticked, "999999", "x"]})
    assert done.status_code == 200
    assert "已确认 1 条" in done.content.decode()
    rows = {row.pk: row for row in Posting.objects.all()}
    assert rows[kept.pk].expires_on == clock.today() + timedelta(days=90)
    assert rows[kept.pk].asked_on is None
    assert rows[kept.pk].version == kept.version + 1
    assert rows[dropped.pk].expires_on == dropped.expires_on
    assert rows[closed.pk].status == "met"
    assert rows[foreign.pk].expires_on == foreign.expires_on
    assert visitor.post(path, {"still_valid": ticked}).status_code == 410


def test_the_link_of_who_has_left_is_gone(enterprise, visitor) -> None:
    due(enterprise, 1)
    freshness.ask()
    path = path_of(questions()[0])
    parties.add_member(organisation=enterprise.organisation, person=somebody("next@firm.example"), role="administrator")
    parties.end_membership(membership=Membership.objects.get(person=enterprise.person), by=enterprise.person)
    before = state()
    assert visitor.get(path).status_code == 410
    assert visitor.post(path, {"still_valid": [str(Posting.objects.get().pk)]}).status_code == 410
    assert state() == before


def test_confirmed_otherwise_it_is_not_asked_about_until_its_next_date(enterprise) -> None:
    first, second = due(enterprise, 2)
    deciding.step(first, "confirm")
    assert freshness.ask() == 1
    deciding.step(second, "confirm")
    assert freshness.ask() == 0
    with time_machine.travel(clock.now() + timedelta(days=75)):
        assert freshness.ask() == 0
    with time_machine.travel(clock.now() + timedelta(days=77)):
        assert freshness.ask() == 2
        assert freshness.ask() == 0
    assert len(questions()) == 2


def test_what_nobody_answers_for_closes_and_its_steward_is_told(enterprise, other_enterprise) -> None:
    due(enterprise, 40, days=-1)
    due(other_enterprise, 1, days=0)
    seen = Posting.objects.filter(organisation=enterprise.organisation).first()
    assert seen is not None
    assert freshness.expire_stale() == 40
    (told,) = Letter.objects.filter(kind=freshness.CLOSED)
    assert (told.to, told.subject) == (enterprise.person.email, "40 条信息已到期关闭")
    assert "另外 10 条" in told.text
    assert freshness.expire_stale() == 0
    changed = history.conflict(Posting.objects.get(pk=seen.pk), seen.version, [])["changed"]
    assert [(each["field"], each["before"], each["after"]) for each in changed] == [("status", "published", "expired")]


def test_a_suspended_organisation_is_not_asked(enterprise) -> None:
    due(enterprise, 1)
    parties.set_verification(organisation=enterprise.organisation, by=None, status="suspended", reason="")
    assert freshness.ask() == 0


def many(organisations: int, each: int) -> None:
    """Organisations with one administrator and so many due postings each."""
    day: date = clock.today() + timedelta(days=5)
    made = Organisation.objects.bulk_create(
        Organisation(name=f"演示{number}有限公司", party_type="enterprise") for number in range(organisations)
    )
    for number, organisation in enumerate(made):
        person = somebody(f"admin{number}@many.example")
        parties.add_member(organisation=organisation, person=person, role="administrator")
    Posting.objects.bulk_create(
        Posting(
            kind="talent_need", organisation=organisation, title=f"车工{number}", details={"headcount": 1}, status="published",
            expires_on=day,
        )
        for organisation in made
        for number in range(each)
    )  # fmt: skip


def queries(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_thousand_of_three_hundred_cost_by_the_letter_and_not_by_the_posting(db) -> None:
    many(300, 3)
    Posting.objects.bulk_create(
        Posting(
            kind="talent_need", organisation=Organisation.objects.earliest("pk"), title=f"焊工{number}", details={"headcount": 1},
            status="published", expires_on=clock.today() + timedelta(days=5),
        )
        for number in range(100)
    )  # fmt: skip
    assert queries(freshness.ask) <= 5 + 14 * 300
    assert len(questions()) == 300
    assert not Posting.objects.filter(asked_on=None).exists()


def test_confirming_goes_in_batches_and_not_one_by_one(enterprise, other_enterprise, visitor) -> None:
    costs = []
    for party, count in ((enterprise, 2), (other_enterprise, 200)):
        rows = due(party, count)
        freshness.ask()
        path = path_of(questions()[-1])
        body = {"still_valid": [str(row.pk) for row in rows]}
        costs.append(queries(lambda path=path, body=body: visitor.post(path, body)))
    assert costs[1] <= costs[0] + 10 <= 35
    assert not Posting.objects.filter(expires_on__lt=clock.today() + timedelta(days=90)).exists()
