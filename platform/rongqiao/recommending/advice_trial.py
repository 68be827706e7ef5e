"""Scoring a draft again and again with the same candidates, so that only the draft differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching import explain
from matching.features import FEATURES
from matching.pipeline import Pairing, diverse
from matching.records import Batch, Record
from matching.scoring import Scored
from matching.weights import Profile
from rongqiao.common import clock
from rongqiao.indexing.analysis import tokens
from rongqiao.postings import kinds

from . import matchers
from .drafts import Draft, public_content_of
from .source import IndexSource

COMPARED = 10
"""A draft stands as the mean of so many of its best pairings."""
NEAR = 10
"""So many of the best candidates are asked what they have."""
KEPT = 40
"""So many candidates of each kind meet every hypothesis."""
LEVEL_GATE = "level_floor"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands: its best pairings (the other posting's id, the mutual score), their mean score over
    `places`, and their mean data coverage."""

    best: tuple[tuple[int, float], ...]
    mutual: float
    coverage: float


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One candidate that passes."""

    mutual: float
    key: int
    organisation: int
    scored: Scored
    row: int
    profile: Profile


class Trial:
    """A draft's candidates, kept, so that every hypothesis meets the same postings.

    Those that a level demanded too high rules out stay in: relaxing it may be the advice. Kinds that are scored with the
    same weights are kept as one batch: a pair's numbers are the same in any batch, and a call costs more than its rows.
    """

    def __init__(self, draft: Draft, record: Record) -> None:
        self.matcher = matchers.current()
        self.side = draft.kind.side
        self.today = clock.today()
        self._record = record
        content = public_content_of(draft)
        source = IndexSource(*tokens(content.kind, content.title, content.body))
        by_profile: dict[int, tuple[str, list[Record]]] = {}
        for kind in kinds.partners(draft.kind.code):
            profile = id(self._profile(kind))
            by_profile.setdefault(profile, (kind, []))[1].extend(self._found(kind, source))
        self._batches = [(kind, Batch.of(records)) for kind, records in by_profile.values() if records]

    def _profile(self, kind: str) -> Profile:
        """The weights for the draft with a kind of the other side."""
        pair = self.matcher.pair_kind(self._record, self.side, kind)
        assert pair is not None, "matchers.weights_of knows every two kinds that pair"
        return pair.profile

    def _found(self, kind: str, source: IndexSource) -> Iterator[Record]:
        """The best candidates of a kind."""
        contents = source.contents(self._record, kind)
        batch = source.postings(contents, self._record, kind) if contents else None
        if batch is not None and len(batch):
            scored = self.matcher.evaluate(self._record, self.side, kind, batch, self.today)
            rows = np.flatnonzero(np.logical_and.reduce([gate for rule, gate in scored.gates.items() if rule != LEVEL_GATE]))
            order = rows[np.lexsort((batch.keys[rows], -scored.mutual[rows]))][:KEPT]
            yield from (batch.record(row) for row in order.tolist())

    def __len__(self) -> int:
        return sum(len(batch) for _, batch in self._batches)

    def near(self) -> list[Pairing]:
        """The draft's own best candidates, with those that only its level rules out."""
        every = [
            pairing
            for kind, batch in self._batches
            for pairing in self.matcher.score_batch(self._record, self.side, kind, batch, self.today)
        ]
        ranked = sorted(every, key=lambda pairing: (-pairing.mutual, pairing.other(self.side).key))
        return [ranked[place] for place in diverse([each.other(self.side).organisation for each in ranked], NEAR)]

    def standing(self, record: Record, places: int = 0) -> Standing:
        """Where a record stands. With `places`, those that stay empty count as 0: to rule candidates out is no gain."""
        ranked = sorted(self._passing(record), key=lambda row: (-row.mutual, row.key))
        best = [ranked[place] for place in diverse([row.organisation for row in ranked], places or COMPARED)]
        return Standing(
            tuple((row.key, row.mutual) for row in best),
            _mean([row.mutual for row in best], places or len(best)),
            _mean([_coverage(row) for row in best], len(best)),
        )

    def _passing(self, record: Record) -> Iterator[_Row]:
        for kind, batch in self._batches:
            scored = self.matcher.evaluate(record, self.side, kind, batch, self.today)
            profile = self._profile(kind)
            for row in np.flatnonzero(scored.passes).tolist():
                mutual, key, organisation = scored.mutual[row], batch.keys[row], batch.organisations[row]
                yield _Row(float(mutual), int(key), int(organisation), scored, row, profile)


def _mean(numbers: Sequence[float], count: int) -> float:
    return round(sum(numbers) / count, 4) if count else 0.0


def _coverage(row: _Row) -> float:
    """The data coverage that the pairing's bill would say."""
    columns = row.scored.columns
    return explain.data_coverage(
        {
            "weight": row.profile.forward[feature.code],
            "reverse_weight": row.profile.reverse[feature.code],
            "known": columns[feature.code].values.known[columns[feature.code].rows[row.row]],
        }
        for feature in FEATURES
    )
