"""What a judged set of real needs shows that one figure does not: kinds of need, both sides, vetoes, and what each
feature is worth."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from matching.bench.figures import interval, mean, ndcg
from matching.bench.quality import NEED_KINDS, Ranker, grades_of, rows_of
from matching.encoders import load_encoder
from matching.features import BY_CODE
from matching.records import FloatArray
from matching.scoring import Column, Scored, combined, settled
from matching.weights import FEATURE_CODES, TEXT_PARTS, Mixture, Profile, Weights
from search.embedded import EmbeddedEngine

DEPTH = 10
SUITABLE = 2
"""合适: the lowest grade of a pairing that both sides would be glad of."""
Figures = dict[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The candidates of one kind of offer for one need."""

    names: Sequence[str]
    scored: Scored
    profile: Profile


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One need: its kind, its grades by offer, and its candidates."""

    kind: str
    wanted: Mapping[str, int]
    found: Sequence[Found]


Score = Callable[[Found], FloatArray]
Ranked = list[tuple[float, str]]


def judge_gold(folder: Path, documents: Path, field: str, encoder_name: str) -> Figures:
    """Figures of the folder's needs, ranked by the product's own retrieval and scoring."""
    grades = grades_of(folder / "qrels.txt")
    with tempfile.TemporaryDirectory() as root, closing(EmbeddedEngine(Path(root))) as engine:
        ranker = Ranker(engine, load_encoder(encoder_name), rows_of(documents))
        queries = [query for query in rows_of(folder / "queries.jsonl") if any(grades[query["qid"]].values())]
        asked = [_asked(ranker, query, field, grades[query["qid"]]) for query in queries]
    whole = _quality(asked, _mutual)
    return {
        "queries": len(asked),
        **_told(whole),
        "kinds": {
            kind: {"queries": len(of_kind), **_told(_quality(of_kind, _mutual))}
            for kind, of_kind in _by_kind(asked).items()
        },
        "mutual_precision": mutual_precision([_ranked(one, _mutual) for one in asked], asked),
        "vetoes": _vetoes(asked),
        "without": {
            name: _told(_quality(asked, without) - whole)
            for name, without in _ablations(ranker.matcher.weights)
        },
    }


def _asked(ranker: Ranker, query: Mapping[str, object], field: str, wanted: Mapping[str, int]) -> Asked:
    kind = str(query.get("kind", "talent"))
    pairs = ranker.matcher.weights.pairs
    found = [
        Found(
            [ranker.names[key] for key in batch.keys.tolist()],
            scored,
            pairs[NEED_KINDS[kind], batch.contents[0].kind].profile,
        )
        for batch, scored in ranker.scored(query, field)
    ]
    return Asked(kind, wanted, found)


def _by_kind(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        kinds[one.kind].append(one)
    return kinds


def _mutual(found: Found) -> FloatArray:
    return found.scored.mutual


def _ranked(one: Asked, score: Score) -> Ranked:
    """(score, offer) of what may be recommended for a need, the best first."""
    rows = [
        (value, name)
        for found in one.found
        for value, name, passes in zip(score(found).tolist(), found.names, found.scored.passes, strict=True)
        if passes
    ]
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def _quality(asked: Sequence[Asked], score: Score) -> FloatArray:
    """nDCG of each need."""
    best = ([name for _, name in _ranked(one, score)[:DEPTH]] for one in asked)
    return np.array([ndcg(names, one.wanted, DEPTH) for names, one in zip(best, asked, strict=True)])


def _told(figures: FloatArray) -> Figures:
    return {f"ndcg@{DEPTH}": mean(figures), "interval": interval(figures)}


def mutual_precision(lists: Sequence[Ranked], asked: Sequence[Asked]) -> Figures:
    """Of the pairs in which each stands among the other's first ten: how many suit by their grade."""
    seen: dict[str, Ranked] = defaultdict(list)
    for place, ranked in enumerate(lists):
        for value, name in ranked:
            seen[name].append((-value, str(place)))
    chosen = {name: {int(place) for _, place in sorted(needs)[:DEPTH]} for name, needs in seen.items()}
    grades = [
        asked[place].wanted.get(name, 0)
        for place, ranked in enumerate(lists)
        for _, name in ranked[:DEPTH]
        if place in chosen[name]
    ]
    return {"pairs": len(grades), "suitable": mean([grade >= SUITABLE for grade in grades])}


def _vetoes(asked: Sequence[Asked]) -> dict[str, Figures]:
    """Of the judged pairs that each rule keeps out: how many had the lowest grade."""
    out: dict[str, list[int]] = defaultdict(list)
    for one in asked:
        for found in one.found:
            for rule, passes in found.scored.gates.items():
                kept_out = (found.names[row] for row in np.flatnonzero(~passes).tolist())
                out[rule] += [one.wanted[name] for name in kept_out if name in one.wanted]
    return {
        rule: {"pairs": len(grades), "right": mean([grade == 0 for grade in grades])}
        for rule, grades in out.items()
        if grades
    }


def _ablations(weights: Weights) -> Iterator[tuple[str, Score]]:
    """For each feature that has a weight, and each part of the text relevance, scores without it."""
    profiles = [pair.profile for pair in weights.pairs.values()]
    for code in FEATURE_CODES:
        if any(profile.forward[code] or profile.reverse[code] for profile in profiles):
            yield code, _without_feature(code)
    for part in TEXT_PARTS:
        if part in weights.text.short or part in weights.text.long:
            yield f"text.{part}", _without_part(part, weights)


def _without_feature(code: str) -> Score:
    def scored(found: Found) -> FloatArray:
        sides = [_spread(side, code) for side in (found.profile.forward, found.profile.reverse)]
        return combined(found.scored.columns, replace(found.profile, forward=sides[0], reverse=sides[1]))[2]

    return scored


def _spread(side: Mapping[str, float], code: str) -> dict[str, float]:
    """The weights without one, whose share goes to the others."""
    return {name: 0.0 if name == code else weight / (1 - side[code]) for name, weight in side.items()}


def _without_part(part: str, weights: Weights) -> Score:
    text = weights.text
    mixtures = {"short": text.short, "long": text.long, "work": text.work, "said": text.said}
    rest: dict[str, Any] = {name: mixture and _rest(mixture, part) for name, mixture in mixtures.items()}
    bare = replace(weights, text=replace(text, **rest))

    def scored(found: Found) -> FloatArray:
        column = found.scored.columns["text"]
        values = settled(BY_CODE["text"].evaluate(column.inputs, bare), bare.neutral["text"])
        columns = {**found.scored.columns, "text": Column(column.inputs, values, column.rows)}
        return combined(columns, found.profile)[2]

    return scored


def _rest(mixture: Mixture, part: str) -> Mixture:
    return {name: each for name, each in mixture.items() if name != part}
