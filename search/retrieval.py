"""Candidates for a record (候选召回): what text, vector and shared tags find, joined without their scores."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any, Protocol

import numpy.typing as npt

from search.analysis import Tokens
from search.engine import Engine
from search.query import ANALYSES, Filter, Overlap, Query
from search.schema import Keyword, Schema, Text, Vector

MOST_PROBE_TERMS = 32
"""Terms a probe asks with, words and grams together: a whole advertisement has 1,700, costs twenty times as much and finds
no more of what is wanted."""
_SAID_ENOUGH = 32
"""Terms of more than one character; a probe that has so many does not ask for single ones. They help a short title, and in
a long text they are everywhere."""
TITLE_WEIGHT = 2
SHARED_TAGS = 0.3
"""The share of the probe's tags that a candidate has at least."""
_MOST_TAGGED = 30_000
"""Documents that have the tags asked for, counted once for each tag. A tag that nearly all have tells nothing, and to ask for it
takes longer than everything else; a region's distinct texts stay below."""

Term = tuple[str, str]
"""An analysis and a term of it."""


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

    Found by text (the `text_k` best by BM25 with the probe's most telling words and grams), by the first Vector
    field (`vector_k` nearest) and by the first Keyword field with many values (`keyword_k` that share at least 0.3
    of the probe's keywords). All are asked in one search.
    """
    queries = [*_text(engine, schema, probe, text_k), *_vector(schema, probe, vector_k)]
    queries += _keywords(engine, schema, probe, keyword_k)
    # To ask for none would be to ask how many there are.
    answers = [hits.keys for hits in engine.search(schema, [query for query in queries if query.size])]
    ranks = chain.from_iterable(zip_longest(*answers))
    return list(dict.fromkeys(key for key in ranks if key is not None))


def _text(engine: Engine, schema: Schema, probe: Probe, size: int) -> list[Query]:
    terms = telling(engine, schema, probe.title, probe.body)
    if not terms:
        return []
    repeated = {
        analysis: tuple(
            term for (kind, term), times in terms.items() if kind == analysis for _ in range(times)
        )
        for analysis in ANALYSES
    }
    return [Query(text=Tokens(**repeated), filters=probe.filters, size=size, count=False)]


def telling(
    engine: Engine, schema: Schema, title: Tokens, body: Tokens, most: int = MOST_PROBE_TERMS
) -> dict[Term, int]:
    """The terms with the highest tf · idf and how often each counts; terms that no document has are left out.

    Half of the words are grams too: such a gram is left out, and the word counts for both.
    """
    asked = _asked(title, body)
    frequency = _frequencies(engine, schema, asked)
    known = {term: times for term, times in asked.items() if frequency[term]}
    for kind, term in [term for term in known if term[0] == "words"]:
        known[kind, term] += known.pop(("grams", term), 0)
    if not known:
        return {}
    documents = max(frequency.values())
    value = {term: times * math.log1p(documents / frequency[term]) for term, times in known.items()}
    best = sorted(value, key=lambda term: (-value[term], term))[:most]
    return {term: known[term] for term in best}


def _asked(title: Tokens, body: Tokens) -> Counter[Term]:
    counts: Counter[Term] = Counter()
    for analysis in ANALYSES:
        for term in getattr(body, analysis):
            counts[analysis, term] += 1
        for term in getattr(title, analysis):
            counts[analysis, term] += TITLE_WEIGHT
    longer = Counter({term: times for term, times in counts.items() if len(term[1]) > 1})
    return longer if len(longer) >= _SAID_ENOUGH else counts


def _frequencies(engine: Engine, schema: Schema, asked: Iterable[Term]) -> dict[Term, int]:
    """In how many documents each occurs, in the field where it occurs in most."""
    frequency = dict.fromkeys(asked, 0)
    for analysis in ANALYSES:
        terms = [term for kind, term in frequency if kind == analysis]
        for field in schema.of_kind(Text) if terms else ():
            found = engine.document_frequency(schema, field.name, analysis, terms)
            for term, number in zip(terms, found, strict=True):
                frequency[analysis, term] = max(frequency[analysis, term], number)
    return frequency


def _vector(schema: Schema, probe: Probe, size: int) -> list[Query]:
    fields = schema.of_kind(Vector)
    if probe.vector is None or not fields:
        return []
    return [Query(vector=probe.vector, vector_field=fields[0].name, filters=probe.filters, size=size)]


def _keywords(engine: Engine, schema: Schema, probe: Probe, size: int) -> list[Query]:
    fields = [field for field in schema.of_kind(Keyword) if field.many]
    distinct = sorted(set(probe.keywords))
    if not distinct or not fields:
        return []
    name = fields[0].name
    asked = _rarest(distinct, engine.document_frequency(schema, name, "values", distinct))
    # A tag that is not asked for counts as shared.
    least = max(1, math.ceil(SHARED_TAGS * len(distinct)) - (len(distinct) - len(asked)))
    return [Query(overlap=Overlap(name, dict.fromkeys(asked, 1.0), least), filters=probe.filters, size=size, count=False)]


def _rarest(tags: Sequence[str], frequency: Sequence[int]) -> list[str]:
    """The tags that fewest documents have, as many as may be asked for; at least the rarest that there is."""
    asked: list[str] = []
    tagged = 0
    for number, tag in sorted(zip(frequency, tags, strict=True)):
        if tagged and tagged + number > _MOST_TAGGED:
            break
        asked.append(tag)
        tagged += number
    return asked
