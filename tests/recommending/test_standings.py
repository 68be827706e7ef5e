"""How organisations have acted, told by a room above, reaches the scores and stays with the pairing."""

from datetime import timedelta

import pytest

from matching.records import Standing
from rongqiao.common import clock
from rongqiao.parties.models import PriorityTag
from rongqiao.recommending import bills, services, standings
from rongqiao.recommending.models import Pairing
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(enterprise, college):
    need = world.publish(enterprise, "talent_need", "焊工", "氩弧焊", headcount=3)
    fits = world.publish(college, "major", "焊接技术与自动化", "焊接工艺", major_code="460110")
    world.drain()
    return need, fits


@pytest.fixture
def told(request):
    """What a room above tells, as long as the test lasts."""
    found: dict[int, Standing] = {}

    def teller(organisation_ids):
        return {key: standing for key, standing in found.items() if key in organisation_ids}

    standings.register(teller)
    request.addfinalizer(lambda: standings.forget(teller))
    return found


def term(need, code: str) -> dict:
    (row,) = bills.with_bills(list(Pairing.objects.filter(need=need).select_related("run")))
    return next(each for each in row.bill["terms"] if each["code"] == code)


def test_until_somebody_tells_nothing_has_happened(pair) -> None:
    need, _ = pair
    assert term(need, "cooperation")["value"] == term(need, "response")["value"] == 0.5
    assert term(need, "priority")["inputs"] == {"need": 0.0, "offer": 0.0}


def test_what_is_told_counts_at_the_next_look_from_either_side(pair, told, enterprise, college) -> None:
    need, fits = pair
    before = Pairing.objects.get(need=need).mutual
    told[college.organisation.pk] = Standing(4, 4, partners={enterprise.organisation.pk: (3, 0), 999_999: (9, 9)})
    for looking in (need, fits):
        Pairing.objects.all().delete()
        services.refresh([looking.pk])
        assert term(need, "cooperation")["inputs"] == {"done": 3.0, "broken": 0.0}
        assert term(need, "response")["value"] == 0.75
        row = Pairing.objects.select_related("run").get(need=need)
        assert row.mutual > before
        assert row.offer_facts["standing"]["partners"] == [[enterprise.organisation.pk, 3, 0]]
        assert bills.recomputes(row)


def test_a_pairing_keeps_what_was_told_when_it_was_scored(pair, told, college) -> None:
    need, _ = pair
    services.refresh([need.pk])
    told[college.organisation.pk] = Standing(4, 0)
    assert term(need, "response")["inputs"]["offer_asked"] == 0
    assert bills.recomputes(Pairing.objects.select_related("run").get(need=need))


def test_a_pairing_stored_before_standings_were_told_can_be_recomputed(pair) -> None:
    need, _ = pair
    row = Pairing.objects.select_related("run").get(need=need)
    for facts in (row.need_facts, row.offer_facts):
        del facts["standing"]
    assert bills.bill_of(row)["terms"]


def test_a_priority_tag_is_a_small_visible_part_while_it_counts(pair, enterprise) -> None:
    need, fits = pair
    before = Pairing.objects.get(need=need).reverse
    tag = PriorityTag.objects.create(
        organisation=enterprise.organisation, kind="chain_leader", proof="文号", expires_on=clock.today()
    )
    services.refresh([fits.pk])
    assert term(need, "priority")["reverse_value"] == 1.0
    assert before < Pairing.objects.get(need=need).reverse < before + 0.03
    tag.expires_on = clock.today() - timedelta(days=1)
    tag.save()
    services.refresh([fits.pk])
    assert term(need, "priority")["reverse_value"] == 0.0


def test_tellers_add_up() -> None:
    def one(organisation_ids):
        return {1: Standing(3, 1, partners={2: (1, 0)}), 7: Standing(9, 9)}

    def other(organisation_ids):
        return {1: Standing(1, 1, partners={3: (0, 1)})}

    for teller in (one, other):
        standings.register(teller)
    try:
        assert standings.of([1, 2]) == {1: Standing(4, 2, (), {2: (1, 0), 3: (0, 1)}), 2: Standing()}
    finally:
        for teller in (one, other):
            standings.forget(teller)
