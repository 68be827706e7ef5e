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


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Terms that stand in offers: hash, place of the offer, how often."""

    hashes: NDArray[np.uint32]
    offer: NDArray[np.intp]
    counts: FloatArray


def prune(bag: Bag, idf: FloatArray, best: int) -> PrunedQuery:
    """Keep the `best` terms of a need by idf·tf; ties go to the smaller hash."""
    weights = idf * bag.counts
    kept = np.sort(np.lexsort((bag.hashes, -weights))[:best])
    return PrunedQuery(bag.hashes[kept], weights[kept], float(weights[kept].sum()))


def coverages(
    queries: Sequence[Sequence[PrunedQuery]], offers: Sequence[Bag], average: float, constants: TextConstants
) -> list[FloatArray]:
    """For each list of queries the share of each query's weight that each offer covers, in [0, 1), NaN where a
    side has no terms.

    Either one query a list and n offers, or n queries a list and one offer. A term that stands t times in an
    offer of length l is covered to t / (t + k1·(1 − b + b·l/average)), the saturation of BM25. The sum over the
    matched terms is taken in the order of their hashes, so that a pair scores the same alone as in a batch.
    """
    lengths = np.array([offer.length for offer in offers])
    slack = slack_of(lengths, average, constants)
    if len(queries[0]) == 1:
        hits = _hits(queries, offers)
        return [_of_offers(one, hits, slack, lengths) for (one,) in queries]
    return [_of_queries(many, offers[0], slack[0]) for many in queries]


def slack_of(lengths: FloatArray, average: float, constants: TextConstants) -> FloatArray:
    """k1·(1 − b + b·l/average) of texts of these lengths: how often a term stands in them to be covered by half."""
    effect = constants.length_effect
    slack: FloatArray = constants.saturation * (1 - effect + effect * lengths / average)
    return slack


def _hits(queries: Sequence[Sequence[PrunedQuery]], offers: Sequence[Bag]) -> Hits:
    """The terms of the offers that any query asks. A table over the low bits sieves out the others; a few more
    than are asked come through.
    """
    hashes = np.concatenate([offer.hashes for offer in offers])
    sieve = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
    for (query,) in queries:
        sieve[query.hashes.astype(np.uint16)] = True
    places = np.flatnonzero(sieve[hashes.astype(np.uint16)])
    offer = np.searchsorted(np.cumsum([len(offer.hashes) for offer in offers]), places, side="right")
    counts = np.concatenate([offer.counts for offer in offers])
    return Hits(hashes[places], offer, counts[places].astype(np.float64))


def _of_offers(query: PrunedQuery, hits: Hits, slack: FloatArray, lengths: FloatArray) -> FloatArray:
    term, hit = _positions(query.hashes, hits.hashes)
    offer, counts = hits.offer[hit], hits.counts[hit]
    weights = query.weights[term[hit]] * counts / (counts + slack[offer])
    covered = np.bincount(offer, weights=weights, minlength=len(lengths)).astype(np.float64)
    return shares(covered, np.full(len(lengths), query.total), lengths)


def _of_queries(queries: Sequence[PrunedQuery], offer: Bag, slack: float) -> FloatArray:
    hashes = np.concatenate([query.hashes for query in queries])
    weights = np.concatenate([query.weights for query in queries])
    place, hit = _positions(offer.hashes, hashes)
    query = np.repeat(np.arange(len(queries)), [len(query.hashes) for query in queries])
    counts = offer.counts[place[hit]].astype(np.float64)
    weighed = weights[hit] * counts / (counts + slack)
    covered = np.bincount(query[hit], weights=weighed, minlength=len(queries)).astype(np.float64)
    return shares(covered, np.array([query.total for query in queries]), np.full(len(queries), offer.length))


def shares(covered: FloatArray, totals: FloatArray, lengths: FloatArray) -> FloatArray:
    """Covered weights over the queries' totals; NaN where the query or the text is empty."""
    empty = (lengths == 0) | (totals == 0)
    return np.where(empty, np.nan, covered / np.where(empty, 1.0, totals))


def _positions(
    table: NDArray[np.uint32], hashes: NDArray[np.uint32]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    if not len(table):
        return np.zeros(len(hashes), dtype=np.intp), np.zeros(len(hashes), dtype=np.bool_)
    places = np.minimum(np.searchsorted(table, hashes), len(table) - 1)
    return places, table[places] == hashes


Vector = NDArray[np.float32]
Vectors = Sequence[Vector | None]


def stepped(vector: Vector | None) -> Vector | None:
    """A unit vector in whole steps of 1/2048: products and sums are then whole numbers below 2^24, exact in float32
    in whatever order a linear algebra library adds them, alone or in a batch, on any machine.
    """
    return None if vector is None else np.rint(vector * np.float32(_COSINE_STEPS))


def cosines(needs: Vectors, offers: Vectors) -> FloatArray:
    """Cosine of stepped unit vectors, one side single, to four decimals; NaN where a side has none."""
    one, many = (needs[0], offers) if len(needs) == 1 else (offers[0], needs)
    result = np.full(len(many), np.nan)
    rows = [row for row, vector in enumerate(many) if vector is not None]
    if one is None or not rows:
        return result
    result[rows] = cosines_of(np.array([vector for vector in many if vector is not None]), one)
    return result


def cosines_of(matrix: NDArray[np.float32], one: Vector) -> FloatArray:
    """Cosines of the stepped unit vectors in the rows of a matrix with another, to four decimals."""
    products = (matrix @ one).astype(np.float64) / _COSINE_STEPS**2
    cosines: FloatArray = np.rint(np.clip(products, -1, 1) * 1e4) / 1e4
    return cosines
