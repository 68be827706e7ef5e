"""The answer without the index: the database's own rows, the same filters, found by title and owner alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from matching.taxonomy.regions import haversine_km
from rongqiao.indexing.documents import filterable, indexed_row
from rongqiao.postings import selectors
from rongqiao.postings.content import public_content
from rongqiao.postings.models import Posting
from search.query import AnyOf, Between, Either, Filter, Has, Near, Not

from .asking import Asked
from .understanding import Term, Understood

MOST_READ = 2_000
"""Rows that are looked at, the newest first: enough for an answer, few enough to come within a second."""
MOST_SPELLINGS = 4


def find(asked: Asked, understood: Understood) -> list[Posting]:
    """The open postings whose title or owner has all of the terms (any of them, where none has all), those that say most
    of them outright first, then the newest.

    Every filter is the one the engine applies, on the values the index would hold.
    """
    rows = _narrowed(asked)
    terms = [_says(term) for term in understood.terms if asked.kind not in term.kinds or not asked.kind]
    if understood.whole:
        terms = [Q(title__icontains=line.strip()[:60]) for line in understood.whole.splitlines()[:1]]
    every = rows
    for term in terms:
        every = every.filter(term)
    found = _passing(every, asked)
    if not found and len(terms) > 1:
        anyone = Q()
        for term in terms:
            anyone |= term
        found = _passing(rows.filter(anyone), asked)
    return found if asked.sort else sorted(found, key=lambda posting: -_said_outright(posting, understood))


def _said_outright(posting: Posting, understood: Understood) -> int:
    """How many of the terms stand in the title as they were typed."""
    return sum(term.says[0] in posting.title.lower() for term in understood.terms)


def _narrowed(asked: Asked) -> "QuerySet[Posting]":
    """What the database can filter by itself."""
    rows = selectors.latest_open().select_related("organisation__enterprise")
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    rows = rows.filter(region_code__startswith=_above(asked.region)) if asked.region else rows
    return rows.filter(organisation_id=int(asked.organisation)) if asked.organisation.isdigit() else rows


def _above(code: str) -> str:
    """The part of a division's code that those below it share."""
    for ending in ("0000", "00"):
        if code.endswith(ending):
            return code.removesuffix(ending)
    return code


def _says(term: Term) -> Q:
    said = Q()
    for spelling in (*term.says[:MOST_SPELLINGS], *(name.text for name in term.names[:MOST_SPELLINGS])):
        said |= Q(title__icontains=spelling) | Q(organisation__name__icontains=spelling)
    owners = [value for name in term.names if name.kind == "organisation" for value in name.values]
    return said | Q(organisation_id__in=owners)


def _passing(rows: "QuerySet[Posting]", asked: Asked) -> list[Posting]:
    """Those that pass every filter, and whose title may be seen: what hides its title must not be found by it."""
    filters = asked.filters()
    found = []
    for posting in rows[:MOST_READ]:
        seen = not asked.words or "title" in posting.kind_of.visible(posting.details)
        if seen and (not filters or _passes(posting, filters)):
            found.append(posting)
    return found


def _passes(posting: Posting, filters: tuple[Filter, ...]) -> bool:
    values = filterable(posting, indexed_row(posting, 0), public_content(posting))
    return all(holds(one, values) for one in filters)


def holds(one: Filter, values: Mapping[str, Any]) -> bool:
    """Whether a filter holds for a document's values, as an engine would say."""
    match one:
        case AnyOf(name, wanted):
            return any(value in wanted for value in _listed(values.get(name)))
        case Between(name, low, high):
            return any(_within(value, low, high) for value in _listed(values.get(name)))
        case Near(name, lat, lng, km):
            place = values.get(name)
            return place is not None and haversine_km(lat, lng, *place) <= km
        case Has(name):
            return values.get(name) is not None
        case Not(inner):
            return not holds(inner, values)
        case Either(inners):
            return any(holds(inner, values) for inner in inners)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _within(value: Any, low: float | date | None, high: float | date | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)
