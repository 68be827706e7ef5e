"""Fitting the weights of the text relevance to judged folders, judged on folds that share no set of answers.

What is fitted is the product's own: inputs of the features for the candidates that its retrieval finds. The weights
are non-negative, so that more of anything never lowers a score. Needs scipy, which the product does not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.bench.figures import ndcg
from matching.bench.folders import Folder
from matching.bench.quality import Ranker, grades_of, rows_of
from matching.encoders import load_encoder
from matching.records import FloatArray
from matching.scoring import Scored
from matching.weights import TEXT_PARTS, TextConstants
from search.embedded import EmbeddedEngine

FOLDS = 5
DEPTH = 10
_PENALTY = 1e-4
LEVEL = "level"
MIXTURES = ("short", "work", "long")
COLUMNS = (*TEXT_PARTS, LEVEL)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One query: the candidates' inputs (one row each), their grades, all grades of the query, and its folder."""

    inputs: FloatArray
    grades: NDArray[np.float64]
    names: Sequence[str]
    wanted: Mapping[str, int]
    mixture: str
    folder: int
    weight: float


def fit(folders: Sequence[Folder], encoder_name: str) -> dict[str, object]:
    """Weights of the parts for each mixture, and nDCG@10 of each folder by cross-validation. Raises
    ImportError without scipy."""
    _minimiser()
    judged = [one for place, folder in enumerate(folders) for one in _judged(folder, place, encoder_name)]
    folds = _folds(judged)
    figures: list[list[float]] = [[] for _ in folders]
    for fold in range(FOLDS):
        trained = {mixture: _fitted(judged, folds != fold, mixture) for mixture in MIXTURES}
        for one in (one for one, place in zip(judged, folds, strict=True) if place == fold):
            ranked = np.argsort(-(one.inputs @ trained[one.mixture]), kind="stable")[:DEPTH]
            figures[one.folder].append(ndcg([one.names[row] for row in ranked], one.wanted, DEPTH))
    every = np.ones(len(judged), dtype=np.bool_)
    largest = np.quantile(np.concatenate([one.inputs for one in judged]), 0.999, axis=0)
    return {
        "cross_validated": {
            folder.name: round(float(np.mean(found)), 4)
            for folder, found in zip(folders, figures, strict=True)
        },
        **{mixture: _named(_fitted(judged, every, mixture)) for mixture in MIXTURES},
        "largest": _named(largest),
    }


def _named(columns: FloatArray) -> dict[str, float]:
    return dict(zip(COLUMNS, columns.round(3).tolist(), strict=True))


def _judged(folder: Folder, place: int, encoder_name: str) -> list[Judged]:
    grades = grades_of(folder.path / "qrels.txt")
    found = []
    with tempfile.TemporaryDirectory() as root, closing(EmbeddedEngine(Path(root))) as engine:
        ranker = Ranker(engine, load_encoder(encoder_name), rows_of(folder.documents))
        for query in rows_of(folder.path / "queries.jsonl"):
            wanted = grades[str(query["qid"])]
            if not any(wanted.values()):
                continue
            names, inputs, mixture = _candidates(ranker, query, folder.field)
            got = np.array([2.0 ** wanted.get(name, 0) - 1 for name in names])
            found.append(Judged(inputs, got, names, wanted, mixture, place, folder.weight))
    return found


def _candidates(ranker: Ranker, query: Mapping[str, object], field: str) -> tuple[list[str], FloatArray, str]:
    names: list[str] = []
    rows = []
    mixture = "short"
    for batch, scored in ranker.scored(query, field):
        names += [ranker.names[key] for key in batch.keys.tolist()]
        rows.append(_inputs(scored))
        mixture = _mixture(scored, ranker.matcher.weights.text)
    return names, np.concatenate(rows), mixture


def _mixture(scored: Scored, text: TextConstants) -> str:
    """Which weights a need takes."""
    inputs = scored.columns["text"].inputs
    if inputs["length"][0] >= text.long_from:
        return "long"
    return "work" if text.work and not inputs["person"][0] else "short"


def _inputs(scored: Scored) -> FloatArray:
    text, level = scored.columns["text"], scored.columns[LEVEL]
    columns = [text.inputs[name][text.rows] for name in TEXT_PARTS]
    return np.nan_to_num(np.stack([*columns, level.values.forward[level.rows]], axis=1))


def _folds(judged: Sequence[Judged]) -> NDArray[np.intp]:
    """Queries with the same relevant documents are in the same fold, whatever folder they come from."""
    groups: dict[tuple[str, ...], int] = {}
    drawn = np.random.default_rng(0).integers(0, FOLDS, size=len(judged))
    keys = [tuple(sorted(name for name, grade in one.wanted.items() if grade)) for one in judged]
    return np.array([drawn[groups.setdefault(key, len(groups))] for key in keys])


def _minimiser() -> Callable[..., Any]:
    try:
        from scipy.optimize import minimize
    except ImportError as missing:
        raise ImportError(
            "bench fit needs scipy, which the product does not: install scipy beside it"
        ) from missing
    found: Callable[..., Any] = minimize
    return found


def _fitted(judged: Sequence[Judged], chosen: NDArray[np.bool_], mixture: str) -> FloatArray:
    """Non-negative weights by the listwise softmax loss (Cao et al. 2007)."""
    minimize = _minimiser()
    used = [
        one
        for one, is_in in zip(judged, chosen, strict=True)
        if is_in and one.mixture == mixture and one.grades.any()
    ]
    start = np.ones(len(COLUMNS))
    if not used:
        return start
    total = sum(one.weight for one in used)

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        value, slope = _PENALTY * float(weights @ weights), 2 * _PENALTY * weights
        for one in used:
            scores = one.inputs @ weights
            scores -= scores.max()
            log_total = np.log(np.exp(scores).sum())
            wanted = one.grades / one.grades.sum()
            share = one.weight / total
            value -= share * float(wanted @ (scores - log_total))
            slope = slope + share * (one.inputs.T @ (np.exp(scores - log_total) - wanted))
        return value, slope

    found: FloatArray = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start)).x
    return found
