"""From one posting to its best pairings: candidates, vetoes, scores, diversity (推荐流程)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching import explain
from matching.candidates import CandidateSource
from matching.measures import Measures, Pairs
from matching.records import Batch, Record, Side
from matching.relations import Relations
from matching.scoring import Scored, score
from matching.statistics import TermStatistics
from matching.taxonomy_protocol import NoTaxonomy, Taxonomy
from matching.weights import PairKind, Weights

SHOWN_PER_ORGANISATION = 3
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """A need and an offer with their scores, and the row of the batch that the reasons are read from.

    `forward` is the need looking at the offer, `reverse` the offer looking at the need, `mutual` their
    harmonic mean, each in [0, 1] with four decimals. `passes` is False when a veto rules the pair out.
    """

    need: Record
    offer: Record
    forward: float
    reverse: float
    mutual: float
    band: str
    passes: bool
    today: date
    scored: Scored
    row: int
    matcher: Matcher

    def other(self, side: Side) -> Record:
        """The posting across from the probe's side."""
        return self.offer if side == "need" else self.need

    def bill(self, *, counterfactuals: bool = False) -> explain.Bill:
        """The bill (匹配账单): every number and what it was made of, ready for JSON. See
        `matching.explain`.
        """
        return explain.bill(self, counterfactuals=counterfactuals)


class Matcher:
    """Scores pairs under one version of the weights, one snapshot of the statistics and one taxonomy."""

    def __init__(
        self, weights: Weights, statistics: TermStatistics, taxonomy: Taxonomy | None = None
    ) -> None:
        self.weights = weights
        self.statistics = statistics
        self.taxonomy: Taxonomy = taxonomy or NoTaxonomy()
        self.relations = Relations(self.taxonomy, weights)
        self.measures = Measures(weights, statistics, self.relations)

    def match(
        self,
        probe: Record,
        side: Side,
        source: CandidateSource,
        kinds: Sequence[str],
        today: date,
        top: int = 20,
    ) -> list[Pairing]:
        """The best `top` pairings of a posting, which stands on `side`, with postings of `kinds` of the
        other side.

        Best mutual score first, ties by the other side's key, at most three of one organisation.
        """
        found: list[Pairing] = []
        for kind in sorted(set(kinds)):
            if self.pair_kind(probe, side, kind) is None:
                continue
            contents = source.contents(probe, kind)
            batch = source.postings(contents, probe, kind) if contents else None
            if batch is not None and len(batch):
                found += self._best(probe, side, kind, batch, today, top)
        ranked = sorted(found, key=lambda pairing: (-pairing.mutual, pairing.other(side).key))
        return [ranked[place] for place in diverse([p.other(side).organisation for p in ranked], top)]

    def score(self, need: Record, offer: Record, today: date) -> Pairing:
        """One pair, with the numbers it would have in any batch; a pair that is vetoed is scored all the
        same.
        """
        return self.score_batch(need, "need", offer.content.kind, Batch.of([offer]), today)[0]

    def score_batch(self, probe: Record, side: Side, kind: str, batch: Batch, today: date) -> list[Pairing]:
        """Every posting of a batch of one kind against the probe, in the batch's order, vetoed or not."""
        scored = self.evaluate(probe, side, kind, batch, today)
        return [self._pairing(probe, side, batch, scored, row, today) for row in range(len(batch))]

    def pair_kind(self, probe: Record, side: Side, kind: str) -> PairKind | None:
        """How the weights pair the probe's kind with a kind of the other side; None if they may not pair."""
        kinds = (probe.content.kind, kind) if side == "need" else (kind, probe.content.kind)
        return self.weights.pairs.get(kinds)

    def evaluate(self, probe: Record, side: Side, kind: str, batch: Batch, today: date) -> Scored:
        """Columns of scores for a batch of one kind. Kinds that may not pair take the first profile's
        weights.
        """
        single = Batch.of([probe])
        need, offer = (single, batch) if side == "need" else (batch, single)
        many: Side = "offer" if side == "need" else "need"
        pair_kind = self.pair_kind(probe, side, kind) or next(iter(self.weights.pairs.values()))
        return score(Pairs(need, offer, many, today, self.measures), pair_kind.profile, self.weights)

    def _best(
        self, probe: Record, side: Side, kind: str, batch: Batch, today: date, top: int
    ) -> list[Pairing]:
        scored = self.evaluate(probe, side, kind, batch, today)
        rows = np.flatnonzero(scored.passes)
        kept = _kept(batch, scored, _likely(scored, rows, top), top)
        if len(kept) < top:
            kept = _kept(batch, scored, rows, top)
        return [self._pairing(probe, side, batch, scored, row, today) for row in kept]

    def _pairing(
        self, probe: Record, side: Side, batch: Batch, scored: Scored, row: int, today: date
    ) -> Pairing:
        other = batch.record(row)
        mutual = float(scored.mutual[row])
        return Pairing(
            need=probe if side == "need" else other,
            offer=other if side == "need" else probe,
            forward=float(scored.forward[row]),
            reverse=float(scored.reverse[row]),
            mutual=mutual,
            band=self.weights.band(mutual),
            passes=bool(scored.passes[row]),
            today=today,
            scored=scored,
            row=row,
            matcher=self,
        )


def _likely(scored: Scored, rows: NDArray[np.intp], top: int) -> NDArray[np.intp]:
    """Rows that reach into the list if no organisation crowds it: putting all in order would take longer."""
    few = _LOOKED_AT * top
    if len(rows) <= few:
        return rows
    mutual = scored.mutual[rows]
    likely: NDArray[np.intp] = rows[mutual >= np.partition(mutual, len(rows) - few)[len(rows) - few]]
    return likely


def _kept(batch: Batch, scored: Scored, rows: NDArray[np.intp], top: int) -> list[int]:
    """The best of some rows, ties by key, at most three of one organisation."""
    order = rows[np.lexsort((batch.keys[rows], -scored.mutual[rows]))]
    kept: list[int] = order[diverse(batch.organisations[order].tolist(), top)].tolist()
    return kept


def diverse(organisations: Sequence[int], top: int) -> list[int]:
    """Places kept of a ranked list, given each one's organisation: at most three of one, `top` in all."""
    shown: Counter[int] = Counter()
    kept: list[int] = []
    for place, organisation in enumerate(organisations):
        if len(kept) == top:
            break
        if shown[organisation] < SHOWN_PER_ORGANISATION:
            shown[organisation] += 1
            kept.append(place)
    return kept
