"""Reading what is indexed: for people's search, for matching, for operators."""

from collections.abc import Iterable

from django.conf import settings

from matching.records import Record
from rongqiao.postings import kinds
from search.errors import IndexUnreadable, SearchError

from .engines import engine
from .models import Indexed
from .records import record_of, shelf
from .schemas import contents_of, postings_of, schemas_of


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


def unbuilt() -> list[str]:
    """The kinds whose indexes were never made, or have another structure than this release writes and reads."""
    codes = [kind.code for kind in kinds.all_kinds()]
    return [code for code in codes if not all(engine().exists(schema) for schema in schemas_of(code))]


def state() -> dict[str, object]:
    """The engine's name, whether it answers (else why not), what its indexes hold, and which want a migration."""
    name = settings.RONGQIAO_SEARCH_ENGINE
    try:
        return {"engine": name, "state": "ok", "sizes": sizes(), "unbuilt": unbuilt()}
    except (SearchError, OSError) as error:
        why = f"{type(error).__name__}: {error}"
        return {"engine": name, "state": "away", "error": why, "sizes": [], "unbuilt": []}


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
