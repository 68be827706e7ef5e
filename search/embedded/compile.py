"""A neutral query in tantivy's terms. Terms are looked up as they are: there is no query syntax to escape."""

import math
from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt
import tantivy

from search.embedded.fields import LIVE, PRESENT, VALUE, day_number, text_field
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
    Overlap,
    Query,
    Said,
    Tagged,
    needed,
)
from search.schema import Date, Keyword, Schema

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

Floats = npt.NDArray[np.float64]
_Q = tantivy.Query
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class Compiler:
    """Builds tantivy queries for one schema against one searcher (places are looked up in it)."""

    def __init__(self, schema: Schema, stored: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._stored = stored
        self._searcher = searcher

    def matching(self, query: Query) -> tantivy.Query:
        """The query without its vector: scored text or overlap where there is one, within the filters."""
        restrictions = [self.filter(one) for one in query.filters]
        if query.text is not None:
            scored = self._text(query)
            restrictions += self._enough(query)
        elif query.overlap is not None:
            scored = self._overlap(query.overlap, query.count)
        elif query.groups is not None:
            scored = self._groups(query.groups)
        else:
            scored = self.live()
        if not restrictions:
            return scored
        return _Q.boolean_query([(_MUST, scored), *((_MUST, _unscored(one)) for one in restrictions)])

    def narrowed(self, compiled: tantivy.Query, one: Filter) -> tantivy.Query:
        """Those of the matches that a filter finds too."""
        return _Q.boolean_query([(_MUST, _unscored(compiled)), (_MUST, _unscored(self.filter(one)))])

    def live(self) -> tantivy.Query:
        """Everything but tombstones."""
        return self._term(PRESENT, LIVE)

    def filters(self, filters: Iterable[Filter]) -> tantivy.Query:
        """Live documents for which all filters hold."""
        return _Q.boolean_query([(_MUST, self.live()), *((_MUST, self.filter(one)) for one in filters)])

    def filter(self, one: Filter) -> tantivy.Query:
        match one:
            case AnyOf(name, values):
                return self._any_of(name, values)
            case Between(name, low, high):
                return self._between(name, low, high)
            case Near():
                return self._near(one)
            case Has(name):
                return self._term(PRESENT, name)
            case Not(inner):
                return _Q.boolean_query([(_MUST, self.live()), (_NOT, self.filter(inner))])
            case Either(inners):
                return _Q.boolean_query([(_SHOULD, self.filter(inner)) for inner in inners])

    def _term(self, name: str, value: str) -> tantivy.Query:
        return _Q.term_query(self._stored, name, value, index_option="basic")

    def _any_of(self, name: str, values: Iterable[str | float | date]) -> tantivy.Query:
        target = self._schema.get(name)
        if isinstance(target, Keyword):
            return _Q.term_set_query(self._stored, VALUE + name, list(values))
        return _Q.boolean_query([(_SHOULD, self._between(name, value, value)) for value in values])  # type: ignore[arg-type]

    def _between(self, name: str, low: float | date | None, high: float | date | None) -> tantivy.Query:
        if isinstance(self._schema.get(name), Date):
            kind = tantivy.FieldType.Integer
            bounds = [day_number(bound) if isinstance(bound, date) else None for bound in (low, high)]
        else:
            kind = tantivy.FieldType.Float
            bounds = [None if bound is None else float(bound) for bound in (low, high)]  # type: ignore[arg-type, misc]
        if bounds == [None, None]:
            return self._term(PRESENT, name)
        return _Q.range_query(self._stored, VALUE + name, kind, bounds[0], bounds[1])

    def _near(self, near: Near) -> tantivy.Query:
        name = VALUE + near.field
        places = [term for term, _ in self._searcher.terms_with_prefix(name, "")]
        if not places:
            return _Q.empty_query()
        points = np.array([term.split(",") for term in places], dtype=np.float64)
        close = np.flatnonzero(kilometres(near.lat, near.lng, points[:, 0], points[:, 1]) <= near.km)
        return _Q.term_set_query(self._stored, name, [places[index] for index in close])

    def _text(self, query: Query) -> tantivy.Query:
        # One flat union of terms: only so can tantivy skip documents that cannot reach the best ones.
        clauses = [
            (_SHOULD, self._weighted(text_field(name, analysis), term, weight * share * times))
            for name, weight in query.weights(self._schema).items()
            for analysis, terms in query.terms().items()
            for share in [query.analysis[analysis]]
            for term, times in terms.items()
        ]
        return _Q.boolean_query(clauses)

    def _weighted(self, name: str, term: str, weight: float) -> tantivy.Query:
        found = _Q.term_query(self._stored, name, term, index_option="freq")
        return found if weight == 1.0 else _Q.boost_query(found, weight)

    def _enough(self, query: Query) -> list[tantivy.Query]:
        if not query.minimum_match:
            return []
        ways = [
            (_SHOULD, self._at_least(query.minimum_match, analysis, terms, query.weights(self._schema)))
            for analysis, terms in query.terms().items()
            if terms
        ]
        return [_Q.boolean_query(ways)]

    def _at_least(
        self, share: float, analysis: str, terms: Iterable[str], fields: Iterable[str]
    ) -> tantivy.Query:
        names = [text_field(name, analysis) for name in fields]
        each = [(_SHOULD, _any([self._term(name, term) for name in names])) for term in terms]
        return _Q.boolean_query(each, minimum_number_should_match=needed(share, len(each)))

    def _overlap(self, overlap: Overlap, count: bool) -> tantivy.Query:
        clauses = [
            (_SHOULD, _Q.const_score_query(self._term(VALUE + overlap.field, value), weight))
            for value, weight in overlap.weights.items()
        ]
        if by_number(overlap, count):
            return _Q.boolean_query(clauses)
        return _Q.boolean_query(clauses, minimum_number_should_match=max(1, overlap.at_least))

    def _groups(self, groups: Groups) -> tantivy.Query:
        each = [(_SHOULD, self._group(group)) for group in groups.groups]
        enough = _Q.boolean_query(each, minimum_number_should_match=max(1, groups.at_least))
        also = [(_SHOULD, self._group(group)) for group in groups.also]
        return _Q.boolean_query([(_MUST, enough), *also]) if also else enough

    def _group(self, group: Iterable[Alternative]) -> tantivy.Query:
        return _best([self._alternative(one) for one in group])

    def _alternative(self, one: Alternative) -> tantivy.Query:
        if isinstance(one, Tagged):
            found = _Q.term_set_query(self._stored, VALUE + one.field, list(one.values))
            return _Q.const_score_query(found, one.weight)
        return _best([self._all(text_field(name, "grams"), one, weight) for name, weight in one.fields.items()])

    def _all(self, name: str, said: Said, weight: float) -> tantivy.Query:
        each = [(_MUST, self._weighted(name, gram, weight)) for gram in said.grams]
        if said.flat and said.grams:
            each.append((_MUST, _Q.const_score_query(self._term(name, said.grams[0]), weight * said.flat)))
        return _Q.boolean_query(each)


def _best(queries: list[tantivy.Query]) -> tantivy.Query:
    """Those that one of the queries finds, with the best score among them."""
    if not queries:
        return _Q.empty_query()
    return queries[0] if len(queries) == 1 else _Q.disjunction_max_query(queries)


def by_number(overlap: Overlap, count: bool) -> bool:
    """Whether the score is the number of values shared, so that those that share too few come last and can be cut off
    afterwards: to have them left out in the search takes twice as long."""
    return not count and all(weight == 1.0 for weight in overlap.weights.values())


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else _Q.boolean_query([(_SHOULD, query) for query in queries])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return _Q.const_score_query(query, 0.0)


def kilometres(lat: float, lng: float, lats: Floats, lngs: Floats) -> Floats:
    """Great-circle distances from one point (degrees) to many, by the haversine formula."""
    phi, phis = math.radians(lat), np.radians(lats)
    half = np.sin((phis - phi) / 2) ** 2
    half += math.cos(phi) * np.cos(phis) * np.sin(np.radians(lngs - lng) / 2) ** 2
    distances: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return distances
