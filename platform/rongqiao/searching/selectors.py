"""The search box: what people type, over one kind or all, from the index; from the database when that is away."""

import logging
from dataclasses import dataclass, field, replace

from matching.taxonomy.regions import haversine_km
from rongqiao.common.language import Bilingual
from rongqiao.indexing.models import Indexed
from rongqiao.postings import selectors
from rongqiao.postings.models import Posting

from . import answering, plain
from .answering import Found
from .asking import Asked
from .live import live
from .loosening import Loosened, loosened
from .national import national
from .understanding import Understood, understand

log = logging.getLogger(__name__)

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Note:
    """What must be known about an answer that is not the usual one."""

    code: str
    words: Bilingual


PLAIN = Note(
    "search_away",
    Bilingual(
        "检索服务暂时不可用，以下是在最新的 2000 条中按标题和机构查找的结果，未计分类数",
        "Search is away; these were found among the newest 2,000 by title and owner, without counts",
    ),
)
FEWER = Note(
    "fewer_words",
    Bilingual("没有同时含有这些词的信息，以下含有其中一部分", "Nothing has all of these words; these have some of them"),
)
NOTHING = Note("nothing_found", Bilingual("没有找到", "Nothing was found"))


def warm_up() -> None:
    """Load what the first question would otherwise wait for: the names of the trades, two or three seconds."""
    national()


@dataclass(frozen=True, slots=True)
class Answer:
    """The postings found, how many there are, counts by kind and by facet, and a note when the answer is not the usual one.

    Where nothing was found: what each filter left out would give, and the nearest things.
    """

    postings: list[Posting]
    total: int
    kinds: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    note: Note | None = None
    understood: Understood = field(default_factory=Understood)
    loosened: list[Loosened] = field(default_factory=list)
    nearest: list[Posting] = field(default_factory=list)
    kilometres: dict[int, float] = field(default_factory=dict)


def understood_of(asked: Asked) -> Understood:
    """What the words ask for, by the names there are now."""
    return understand(asked.words, live.names(), national()) if asked.words else Understood()


def search(asked: Asked) -> Answer:
    """Find postings. Best first; without words, the newest first."""
    understood = understood_of(asked)
    try:
        return _from_index(asked, understood)
    except Exception:
        log.exception("search: the engine failed; answering from the database")
        return _from_database(asked, understood)


def _from_index(asked: Asked, meant: Understood) -> Answer:
    understood = answering.as_written(meant)
    found = answering.find(asked, understood)
    keys = [key for _, key in found.ranked]
    distances = _kilometres(asked, keys)
    if asked.sort == "nearest":
        keys.sort(key=lambda key: distances.get(key, float("inf")))
    shown = selectors.shown_in_order(keys[asked.offset : asked.offset + asked.size])
    total = found.kinds[asked.kind] if asked.kind else found.total
    answer = Answer(shown, total, found.kinds, found.facets, _note(found, total), understood, kilometres=distances)
    return answer if total else _with_help(answer, asked)


def _note(found: Found, total: int) -> Note | None:
    if not total:
        return NOTHING
    return FEWER if found.fewer else None


def _with_help(answer: Answer, asked: Asked) -> Answer:
    """Nothing was found: which filter is in the way, and what is nearest without any."""
    ways = loosened(asked, answer.understood)
    bare = Asked(words=asked.words, size=NEAREST)
    nearest = answering.find(bare, answer.understood) if ways else Found()
    return replace(answer, loosened=ways, nearest=selectors.shown_in_order(key for _, key in nearest.ranked))


def _kilometres(asked: Asked, keys: list[int]) -> dict[int, float]:
    """How far each lies from the place that was asked for."""
    if asked.place is None:
        return {}
    placed = Indexed.objects.filter(pk__in=keys).exclude(latitude=None).exclude(longitude=None)
    return {
        key: haversine_km(asked.place.lat, asked.place.lng, lat or 0.0, lng or 0.0)
        for key, lat, lng in placed.values_list("posting_id", "latitude", "longitude")
    }


def _from_database(asked: Asked, understood: Understood) -> Answer:
    found = plain.find(asked, understood)
    distances = _kilometres(asked, [posting.pk for posting in found])
    if asked.sort == "nearest":
        found.sort(key=lambda posting: distances.get(posting.pk, float("inf")))
    shown = found[asked.offset : asked.offset + asked.size]
    return Answer(shown, len(found), note=PLAIN, understood=understood, kilometres=distances)
