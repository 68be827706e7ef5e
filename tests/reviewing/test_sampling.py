"""Which of the postings that passed by themselves are looked at afterwards: a share, fixed for each, bounded for one day."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count

from rongqiao.parties.models import Organisation
from rongqiao.postings import kinds
from rongqiao.postings.models import Posting
from rongqiao.postings.services import Incoming, bring_in
from rongqiao.reviewing import opening
from rongqiao.reviewing.models import Case
from tests import world

from .conftest import untrusted

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def published(firm: world.Party, count: int, *, each_day: int = 1) -> list[int]:
    """Open postings of a firm, so many a day."""
    rows = Posting.objects.bulk_create(
        Posting(
            kind="talent_need", organisation=firm.organisation, title=f"车工{number}", details={"headcount": 1},
            status="published", published_at=MONDAY + timedelta(days=number // each_day, seconds=number % each_day),
        )
        for number in range(count)
    )  # fmt: skip
    return [row.pk for row in rows]


def sampled() -> set[int]:
    return set(Case.objects.filter(occasion="sample").values_list("subject_id", flat=True))


def test_a_fifth_is_drawn_whatever_the_order_and_the_same_again(enterprise, settings) -> None:
    """2,000 with a share of 0.2: mean 400, standard deviation 17.9; six of them are 1 in 500 million."""
    settings.RONGQIAO_REVIEW_SAMPLE = 0.2
    ids = published(enterprise, 2_000)
    opening.look_at_postings(ids)
    drawn = sampled()
    assert abs(len(drawn) - 400) < 6 * 17.9
    halves = [sum(pk in drawn for pk in part) for part in (ids[:1_000], ids[1_000:])]
    assert all(abs(half - 200) < 6 * 12.7 for half in halves)
    Case.objects.all().delete()
    shuffled = random.Random(7).sample(ids, len(ids))
    for start in range(0, len(ids), 130):
        opening.look_at_postings(shuffled[start : start + 130])
    assert sampled() == drawn


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (1.0, 300)])
def test_none_and_all(share, expected, enterprise, settings) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = share
    opening.look_at_postings(published(enterprise, 300))
    assert len(sampled()) == expected


def test_a_day_s_table_does_not_flood_the_queue(enterprise, other_enterprise, settings) -> None:
    """600 postings of one day: ten are looked at, those with the lowest lots; another firm's share is its own."""
    settings.RONGQIAO_REVIEW_SAMPLE = 0.2
    ids = published(enterprise, 600, each_day=600)
    opening.look_at_postings(ids)
    lowest = sorted(Posting.objects.all(), key=opening.lot)[: opening.SAMPLES_A_DAY]
    assert sampled() == {row.pk for row in lowest}
    opening.look_at_postings(ids)
    Case.objects.filter(state="waiting").update(state="approved")
    opening.look_at_postings(ids)
    assert len(sampled()) == opening.SAMPLES_A_DAY
    opening.look_at_postings(published(other_enterprise, 200, each_day=50))
    of_each = Case.objects.values("organisation").annotate(count=Count("pk")).values_list("organisation", "count")
    assert dict(of_each)[other_enterprise.organisation.pk] > opening.SAMPLES_A_DAY


def test_what_an_operator_s_table_brought_in_for_others_is_not_sampled(enterprise, operator, settings) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = 1.0
    kind = kinds.of("talent_need")
    stranger = Organisation.objects.create(name="演示外来有限公司", party_type="enterprise", claimable=True)
    owners = [stranger.pk] * 30 + [enterprise.organisation.pk] * 30
    rows = [Incoming(kind, owner, f"row {n}", {"title": f"焊工{n}"}, {"headcount": 1}) for n, owner in enumerate(owners)]
    bring_in(rows=rows, source="表", batch_id=1, by=operator.person)
    assert Posting.objects.filter(status="published").count() == 60
    opening.look_at_postings(list(Posting.objects.values_list("pk", flat=True)))
    assert set(Case.objects.values_list("organisation", "occasion")) == {(enterprise.organisation.pk, "sample")}
    assert len(sampled()) == opening.SAMPLES_A_DAY


def test_five_hundred_at_once_cost_a_few_queries_and_change_nothing_the_second_time(
    enterprise, other_enterprise, settings, django_assert_max_num_queries
) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = 0.5
    ids = published(enterprise, 250)
    waiting = published(untrusted(other_enterprise), 250)
    Posting.objects.filter(pk__in=waiting).update(status="in_review")
    Posting.objects.filter(pk__in=waiting[:50]).update(status="withdrawn")
    with django_assert_max_num_queries(12):
        opening.look_at_postings(ids + waiting)
    first = list(Case.objects.order_by("pk").values())
    assert Case.objects.filter(occasion="publication").count() == 200
    with django_assert_max_num_queries(12):
        opening.look_at_postings(ids + waiting)
    assert list(Case.objects.order_by("pk").values()) == first
