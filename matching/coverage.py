"""How much of a need's text an offer's text covers (文本相关), for many contents against one.

The need is always the query and the offer always the text, whichever side asks, so that both sides see
one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.records import FloatArray
from matching.terms import Bag
from matching.weights import TextConstants

_SIEVE_BITS = 16
_COSINE_STEPS = 2_048


@dataclass(frozen=True, slots=True, eq=False)
class PrunedQuery:
    """The best terms of a need: ascending hashes, their weights idf·tf, and the sum of the weights."""

    hashes: NDArray[np.uint32]
    weights: FloatArray
    total: float


def prune(bag: Bag, idf: FloatArray, best: int) -> PrunedQuery:
    """Keep the `best` terms of a need by idf·tf; ties go to the smaller hash."""
    weights = idf * bag.counts
    kept = np.sort(np.lexsort((bag.hashes, -weights))[:best])
    return PrunedQuery(bag.hashes[kept], weights[kept], float(weights[kept].sum()))


def coverage(
    queries: Sequence[PrunedQuery], offers: Sequence[Bag], average: float, constants: TextConstants
) -> FloatArray:
    """Share of each query's weight that each offer covers, in [0, 1), NaN where a side has no terms.

    Either one query and n offers or n queries and one offer. A term that stands t times in an offer of
    length l is covered to t / (t + k1·(1 − b + b·l/average)), the saturation of BM25. The sum over the
    matched terms is taken in the order of their hashes, so that a pair scores the same alone as in a
    batch.
    """
    if len(queries) == 1:
        pair, term, count = _terms_in_offers(queries[0], offers)
        weight = queries[0].weights[term]
    else:
        pair, weight, count = _offer_in_queries(queries, offers[0])
    n = max(len(queries), len(offers))
    lengths = np.broadcast_to(np.array([offer.length for offer in offers]), n)
    totals = np.broadcast_to(np.array([query.total for query in queries]), n)
    effect = constants.length_effect
    slack = constants.saturation * (1 - effect + effect * lengths / average)
    covered = np.bincount(pair, weights=weight * count / (count + slack[pair]), minlength=n)
    empty = (lengths == 0) | (totals == 0)
    return np.where(empty, np.nan, covered / np.where(empty, 1.0, totals))


def _terms_in_offers(
    query: PrunedQuery, offers: Sequence[Bag]
) -> tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]:
    """Offer, term of the query and count of every hit. A table over the low bits sieves out most terms
    first.
    """
    hashes = np.concatenate([offer.hashes for offer in offers])
    sieve = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
    sieve[query.hashes.astype(np.uint16)] = True
    places = np.flatnonzero(sieve[hashes.astype(np.uint16)])
    term, hit = _positions(query.hashes, hashes[places])
    places, term = places[hit], term[hit]
    ends = np.cumsum([len(offer.hashes) for offer in offers])
    counts = np.concatenate([offer.counts for offer in offers])
    return np.searchsorted(ends, places, side="right"), term, counts[places].astype(np.float64)


def _offer_in_queries(
    queries: Sequence[PrunedQuery], offer: Bag
) -> tuple[NDArray[np.intp], FloatArray, FloatArray]:
    """Query, weight and count of every hit."""
    hashes = np.concatenate([query.hashes for query in queries])
    weights = np.concatenate([query.weights for query in queries])
    place, hit = _positions(offer.hashes, hashes)
    pair = np.repeat(np.arange(len(queries)), [len(query.hashes) for query in queries])
    return pair[hit], weights[hit], offer.counts[place[hit]].astype(np.float64)


def _positions(
    table: NDArray[np.uint32], hashes: NDArray[np.uint32]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    if not len(table):
        return np.zeros(len(hashes), dtype=np.intp), np.zeros(len(hashes), dtype=np.bool_)
    places = np.minimum(np.searchsorted(table, hashes), len(table) - 1)
    return places, table[places] == hashes


Vectors = Sequence[NDArray[np.float32] | None]


def cosines(needs: Vectors, offers: Vectors) -> FloatArray:
    """Cosine of unit vectors, one side single, to four decimals; NaN where a side has none.

    Components are rounded to 1/2048: products and sums are then whole numbers below 2^24, exact in float32 in
    whatever order a linear algebra library adds them, alone or in a batch, on any machine.
    """
    one, many = (needs[0], offers) if len(needs) == 1 else (offers[0], needs)
    result = np.full(len(many), np.nan)
    rows = [row for row, vector in enumerate(many) if vector is not None]
    if one is None or not rows:
        return result
    matrix = _steps(np.stack([vector for vector in many if vector is not None]))
    products = (matrix @ _steps(one)).astype(np.float64) / _COSINE_STEPS**2
    result[rows] = np.rint(np.clip(products, -1, 1) * 1e4) / 1e4
    return result


def _steps(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    whole: NDArray[np.float32] = np.rint(vectors * np.float32(_COSINE_STEPS))
    return whole
