"""The types of question that are timed."""

from collections.abc import Callable
from typing import Any

import numpy.typing as npt

from search.corpus import Corpus
from search.engine import Engine
from search.query import AnyOf, Between, Filter, Near, Overlap, Query
from search.retrieval import retrieve
from search.schema import Vector

NEAREST = 200
_NARROW: tuple[Filter, ...] = (AnyOf("kind", ("major", "teacher")), Between("level", 3, None))


def questions(engine: Engine, corpus: Corpus) -> dict[str, Callable[[], object]]:
    """Each asks anew whenever it is called."""
    schema = corpus.schema

    def asked(make: Callable[[], Query]) -> Callable[[], object]:
        return lambda: engine.search(schema, [make()])

    made = {
        "title": asked(lambda: Query(text=corpus.title())),
        "title, page": asked(
            lambda: Query(text=corpus.title(), filters=_NARROW, facets=("kind", "skills"), minimum_match=0.75)
        ),
        "facets": asked(lambda: Query(filters=_NARROW, facets=("kind", "skills"), size=0)),
        "completion": asked(lambda: beginning(corpus.title()[:3])),
        "advertisement": asked(lambda: Query(text=corpus.document(0).values["body"], size=100)),  # type: ignore[arg-type]
        "newest": asked(lambda: Query(filters=_NARROW, sort=(("confirmed", True),), facets=("kind",))),
        "near": asked(lambda: Query(filters=(Near("place", 31.2, 121.4, 300),))),
        "overlap": asked(
            lambda: Query(overlap=Overlap("skills", dict.fromkeys(corpus.skills(), 1.0), 2), size=50)
        ),
        "retrieve, title": lambda: retrieve(engine, schema, corpus.probe(body=False)),
        "retrieve, advertisement": lambda: retrieve(engine, schema, corpus.probe()),
    }
    if schema.of_kind(Vector):
        made["vector"] = asked(lambda: nearest(corpus.vector()))
        made["vector, filtered"] = asked(lambda: nearest(corpus.vector(), _NARROW))
    return made


def beginning(typed: str) -> Query:
    """Titles that have what was typed: every character and every pair of neighbours of it."""
    return Query(text=typed, fields={"title": 1.0}, analysis={"grams": 1.0}, minimum_match=1.0, count=False)


def nearest(vector: npt.NDArray[Any] | None, filters: tuple[Filter, ...] = ()) -> Query:
    return Query(vector=vector, vector_field="vector", size=NEAREST, filters=filters)
