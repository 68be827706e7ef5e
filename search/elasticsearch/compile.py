"""A neutral query in Elasticsearch's terms. Terms are looked up as they are: there is no query syntax to escape."""

from collections.abc import Collection
from datetime import date
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query as Clause

from search.elasticsearch.mapping import KEY, LIVE, PRESENT, VALUE, text_field
from search.query import (
    Alternative,
    AnyOf,
    Between,
    Either,
    Filter,
    Has,
    Near,
    Not,
    Overlap,
    Query,
    Said,
    Tagged,
    needed,
)
from search.schema import LONGEST_KEYWORD, Schema, Vector, unit

Body = dict[str, Any]
MOST_FACET_VALUES = 10_000
MOST_CANDIDATES = 10_000
"""More than this the server refuses to look at for one nearest-vectors search."""
COUNT = "count "
"""What the aggregation of a count is called before its name; no field begins so."""
LONGEST_TOKEN = 255
"""Where the server cuts terms of a text. No longer one is found, and asking for one of tens of thousands is an error."""
_SHORTEST_KM = 0.001
_LONGEST_KM = 20_100.0
"""Further than any two points of the earth; the server takes neither nothing nor more than it can measure."""
_SPARE = 20
"""Neighbours asked beyond those wanted, so that equal ones at the edge come by key."""
_CANDIDATES = 1.5
"""The graph is walked for so many times the neighbours wanted: that finds .999 of the 200 nearest of 10,000."""
_EXACT = 1.0
"""Of all neighbours kept the exact cosine is taken: by those of the graph, rounded to 8 bits, .98 would be found."""


def body_of(schema: Schema, query: Query) -> Body:
    """The whole search. Each hit says its key as the last of its sort values, and nothing is fetched for it."""
    body: Body = {"from": query.offset, "size": query.size, "stored_fields": "_none_"}
    if query.vector is not None:
        return body | {"knn": _nearest(schema, query), "sort": ["_score", KEY]}
    body["query"] = _matching(schema, query)
    body["sort"] = _sort(query)
    body["track_total_hits"] = query.count or not query.size
    if scored(query) and query.sort:
        body["track_scores"] = True
    aggregations: Body = {
        name: {"terms": {"field": VALUE + name, "size": MOST_FACET_VALUES}} for name in query.facets
    }
    for name, one in query.counts.items():
        aggregations[COUNT + name] = {"filter": compiled(schema, one).to_dict()}
    return body | {"aggs": aggregations} if aggregations else body


def scored(query: Query) -> bool:
    """Whether matches differ in their scores."""
    return query.scored


def live() -> Clause:
    """Everything but tombstones."""
    return Q("term", **{PRESENT: LIVE})


def _matching(schema: Schema, query: Query) -> Body:
    """Scored text or overlap where there is one, within the filters. A tombstone has neither text nor values, so only a
    query by filters alone must keep it out."""
    restrictions = [compiled(schema, one).to_dict() for one in query.filters]
    if query.text is not None:
        clauses, least = _text(schema, query), 1
        restrictions += _enough(schema, query)
    elif query.overlap is not None:
        clauses, least = _overlap(query.overlap), max(1, query.overlap.at_least)
    elif query.groups is not None:
        clauses, least = [_group(group) for group in query.groups.groups], max(1, query.groups.at_least)
        if query.groups.also:
            return _raised(clauses, least, query.groups.also, restrictions)
    else:
        return {"bool": {"filter": [live().to_dict(), *restrictions]}}
    if len(clauses) < least:
        return {"match_none": {}}
    return {"bool": {"should": clauses, "minimum_should_match": least, "filter": restrictions}}


def _text(schema: Schema, query: Query) -> list[Body]:
    """One flat union of terms: only so can Lucene skip documents that cannot reach the best ones.

    Plain dicts: two hundred terms cost 4 ms as objects of the client's query language, and a long text has a thousand.
    """
    terms = query.terms()
    return [
        {"term": {text_field(name, analysis): {"value": term, "boost": weight * share * times}}}
        for name, weight in query.weights(schema).items()
        for analysis, counted in terms.items()
        for share in [query.analysis[analysis]]
        for term, times in counted.items()
        if len(term) <= LONGEST_TOKEN
    ]


def _enough(schema: Schema, query: Query) -> list[Body]:
    if not query.minimum_match:
        return []
    fields = list(query.weights(schema))
    ways = [
        _at_least(query.minimum_match, [text_field(name, analysis) for name in fields], terms)
        for analysis, terms in query.terms().items()
        if terms
    ]
    return [{"bool": {"should": ways}} if ways else {"match_none": {}}]


def _at_least(share: float, fields: list[str], terms: Collection[str]) -> Body:
    each = [
        {"bool": {"should": [{"term": {field: term}} for field in fields]}}
        for term in terms
        if len(term) <= LONGEST_TOKEN
    ]
    return {"bool": {"should": each, "minimum_should_match": needed(share, len(terms))}}


def _overlap(overlap: Overlap) -> list[Body]:
    return [
        {"constant_score": {"filter": {"term": {VALUE + overlap.field: value}}, "boost": weight}}
        for value, weight in overlap.weights.items()
        if len(value) <= LONGEST_KEYWORD
    ]


def _raised(clauses: list[Body], least: int, also: Collection[Collection[Alternative]], filters: list[Body]) -> Body:
    enough = {"bool": {"should": clauses, "minimum_should_match": least}} if len(clauses) >= least else {"match_none": {}}
    return {"bool": {"must": [enough], "should": [_group(group) for group in also], "filter": filters}}


def _group(group: Collection[Alternative]) -> Body:
    return _best([way for one in group for way in _ways(one)])


def _ways(one: Alternative) -> list[Body]:
    if isinstance(one, Tagged):
        values = [value for value in one.values if _findable(value)]
        return [{"constant_score": {"filter": {"terms": {VALUE + one.field: values}}, "boost": one.weight}}]
    if not one.grams or any(len(gram) > LONGEST_TOKEN for gram in one.grams):
        return []
    return [_all(text_field(name, "grams"), one, weight) for name, weight in one.fields.items()]


def _all(field: str, said: Said, weight: float) -> Body:
    each: list[Body] = [{"term": {field: {"value": gram, "boost": weight}}} for gram in said.grams]
    if said.flat:
        each.append({"constant_score": {"filter": {"term": {field: said.grams[0]}}, "boost": weight * said.flat}})
    return {"bool": {"must": each}}


def _best(ways: list[Body]) -> Body:
    """Those that one of the ways finds, with the best score among them."""
    return {"dis_max": {"queries": ways}} if ways else {"match_none": {}}


def _sort(query: Query) -> list[Any]:
    if not query.sort:
        return ["_score", KEY] if scored(query) else [KEY]
    return [*({VALUE + name: "desc" if descending else "asc"} for name, descending in query.sort), KEY]


def _nearest(schema: Schema, query: Query) -> Body:
    target = schema.get(query.vector_field or "", Vector)
    assert isinstance(target, Vector)
    wanted = min(query.depth + _SPARE, MOST_CANDIDATES)
    knn = {
        "field": VALUE + target.name,
        "query_vector": unit(query.vector, target.dims).tolist(),
        "k": wanted,
        "num_candidates": min(int(wanted * _CANDIDATES), MOST_CANDIDATES),
        "rescore_vector": {"oversample": _EXACT},
    }
    if query.filters:
        knn["filter"] = [compiled(schema, one).to_dict() for one in query.filters]
    return knn


def compiled(schema: Schema, one: Filter) -> Clause:
    """A filter as the server takes it."""
    match one:
        case AnyOf(name, values):
            return Q("terms", **{VALUE + name: [_plain(value) for value in values if _findable(value)]})
        case Between(name, low, high):
            return _between(name, low, high)
        case Near():
            return _near(one)
        case Has(name):
            return Q("term", **{PRESENT: name})
        case Not(inner):
            return Q("bool", filter=[live()], must_not=[compiled(schema, inner)])
        case Either(inners):
            ways = [compiled(schema, inner) for inner in inners]
            return Q("bool", should=ways, minimum_should_match=1) if ways else Q("match_none")


def _between(name: str, low: float | date | None, high: float | date | None) -> Clause:
    bounds = {side: _plain(bound) for side, bound in (("gte", low), ("lte", high)) if bound is not None}
    return Q("range", **{VALUE + name: bounds}) if bounds else Q("term", **{PRESENT: name})


def _near(near: Near) -> Clause:
    if near.km < 0:
        return Q("match_none")
    distance = min(max(near.km, _SHORTEST_KM), _LONGEST_KM)
    center = {"lat": near.lat, "lon": near.lng}
    return Q("geo_distance", distance=f"{distance}km", **{VALUE + near.field: center})


def _findable(value: str | float | date) -> bool:
    return not isinstance(value, str) or len(value) <= LONGEST_KEYWORD


def _plain(value: str | float | date) -> str | float:
    return value.isoformat() if isinstance(value, date) else value
