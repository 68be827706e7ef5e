"""Reading what is indexed: for people's search, for matching, for operators."""

from collections.abc import Iterable

from matching.records import Record
from rongqiao.postings import kinds
from search.errors import IndexUnreadable

from .engines import engine
from .models import Indexed
from .records import record_of, shelf
from .schemas import contents_of, postings_of


def sizes() -> list[dict[str, object]]:
    """For each kind, how many postings and distinct contents its indexes hold."""
    return [
        {
            "kind": kind.code,
            "postings": engine().count(postings_of(kind.code)),
            "contents": engine().count(contents_of(kind.code)),
        }
        for kind in kinds.all_kinds()
    ]


def answerable(kind: str) -> bool:
    """Whether matching can ask for contents of a kind; False when none was ever indexed.

    Raises IndexUnreadable while the index wants a migration: to find nothing would cost everybody their pairings.
    """
    if engine().exists(contents_of(kind)):
        return True
    if Indexed.objects.filter(kind=kind).exists():
        raise IndexUnreadable(f"no contents of {kind} in this structure; run `manage.py index migrate`")
    return False


def record(posting_id: int) -> Record | None:
    """An indexed posting as matching reads it; None when the index does not hold it."""
    return records([posting_id]).get(posting_id)


def records(posting_ids: Iterable[int]) -> dict[int, Record]:
    """Indexed postings as matching reads them, in two queries."""
    rows = list(Indexed.objects.filter(pk__in=list(posting_ids)))
    contents = {content.key: content for content in shelf.get({row.content_id for row in rows})}
    return {row.pk: record_of(row, contents[row.content_id]) for row in rows}
