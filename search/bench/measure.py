"""One engine, one size of corpus: the whole report."""

from typing import Any

import numpy as np

from search.analysis import Tokeniser
from search.bench.building import build, tokenising
from search.bench.questions import NEAREST, nearest, questions
from search.bench.stores import Store
from search.bench.timing import Yardstick, own_megabytes, timed
from search.corpus import Corpus
from search.engine import Engine
from search.query import AnyOf, Filter

_RECALL_QUERIES = 50
_MOST_FOR_RECALL = 200_000
"""Vectors beside which all are compared, to know the true neighbours: more would not fit beside the engine."""
_WRITES = 10


def measure(
    store: Store, tokeniser: Tokeniser, name: str, documents: int, asked: int, dims: int
) -> dict[str, Any]:
    """The build, each type of query, single writes, and what is missed of the nearest. Times in milliseconds."""
    engine, corpus, yardstick = store.engine, Corpus(dims), Yardstick()
    report: dict[str, Any] = {"engine": name, "documents": documents, "dims": dims}
    report["tokenising"] = tokenising(tokeniser)
    with engine.writer(corpus.schema) as writer:
        report |= build(writer, corpus, tokeniser, documents)
    # Questions are asked of an index at rest: closing the writer waits for what it merges.
    report["bytes_per_document"] = round(store.bytes(corpus.schema) / max(documents, 1))
    first, _ = timed(lambda: [ask() for ask in questions(engine, corpus).values()])
    report["first_answers_milliseconds"] = round(first)
    times = {kind: yardstick.compared(ask, asked) for kind, ask in questions(engine, corpus).items()}
    with engine.writer(corpus.schema) as writer:
        times["apply one"] = yardstick.compared(lambda: writer.apply([corpus.document(0)]), _WRITES)
    report["milliseconds"] = times
    report["yardstick_milliseconds"] = yardstick.times()
    report["peak_megabytes"] = store.megabytes()
    report["client_megabytes"] = own_megabytes()
    if dims and documents <= _MOST_FOR_RECALL:
        report["nearest"] = _found(engine, corpus, documents, yardstick)
    return report


def growth(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians of several sizes beside each other."""
    kinds = reports[0]["milliseconds"]
    return {
        "documents": [report["documents"] for report in reports],
        "p50": {kind: [report["milliseconds"][kind]["p50"] for report in reports] for kind in kinds},
        "ratio": {kind: [report["milliseconds"][kind]["ratio"] for report in reports] for kind in kinds},
    }


def _found(engine: Engine, corpus: Corpus, number: int, yardstick: Yardstick) -> dict[str, Any]:
    """How many of the true nearest are found, with filters and without, and how long comparing all vectors takes."""
    documents = list(Corpus(corpus.dims).documents(number))
    rows = np.array([document.values["vector"] for document in documents], dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    passing = np.array([document.values["kind"] == "major" for document in documents])
    shares: dict[str, list[float]] = {"recall@200": [], "recall@200, filtered": []}
    for _ in range(_RECALL_QUERIES):
        vector = corpus.vector()
        assert vector is not None
        cosines = rows @ vector
        shares["recall@200"].append(_share(engine, corpus, vector, cosines))
        only = np.where(passing, cosines, -np.inf)
        shares["recall@200, filtered"].append(_share(engine, corpus, vector, only, AnyOf("kind", ("major",))))
    toward = rows[0]
    recall: dict[str, Any] = {name: round(float(np.mean(found)), 4) for name, found in shares.items()}
    return recall | {"brute_force_milliseconds": yardstick.compared(lambda: rows @ toward, 20)}


def _share(engine: Engine, corpus: Corpus, vector: Any, cosines: Any, *filters: Filter) -> float:
    wanted = min(NEAREST, int(np.isfinite(cosines).sum()))
    best = np.argpartition(-cosines, wanted - 1)[:wanted]
    (hits,) = engine.search(corpus.schema, [nearest(vector, filters)])
    return len(set(best.tolist()) & set(hits.keys)) / wanted
