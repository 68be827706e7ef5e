"""Candidates for a record (候选召回): what text, vector and shared tags find, joined without their scores."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any, Protocol

import numpy.typing as npt

from search.analysis import Tokens
from search.engine import Engine
from search.query import Filter, Overlap, Query
from search.schema import Keyword, Schema, Text, Vector

MOST_PROBE_TERMS = 48
"""Terms of each analysis a probe asks with: a whole advertisement has 1,700 and costs ten times as much."""
TITLE_WEIGHT = 2
SHARED_TAGS = 0.3
"""The share of the probe's tags that a candidate has at least."""


class Probe(Protocol):
    """What candidates are wanted for."""

    @property
    def title(self) -> Tokens: ...
    @property
    def body(self) -> Tokens: ...
    @property
    def vector(self) -> npt.NDArray[Any] | None: ...
    @property
    def keywords(self) -> Sequence[str]: ...
    @property
    def filters(self) -> tuple[Filter, ...]: ...


def retrieve(
    engine: Engine,
    schema: Schema,
    probe: Probe,
    *,
    text_k: int = 100,
    vector_k: int = 200,
    keyword_k: int = 50,
) -> list[int]:
    """Keys worth scoring, without repeats: first all first places, then all second ones, and so on.

    Found by words, by grams (each the `text_k` best by BM25 with the probe's most telling terms), by the
    first Vector field (`vector_k` nearest) and by the first Keyword field with many values (`keyword_k`
    that share at least 0.3 of the probe's keywords). All are asked in one search.
    """
    queries = [*_text(engine, schema, probe, text_k), *_vector(schema, probe, vector_k)]
    queries += _keywords(schema, probe, keyword_k)
    answers = [hits.keys for hits in engine.search(schema, queries)]
    ranks = chain.from_iterable(zip_longest(*answers))
    return list(dict.fromkeys(key for key in ranks if key is not None))


def _text(engine: Engine, schema: Schema, probe: Probe, size: int) -> list[Query]:
    queries = []
    for analysis in ("words", "grams"):
        counts = Counter(getattr(probe.body, analysis))
        for term in getattr(probe.title, analysis):
            counts[term] += TITLE_WEIGHT
        best = _telling(engine, schema, analysis, counts)
        if best:
            text = Tokens(**{analysis: best})
            queries.append(
                Query(text=text, analysis={analysis: 1.0}, filters=probe.filters, size=size, count=False)
            )
    return queries


def _telling(engine: Engine, schema: Schema, analysis: str, counts: Counter[str]) -> tuple[str, ...]:
    """The terms with the highest tf · idf, each as often as it counts; terms no document has are left out."""
    fields = schema.of_kind(Text)
    if not counts or not fields:
        return ()
    frequency = dict.fromkeys(counts, 0)
    for field in fields:
        found = engine.document_frequency(schema, field.name, analysis, list(counts))
        for term, number in zip(counts, found, strict=True):
            frequency[term] = max(frequency[term], number)
    most = max(frequency.values())
    value = {term: counts[term] * math.log1p(most / number) for term, number in frequency.items() if number}
    best = sorted(value, key=lambda term: (-value[term], term))[:MOST_PROBE_TERMS]
    return tuple(term for term in best for _ in range(counts[term]))


def _vector(schema: Schema, probe: Probe, size: int) -> list[Query]:
    fields = schema.of_kind(Vector)
    if probe.vector is None or not fields:
        return []
    return [Query(vector=probe.vector, vector_field=fields[0].name, filters=probe.filters, size=size)]


def _keywords(schema: Schema, probe: Probe, size: int) -> list[Query]:
    fields = [field for field in schema.of_kind(Keyword) if field.many]
    distinct = sorted(set(probe.keywords))
    if not distinct or not fields:
        return []
    overlap = Overlap(fields[0].name, dict.fromkeys(distinct, 1.0), math.ceil(SHARED_TAGS * len(distinct)))
    return [Query(overlap=overlap, filters=probe.filters, size=size, count=False)]
