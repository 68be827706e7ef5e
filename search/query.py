"""What can be asked of an index, and what it answers. Text is matched as terms, never as query syntax."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy.typing as npt

from search.analysis import Tokens, analyse
from search.errors import InvalidQuery
from search.schema import (
    Date,
    Keyword,
    Number,
    Place,
    Schema,
    Text,
    Vector,
    check_characters,
    day,
    finite,
    point,
    unit,
)

ANALYSES = ("words", "grams")
MOST_TERMS = 256
"""Distinct terms of each analysis that a query is matched by: the first ones of a longer text."""
DEEPEST_HIT = 10_000
"""offset + size at most: nobody turns that many pages, and engines refuse more."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The field has one of the values (Keyword: str, Number, Date). No values: nothing matches."""

    field: str
    values: tuple[str | float | date, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The Number or Date lies within both bounds, themselves included; None leaves a side open."""

    field: str
    low: float | date | None = None
    high: float | date | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """The Place lies within `km` of the point, along the great circle (地域距离)."""

    field: str
    lat: float
    lng: float
    km: float


@dataclass(frozen=True, slots=True)
class Not:
    """The filter does not hold; a document without the field passes."""

    filter: "Filter"


@dataclass(frozen=True, slots=True)
class Has:
    """The document has a value in the field, of whatever kind."""

    field: str


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the filters holds."""

    filters: tuple["Filter", ...]


Filter = AnyOf | Between | Near | Not | Has | Either


@dataclass(frozen=True, slots=True)
class Overlap:
    """Documents sharing at least `at_least` of the values in a Keyword field (标签重合).

    The score is the sum of the weights of the values shared.
    """

    field: str
    weights: Mapping[str, float]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """The words as they are said: one of the Text `fields` (name → weight) has all the grams.

    Score: in the best of the fields, weight · (flat + Σ BM25 over the grams). BM25 says how rare a gram is in its own index;
    what is flat counts the same in all, so that hits of several indexes can be ranked together.
    """

    grams: tuple[str, ...]
    fields: Mapping[str, float]
    flat: float = 0.0


@dataclass(frozen=True, slots=True)
class Tagged:
    """A Keyword field has one of the values. Score: the weight, however rare the value is."""

    field: str
    values: tuple[str, ...]
    weight: float = 1.0


Alternative = Said | Tagged


@dataclass(frozen=True, slots=True)
class Groups:
    """What is wanted, in groups of alternatives: a term, its synonyms, what it was meant to be (同义、纠错).

    A hit has at least `at_least` of the groups, each by any of its alternatives; groups of `also` need not hold. Score: Σ
    over the groups it has, those of `also` too, of the best alternative, so that saying one thing in three ways counts once.
    """

    groups: tuple[tuple[Alternative, ...], ...]
    at_least: int = 1
    also: tuple[tuple[Alternative, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """One question: by text, by vector, by overlap, by groups, or (none of them) by filters alone.

    text: matched by its words and grams in `fields` (name → weight; None: every Text field with its own
        weight). Score: Σ over fields, analyses and terms of weight · BM25, a repeated term counting again.
    minimum_match: the share (0-1) of the query's distinct words, or of its distinct grams, that a hit has;
        None: one term is enough.
    vector: the nearest `offset + size` of `vector_field` that pass the filters; score: cosine.
    filters: all hold. facets: Keyword fields whose values are counted over all matches. counts: by name, filters of which
        each is asked how many of the matches it finds too.
    sort: Number or Date fields, (name, descending); documents without a value come last either way.
        None: best score first. Equal ones come by key.
    count: whether `Hits.total` must be exact; without it a text search may skip weak documents.
    """

    text: str | Tokens | None = None
    fields: Mapping[str, float] | None = None
    analysis: Mapping[str, float] = field(default_factory=lambda: {"words": 1.0, "grams": 1.0})
    minimum_match: float | None = None
    vector: npt.NDArray[Any] | None = None
    vector_field: str | None = None
    overlap: Overlap | None = None
    groups: Groups | None = None
    filters: tuple[Filter, ...] = ()
    facets: tuple[str, ...] = ()
    counts: Mapping[str, Filter] = field(default_factory=dict)
    sort: tuple[tuple[str, bool], ...] | None = None
    size: int = 10
    offset: int = 0
    count: bool = True

    @property
    def depth(self) -> int:
        """How many of the best hits are needed to cut the page out of them."""
        return self.offset + self.size

    @property
    def scored(self) -> bool:
        """Whether matches differ in their scores."""
        return any(part is not None for part in (self.text, self.vector, self.overlap, self.groups))

    def terms(self) -> dict[str, dict[str, int]]:
        """For each analysis with a weight: the distinct terms of the text and how often each occurs."""
        tokens = analyse(self.text) if isinstance(self.text, str) else self.text or Tokens()
        counted = {name: Counter(getattr(tokens, name)) for name in ANALYSES if self.analysis.get(name)}
        return {name: dict(list(counts.items())[:MOST_TERMS]) for name, counts in counted.items()}

    def weights(self, schema: Schema) -> dict[str, float]:
        """The Text fields asked, with their weights."""
        if self.fields is None:
            return {text.name: text.weight for text in schema.of_kind(Text) if text.weight > 0}
        return {name: weight for name, weight in self.fields.items() if weight > 0}


@dataclass(frozen=True, slots=True)
class Hit:
    key: int
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of the answer; `total` counts all matches (with `count=False`: at least that many)."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def keys(self) -> list[int]:
        return [hit.key for hit in self.hits]


def nothing(query: Query) -> Hits:
    """The answer where there is no index."""
    return Hits(facets={name: {} for name in query.facets}, counts=dict.fromkeys(query.counts, 0))


def grams_of(term: str) -> tuple[str, ...]:
    """The grams that stand for a term in a text: its pairs of neighbours (a single character alone), other scripts
    whole. A text that has them all has, but for rare accidents, the term."""
    grams = list(dict.fromkeys(analyse(term).grams))
    return tuple(gram for gram in grams if len(gram) > 1 or not any(gram in other for other in grams if other != gram))


def needed(share: float, terms: int) -> int:
    """How many of so many terms are at least that share of them (never none)."""
    return max(1, math.ceil(share * terms - 1e-9))


def check(schema: Schema, query: Query) -> None:
    """Raises UnknownField or InvalidQuery, naming what is wrong, before any engine is asked."""
    if query.size < 0 or query.offset < 0 or query.depth > DEEPEST_HIT:
        raise InvalidQuery(f"offset + size is {query.depth}; it is from 0 to {DEEPEST_HIT}")
    if sum(part is not None for part in (query.text, query.vector, query.overlap, query.groups)) > 1:
        raise InvalidQuery("text, vector, overlap and groups are asked as queries of their own, fused by the caller")
    if query.minimum_match is not None and not 0 <= query.minimum_match <= 1:
        raise InvalidQuery(f"minimum_match is a share from 0 to 1, not {query.minimum_match}")
    _check_text(schema, query)
    _check_vector(schema, query)
    if query.overlap is not None:
        _check_overlap(schema, query.overlap)
    if query.groups is not None:
        _check_groups(schema, query.groups)
    for one in (*query.filters, *query.counts.values()):
        _check_filter(schema, one)
    for name in query.facets:
        schema.get(name, Keyword)
    for name, _ in query.sort or ():
        schema.get(name, Number, Date)


def _check_text(schema: Schema, query: Query) -> None:
    for name in query.fields or ():
        schema.get(name, Text)
    for name in query.analysis:
        if name not in ANALYSES:
            raise InvalidQuery(f"there is no analysis {name!r}; there are: {', '.join(ANALYSES)}")
    _check_weights((query.fields or {}).values())
    _check_weights(query.analysis.values())
    if isinstance(query.text, Tokens):
        check_terms((*query.text.words, *query.text.grams))


def _check_overlap(schema: Schema, overlap: Overlap) -> None:
    schema.get(overlap.field, Keyword)
    _check_weights(overlap.weights.values())
    check_terms(overlap.weights)


def _check_groups(schema: Schema, groups: Groups) -> None:
    for one in (alternative for group in (*groups.groups, *groups.also) for alternative in group):
        if isinstance(one, Tagged):
            schema.get(one.field, Keyword)
            _check_weights([one.weight])
            check_terms(one.values)
        else:
            for name in one.fields:
                schema.get(name, Text)
            _check_weights((*one.fields.values(), one.flat))
            check_terms(one.grams)


def _check_weights(weights: Iterable[float]) -> None:
    for weight in weights:
        if not 0 <= weight < float("inf"):
            raise InvalidQuery(f"a weight is a number from 0 up, not {weight}")


def check_terms(terms: Iterable[str]) -> None:
    """Raises InvalidQuery for terms that no index can hold."""
    try:
        check_characters("".join(terms))
    except ValueError as problem:
        raise InvalidQuery(str(problem)) from None


def _check_vector(schema: Schema, query: Query) -> None:
    if query.vector is None:
        return
    if query.facets or query.counts or query.sort:
        raise InvalidQuery("the nearest vectors have no facets, no counts and no other order than nearness")
    target = schema.get(query.vector_field or "", Vector)
    assert isinstance(target, Vector)
    try:
        unit(query.vector, target.dims)
    except (TypeError, ValueError) as problem:
        raise InvalidQuery(f"field {target.name!r}: {problem}") from None


def _check_filter(schema: Schema, one: Filter) -> None:
    match one:
        case Not(inner):
            _check_filter(schema, inner)
        case Either(inners):
            for inner in inners:
                _check_filter(schema, inner)
        case Has(name):
            schema.get(name)
        case _:
            try:
                _check_values(schema, one)
            except (TypeError, ValueError) as problem:
                if isinstance(problem, InvalidQuery) or hasattr(problem, "field"):
                    raise
                raise InvalidQuery(f"field {one.field!r}: {problem}") from None


def _check_values(schema: Schema, one: AnyOf | Between | Near) -> None:
    if isinstance(one, Near):
        schema.get(one.field, Place)
        point(one.lat, one.lng)
        finite(one.km)
        return
    kinds = (Keyword, Number, Date) if isinstance(one, AnyOf) else (Number, Date)
    target = schema.get(one.field, *kinds)
    values = one.values if isinstance(one, AnyOf) else [b for b in (one.low, one.high) if b is not None]
    for value in values:
        if isinstance(target, Number):
            finite(value)
        elif isinstance(target, Date):
            day(value)
        elif not isinstance(value, str):
            raise TypeError(f"strings are wanted, not {type(value).__name__}")
        else:
            check_characters(value)
