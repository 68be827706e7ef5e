"""Fitting the weights of the text relevance to judged folders, judged on folds that share no set of answers.

What is fitted is the product's own: inputs of the features for the candidates that its retrieval finds. The weights
are non-negative, so that more of anything never lowers a score. Needs scipy, which the product does not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.bench.figures import ndcg
from matching.bench.quality import Ranker, grades_of, rows_of
from matching.encoders import load_encoder
from matching.records import FloatArray
from matching.scoring import Scored
from matching.weights import TEXT_PARTS
from search.embedded import EmbeddedEngine

FOLDS = 5
DEPTH = 10
_PENALTY = 1e-4
LEVEL = "level"
COLUMNS = (*TEXT_PARTS, LEVEL)


@dataclass(frozen=True, slots=True)
class Folder:
    """A judged folder: which field of its queries is asked, and how much each of its queries counts."""

    path: Path
    documents: Path
    field: str
    weight: float

    @classmethod
    def parse(cls, text: str) -> Folder:
        """DIR:DOCS:FIELD:WEIGHT; an empty DOCS is the folder's own."""
        path, documents, field, weight = text.split(":")
        return cls(Path(path), Path(documents or f"{path}/docs.jsonl"), field, float(weight))


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One query: the candidates' inputs (one row each), their grades, all grades of the query, and its folder."""

    inputs: FloatArray
    grades: NDArray[np.float64]
    names: Sequence[str]
    wanted: Mapping[str, int]
    long: bool
    folder: int
    weight: float


def fit(folders: Sequence[Folder], encoder_name: str) -> dict[str, object]:
    """Weights of the parts for short and long needs, and nDCG@10 of each folder by cross-validation."""
    judged = [one for place, folder in enumerate(folders) for one in _judged(folder, place, encoder_name)]
    folds = _folds(judged)
    figures: list[list[float]] = [[] for _ in folders]
    for fold in range(FOLDS):
        trained = {long: _fitted(judged, folds != fold, long) for long in (False, True)}
        for one in (one for one, place in zip(judged, folds, strict=True) if place == fold):
            ranked = np.argsort(-(one.inputs @ trained[one.long]), kind="stable")[:DEPTH]
            figures[one.folder].append(ndcg([one.names[row] for row in ranked], one.wanted, DEPTH))
    every = np.ones(len(judged), dtype=np.bool_)
    largest = np.quantile(np.concatenate([one.inputs for one in judged]), 0.999, axis=0)
    return {
        "cross_validated": {
            f"{folder.path.name} {folder.field}": round(float(np.mean(found)), 4)
            for folder, found in zip(folders, figures, strict=True)
        },
        "short": _named(_fitted(judged, every, False)),
        "long": _named(_fitted(judged, every, True)),
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
            names, inputs, long = _candidates(ranker, query, folder.field)
            got = np.array([2.0 ** wanted.get(name, 0) - 1 for name in names])
            found.append(Judged(inputs, got, names, wanted, long, place, folder.weight))
    return found


def _candidates(
    ranker: Ranker, query: Mapping[str, object], field: str
) -> tuple[list[str], FloatArray, bool]:
    names: list[str] = []
    rows = []
    long = False
    for batch, scored in ranker.scored(query, field):
        names += [ranker.names[key] for key in batch.keys.tolist()]
        rows.append(_inputs(scored))
        long = bool(scored.columns["text"].inputs["length"][0] >= ranker.matcher.weights.text.long_from)
    return names, np.concatenate(rows), long


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


def _fitted(judged: Sequence[Judged], chosen: NDArray[np.bool_], long: bool) -> FloatArray:
    """Non-negative weights by the listwise softmax loss (Cao et al. 2007)."""
    from scipy.optimize import minimize

    used = [
        one
        for one, is_in in zip(judged, chosen, strict=True)
        if is_in and one.long == long and one.grades.any()
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
