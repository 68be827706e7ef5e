"""The answer from the index: all kinds asked the same, their hits ranked together."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rongqiao.common import clock
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Indexed
from rongqiao.indexing.schemas import postings_of
from rongqiao.postings import kinds, selectors
from search.engine import IndexUnreadable
from search.query import Between, Filter, Hits, grams_of

from .asking import FRESH, Asked, query_of
from .live import live
from .national import national
from .understanding import CODE, CORRECTED, SPOKEN, TYPED, Term, Understood, taken_apart

FACETS = ("region", "level", "degree", "majors", "occupations", "industry", "chain", "field")
DEEPEST = 1_000
RINGS = (2.0, 10.0, 30.0, 60.0, 120.0, 300.0, 1_000.0)
"""Kilometres around a place that are looked at first when the nearest are wanted."""
MOST_COUNTED = 100
"""Values of a facet that are told, the most frequent first."""
CODED_KINDS = {"major": ("major",), "occupation": ("talent_need", "internship")}
KIND_WORTH = 15.0
"""What it is worth to be of a kind that the words speak of (招聘, 实习)."""


@dataclass(slots=True)
class Found:
    """Hits of all kinds together: (score, key) best first, how many of each kind, counts by facet and by freshness.

    `fewer` says how many terms less than usual a hit had to have.
    """

    ranked: list[tuple[float, int]] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    fewer: int = 0

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def codes_of(asked: Asked) -> list[str]:
    """The kinds that are asked."""
    return [asked.kind] if asked.kind else [kind.code for kind in kinds.all_kinds()]


def as_written(understood: Understood) -> Understood:
    """The same, with words that postings use left as they were typed: 手眼 of 手眼标定 sounds like 寿宴 and is in no table,
    CPK are the first letters of something, and yet somebody has written them."""
    terms = [replace(term, says=(term.typed,), names=(), how=TYPED) if _is_written(term) else term for term in understood.terms]
    return replace(understood, terms=tuple(terms))


def _is_written(term: Term) -> bool:
    if term.how not in (SPOKEN, CORRECTED):
        return False
    grams = grams_of(term.typed)
    places = ((postings_of(kind.code), field) for kind in kinds.all_kinds() for field in ("title", "body"))
    return any(all(engine().document_frequency(schema, field, "grams", grams)) for schema, field in places)


def find(asked: Asked, understood: Understood) -> Found:
    """The best of all kinds. Where nothing has as many of the terms as usual, what has their parts, or fewer of them.

    Raises IndexUnreadable when a kind that has open postings has no index.
    """
    for terms, fewer in _ways(understood):
        found = _find(asked, terms, fewer)
        found.fewer = fewer + (terms is not understood)
        if found.total:
            found.ranked = _nearest(asked, terms, fewer) if _is_cut(asked, found) else found.ranked
            break
    _refuse_unbuilt([code for code, count in found.kinds.items() if not count])
    if asked.kind:
        found.kinds |= _of_others(asked, understood, found.fewer)
    return found


def _is_cut(asked: Asked, found: Found) -> bool:
    return asked.sort == "nearest" and found.total > DEEPEST


def _nearest(asked: Asked, understood: Understood, fewer: int) -> list[tuple[float, int]]:
    """The hits of the smallest ring around the place that holds the page: no engine orders by distance, and of the best
    hits of a whole province the nearest need not be among the first."""
    assert asked.place is not None
    for km in RINGS:
        ring = replace(asked, place=replace(asked.place, km=min(km, asked.place.km)))
        if count(ring, understood, fewer) >= asked.offset + asked.size:
            return _find(ring, understood, fewer).ranked
    return _find(asked, understood, fewer).ranked


def _ways(understood: Understood) -> Iterator[tuple[Understood, int]]:
    """The terms as they are; compounds taken apart; then with one of them missing, two, and so on."""
    yield understood, 0
    apart = taken_apart(understood, live.names(), national())
    if apart.terms != understood.terms:
        yield apart, 0
    for fewer in range(1, len(apart.terms)):
        yield apart, fewer


def count(asked: Asked, understood: Understood, fewer: int = 0) -> int:
    """How many there are."""
    queries = [(postings_of(code), [query_of(asked, understood, code, fewer)]) for code in codes_of(asked)]
    return sum(hits.total for (hits,) in engine().search_many(queries))


def _of_others(asked: Asked, understood: Understood, fewer: int) -> dict[str, int]:
    """How many there would be of each kind that was not asked for."""
    codes = [kind.code for kind in kinds.all_kinds() if kind.code != asked.kind]
    queries = [
        (postings_of(code), [query_of(replace(asked, kind=code), understood, code, fewer)]) for code in codes
    ]
    return {code: hits.total for code, (hits,) in zip(codes, engine().search_many(queries), strict=True)}


def _find(asked: Asked, understood: Understood, fewer: int) -> Found:
    found = Found(facets={name: {} for name in (*FACETS, "fresh")})
    depth = DEEPEST if asked.sort == "nearest" else min(asked.offset + asked.size, DEEPEST)
    codes = codes_of(asked)
    fresh = _by_freshness()
    queries = [
        replace(query_of(asked, understood, code, fewer), facets=FACETS, counts=fresh, size=depth) for code in codes
    ]
    together = [(postings_of(code), [query]) for code, query in zip(codes, queries, strict=True)]
    for code, (hits,) in zip(codes, engine().search_many(together), strict=True):
        _gather(found, code, hits, _worth(understood, code))
    found.ranked = _in_order(found, asked, understood)
    found.facets = {name: _most_frequent(counts) for name, counts in found.facets.items()}
    return found


def _worth(understood: Understood, code: str) -> float:
    """A bonus for the kinds that the words speak of; who types a major's code wants the major before those who ask for it."""
    spoken = [*understood.raised, *(kind for term in understood.terms for kind in (*term.kinds, *_coded(term)))]
    return KIND_WORTH if code in spoken else 0.0


def _coded(term: Term) -> list[str]:
    """The kinds that are about what a code names."""
    return [kind for name in term.names for kind in CODED_KINDS.get(name.kind, ())] if term.how == CODE else []


def _by_freshness() -> dict[str, Filter]:
    today = clock.today()
    return {str(days): Between("confirmed_on", today - timedelta(days=days)) for days in FRESH}


def _gather(found: Found, code: str, hits: Hits, worth: float) -> None:
    found.kinds[code] = hits.total
    found.ranked += [(hit.score + worth, hit.key) for hit in hits.hits]
    for name, values in {**hits.facets, "fresh": hits.counts}.items():
        for value, number in values.items():
            found.facets[name][value] = found.facets[name].get(value, 0) + number


def _most_frequent(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_COUNTED])


def _in_order(found: Found, asked: Asked, understood: Understood) -> list[tuple[float, int]]:
    """Best first; without words the newest of all kinds first."""
    if (understood.terms or understood.whole) and asked.sort != "newest":
        return sorted(found.ranked, key=lambda pair: (-pair[0], pair[1]))
    keys = [key for _, key in found.ranked]
    days = dict(Indexed.objects.filter(pk__in=keys).values_list("posting_id", "confirmed_day"))
    return sorted(found.ranked, key=lambda pair: (-days.get(pair[1], 0), -pair[1]))


def _refuse_unbuilt(codes: list[str]) -> None:
    """IndexUnreadable when an index is not there (a new structure, a lost folder) though there are postings for it:
    finding nothing would be a lie."""
    unbuilt = [code for code in codes if not engine().exists(postings_of(code))]
    if unbuilt and selectors.latest_open().filter(kind__in=unbuilt).exists():
        raise IndexUnreadable(f"no index of {', '.join(unbuilt)}; run `manage.py index rebuild`")


def ids(asked: Asked, understood: Understood, most: int) -> list[int]:
    """The keys of what has as many of the terms as usual, `most` of each kind, without counts and in no order."""
    queries = [
        (postings_of(code), [replace(query_of(asked, understood, code), size=most, count=False)])
        for code in codes_of(asked)
    ]
    return [hit.key for (hits,) in engine().search_many(queries) for hit in hits.hits]
