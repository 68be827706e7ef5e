"""The snapshot of term statistics that scores refer to: taken anew when the offers have grown."""

from functools import lru_cache

from django.db.models import QuerySet

from matching.statistics import TermStatistics
from rongqiao.postings import kinds

from .models import Content, StatisticsSnapshot
from .records import content_record

# A snapshot is good for as long as the number of contents has not grown by a quarter: rarer re-scoring, and
# scores of one day stay comparable.
GROWTH = 1.25


def current() -> TermStatistics:
    """The newest snapshot; the empty one (every term weighs the same) before the first was taken."""
    version = StatisticsSnapshot.objects.order_by("-id").values_list("version", flat=True).first()
    return by_version(version) if version else TermStatistics.empty()


@lru_cache(maxsize=4)
def by_version(version: str) -> TermStatistics:
    """A stored snapshot. Raises StatisticsSnapshot.DoesNotExist."""
    if version == TermStatistics.empty().version:
        return TermStatistics.empty()
    return TermStatistics.from_bytes(bytes(StatisticsSnapshot.objects.get(version=version).data))


def take() -> TermStatistics:
    """Count the contents of all offers and keep the result."""
    rows = _offers().order_by("id").iterator(chunk_size=500)
    statistics = TermStatistics.from_contents(content_record(row) for row in rows)
    StatisticsSnapshot.objects.get_or_create(
        version=statistics.version, defaults={"contents": statistics.contents, "data": statistics.to_bytes()}
    )
    return statistics


def take_if_grown() -> bool:
    """Take a snapshot when the contents have grown by a quarter since the last. Returns whether it did."""
    last = StatisticsSnapshot.objects.order_by("-id").values_list("contents", flat=True).first() or 0
    if _offers().count() < max(20, last * GROWTH):
        return False
    take()
    return True


def _offers() -> QuerySet[Content]:
    """A need asks and offers answer, so what is rare is what is rare among offers: a word that only advertisements
    use would otherwise count as telling, and crowd out those that an offer can have."""
    return Content.objects.filter(kind__in=[kind.code for kind in kinds.of_side("offer")])
