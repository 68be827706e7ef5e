"""A search as it was asked, and as the engine takes it: groups of alternatives within filters."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from matching.taxonomy import vocabulary
from matching.taxonomy.tables import plain
from matching.titles import clean_title
from rongqiao.common import clock
from search.query import (
    Alternative,
    AnyOf,
    Between,
    Either,
    Filter,
    Groups,
    Has,
    Near,
    Not,
    Query,
    Said,
    Tagged,
    grams_of,
)

from .names import Name
from .national import synonyms, trades
from .understanding import CODE, CORRECTED, SPOKEN, Term, Understood

FIELDS = {"title": 3.0, "work": 2.0, "owner": 2.0, "body": 1.0}
# What was not typed is looked for in titles and names of occupations and majors only. In descriptions 前端 as a synonym of
# H5 found every firm whose text named a front-end anything.
NARROW = {"title": 3.0, "work": 2.0}
SYNONYM, ALIAS, TRADE_WORD = 0.7, 0.6, 0.3
"""How much a word that stands for the typed one counts beside it."""
FLAT = 10.0
"""What a word is worth in a field of weight 1, however rare it is; BM25 comes to about as much again."""
ORGANISATION, CODED, TRADE = 60.0, 30.0, 10.0
"""What an organisation, a code, an occupation by one of its everyday words are worth."""
MOST_TRADE_WORDS = 16
MOST_CODES = 200
LEVEL_WORTH = 10.0
LEAST_OF_A_LONG_TEXT = 0.15
FRESH = (7, 30, 90)
"""Days since a posting was last confirmed, as counted and filtered by."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees, and how many kilometres around it."""

    lat: float
    lng: float
    km: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was asked: words and filters, all optional. `fresh` is in days, `sort` one of SORTS."""

    words: str = ""
    kind: str = ""
    region: str = ""
    level: str = ""
    degree: str = ""
    major: str = ""
    occupation: str = ""
    industry: str = ""
    chain: str = ""
    field: str = ""
    organisation: str = ""
    fresh: int = 0
    place: Place | None = None
    since: date | None = None
    sort: str = ""
    offset: int = 0
    size: int = 20

    def filters(self) -> tuple[Filter, ...]:
        """As the engine takes them."""
        return tuple(found for _, found in self.named_filters())

    def named_filters(self) -> Iterator[tuple[str, Filter]]:
        """Each filter that is set, with the name it has in a request."""
        for name, field in KEYWORDS.items():
            value = getattr(self, name)
            if value:
                found: Filter = AnyOf(field, (value,))
                # What does not say its level suits every level: filtered out, half the needs could not be found.
                yield name, Either((found, Not(Has(field)))) if name in ("level", "degree") else found
        if self.fresh:
            yield "fresh", Between("confirmed_on", clock.today() - timedelta(days=self.fresh))
        if self.place:
            yield "near", Near("place", self.place.lat, self.place.lng, self.place.km)
        if self.since:
            yield "since", Between("published_on", self.since)

    def without(self, name: str) -> "Asked":
        """The same without one filter."""
        empty: Any = {"fresh": 0, "near": None, "since": None}.get(name, "")
        return replace(self, **{"place" if name == "near" else name: empty})


KEYWORDS = {
    "region": "region", "level": "level", "degree": "degree", "major": "majors", "occupation": "occupations",
    "industry": "industry", "chain": "chain", "field": "field", "organisation": "organisation",
}  # fmt: skip
SORTS = frozenset({"newest", "nearest"})
_NEWEST = (("confirmed_on", True),)


def required(terms: int) -> int:
    """How many of so many terms a posting must have: all of two, all but one of three or four, three quarters above.

    With all of four, one word that no posting happens to use hid what the other three had found; with half of them, any
    two words of a sentence were enough.
    """
    if terms <= 2:
        return terms
    return terms - 1 if terms <= 4 else math.ceil(0.75 * terms)


def query_of(asked: Asked, understood: Understood, kind: str, missing: int = 0) -> Query:
    """The question for one kind. `missing`: how many more terms than usual may be absent."""
    plain_query = Query(filters=asked.filters(), size=0)
    by_time = _NEWEST if asked.sort == "newest" else None
    if understood.whole:
        return replace(
            plain_query, text=understood.whole, fields={"title": 1.5, "work": 1.0, "body": 1.0},
            minimum_match=LEAST_OF_A_LONG_TEXT, sort=by_time,
        )  # fmt: skip
    wanted, also = _sorted_out(understood, kind)
    if not wanted:
        return replace(plain_query, sort=_NEWEST)
    groups = tuple(map(group, wanted))
    least = max(1, required(len(groups)) - missing)
    return replace(plain_query, groups=Groups(groups, least, tuple(also)), sort=by_time)


def _sorted_out(understood: Understood, kind: str) -> tuple[list[Term], list[tuple[Alternative, ...]]]:
    """The terms that must be there, and groups that raise a posting that has them.

    A level is never required: a posting without one suits everybody. Nor is a word that says only what the kind says:
    no internship has to call itself 实习.
    """
    also: list[tuple[Alternative, ...]] = []
    wanted = []
    for term in understood.terms:
        if kind in term.kinds or (len(understood.terms) > 1 and (term.level or term.says_little)):
            also.append(group(term))
        else:
            wanted.append(term)
        if term.how == CODE:
            also.append(tuple(_said(name.text, {"title": 1.0}) for name in term.names))
    return wanted, also


def group(term: Term) -> tuple[Alternative, ...]:
    """A term as typed, what it was taken for, and what else says the same; each counts less the further it is away."""
    found: list[Alternative] = []
    for place, spelling in enumerate(term.says):
        found.append(_said(spelling, _times(FIELDS, 0.9**place)))
        found += _other_words(spelling, 0.9**place)
    if term.how in (CORRECTED, SPOKEN):
        found.append(_said(term.typed, FIELDS))
    for name in term.names:
        found += _named(name)
    if term.level:
        found.append(Tagged("level", (str(term.level),), LEVEL_WORTH))
    return tuple(found)


def _other_words(spelling: str, share: float) -> Iterator[Alternative]:
    # A need's title is indexed without pay and 招聘; typed in full it found itself only as "fewer of the words".
    cleaned = clean_title(spelling)
    if cleaned and cleaned != spelling:
        yield _said(cleaned, {"title": FIELDS["title"] * share})
    for other in synonyms().get(plain(spelling), ()):
        yield _said(other, _times(NARROW, SYNONYM * share))
    for table, field in ((trades().occupations_of, "occupations"), (trades().majors_of, "majors")):
        codes = table.get(plain(spelling), ())
        if codes:
            yield Tagged(field, codes[:MOST_CODES], TRADE * share)


def _named(name: Name) -> Iterator[Alternative]:
    if name.kind == "organisation":
        yield Tagged("organisation", name.values, ORGANISATION * name.share)
    elif name.kind in _CODED:
        yield Tagged(_CODED[name.kind], name.values, CODED)
    if name.kind == "occupation":
        for word in trades().words_of.get(name.values[0], ())[:MOST_TRADE_WORDS]:
            yield _said(word, _times(NARROW, TRADE_WORD))
    if name.kind == "skill":
        skill = vocabulary().get(name.values[0])
        for spelling in (skill.name, *skill.aliases) if skill else ():
            yield _said(spelling, _times(NARROW, ALIAS))


_CODED = {
    "region": "region", "major": "majors", "occupation": "occupations", "industry": "industry",
    "posting": "number",
}  # fmt: skip


def _said(words: str, fields: dict[str, float]) -> Said:
    return Said(grams_of(words), fields, FLAT)


def _times(fields: dict[str, float], share: float) -> dict[str, float]:
    return {name: weight * share for name, weight in fields.items()}
