"""The snapshot of term statistics that scores refer to: taken anew when the contents have grown."""

from functools import lru_cache

from matching.statistics import TermStatistics

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
    """Count all contents and keep the result."""
    rows = Content.objects.order_by("id").iterator(chunk_size=500)
    statistics = TermStatistics.from_contents(content_record(row) for row in rows)
    StatisticsSnapshot.objects.get_or_create(
        version=statistics.version, defaults={"contents": statistics.contents, "data": statistics.to_bytes()}
    )
    return statistics


def take_if_grown() -> bool:
    """Take a snapshot when the contents have grown by a quarter since the last. Returns whether it did."""
    last = StatisticsSnapshot.objects.order_by("-id").values_list("contents", flat=True).first() or 0
    if Content.objects.count() < max(20, last * GROWTH):
        return False
    take()
    return True
