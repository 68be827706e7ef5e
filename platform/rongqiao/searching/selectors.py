"""The search box: what people type, over one kind or all, from the index; from the database when that is away."""

import logging
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from rongqiao.common.language import Bilingual
from rongqiao.indexing.engines import engine
from rongqiao.indexing.schemas import postings_of
from rongqiao.postings import kinds, selectors
from rongqiao.postings.models import Posting
from search.engine import IndexUnreadable
from search.query import AnyOf, Filter, Query

log = logging.getLogger(__name__)

FACETS = ("region", "level", "majors", "field")
DEEPEST = 1_000
PLAIN_NOTE = Bilingual(
    "检索服务暂时不可用，以下是按标题查找的结果", "Search is away; these were found by their titles alone"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was asked: words and filters, all optional."""

    words: str = ""
    kind: str = ""
    region: str = ""
    level: str = ""
    major: str = ""
    field: str = ""
    organisation: str = ""
    offset: int = 0
    size: int = 20

    def filters(self) -> tuple[Filter, ...]:
        """As the engine takes them."""
        chosen = (
            ("region", self.region), ("level", self.level), ("majors", self.major),
            ("field", self.field),
            ("organisation", self.organisation),
        )  # fmt: skip
        return tuple(AnyOf(name, (value,)) for name, value in chosen if value)


@dataclass(frozen=True, slots=True)
class Answer:
    """The postings found, how many there are, counts by kind and by facet, and a note when it is a plainer answer."""

    postings: list[Posting]
    total: int
    kinds: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    note: str = ""


def search(asked: Asked) -> Answer:
    """Find postings. Best first; without words, the newest first."""
    try:
        return _from_index(asked)
    except Exception:
        log.exception("search: the engine failed; answering from the database")
        return _from_database(asked)


def _from_index(asked: Asked) -> Answer:
    sort = None if asked.words else (("confirmed_on", True),)
    query = Query(
        text=asked.words or None, filters=asked.filters(), facets=FACETS, sort=sort,
        size=min(asked.offset + asked.size, DEEPEST), minimum_match=0.5 if asked.words else None,
    )  # fmt: skip
    counts: dict[str, int] = {}
    facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    ranked: list[tuple[float, int]] = []
    codes = [asked.kind] if asked.kind else [kind.code for kind in kinds.all_kinds()]
    _refuse_unbuilt(codes)
    for code in codes:
        hits = engine().search(postings_of(code), [query])[0]
        counts[code] = hits.total
        ranked += [(hit.score, hit.key) for hit in hits.hits]
        for name, values in hits.facets.items():
            for value, count in values.items():
                facets[name][value] = facets[name].get(value, 0) + count
    ranked.sort(key=lambda pair: (-pair[0], pair[1]) if asked.words else (0.0, -pair[1]))
    keys = [key for _, key in ranked[asked.offset : asked.offset + asked.size]]
    shown = selectors.shown_in_order(keys)
    return Answer(shown, sum(counts.values()), counts, facets)


def _refuse_unbuilt(codes: list[str]) -> None:
    """IndexUnreadable when an index is not there (a new structure, a lost folder) though there are postings for it:
    finding nothing would be a lie."""
    unbuilt = [code for code in codes if not engine().exists(postings_of(code))]
    if unbuilt and selectors.latest_open().filter(kind__in=unbuilt).exists():
        raise IndexUnreadable(f"no index of {', '.join(unbuilt)}; run `manage.py index rebuild`")


def _from_database(asked: Asked) -> Answer:
    rows: QuerySet[Posting] = selectors.latest_open()
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    rows = rows.filter(region_code=asked.region) if asked.region else rows
    rows = rows.filter(organisation_id=asked.organisation) if asked.organisation else rows
    for word in asked.words.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(organisation__name__icontains=word))
    # What hides its title must not be found by it.
    found = [row for row in rows[:DEEPEST] if "title" in row.kind_of.visible(row.details)]
    return Answer(found[asked.offset : asked.offset + asked.size], len(found), note=str(PLAIN_NOTE))
