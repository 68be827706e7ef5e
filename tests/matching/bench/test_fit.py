"""Fitting: weights that never lower a score, judged on folds that share no set of answers."""

import sys
from pathlib import Path

import numpy as np
import pytest

from matching.bench.fit import COLUMNS, Judged, _folds, fit
from matching.bench.folders import Folder


def test_weights_come_with_cross_validated_figures(folder: Path) -> None:
    pytest.importorskip("scipy")
    found = fit([Folder.parse(str(folder)), Folder.parse(f"{folder}::long:0.5")], "none")
    assert set(found["cross_validated"]) == {f"{folder.name} text", f"{folder.name} long"}
    assert all(0 <= figure <= 1 for figure in found["cross_validated"].values())
    assert tuple(found["short"]) == COLUMNS
    assert min(found["short"].values()) >= 0
    assert max(found["short"].values()) > 0


def test_the_same_answers_are_in_one_fold() -> None:
    answers = [{"A": 1}, {"B": 2, "C": 0}, {"A": 2}, {"B": 1}, {"C": 1}] * 4
    judged = [Judged(np.zeros((0, 1)), np.zeros(0), [], wanted, "short", 0, 1.0) for wanted in answers]
    folds = _folds(judged)
    by_answers = {}
    for one, fold in zip(judged, folds.tolist(), strict=True):
        key = tuple(sorted(name for name, grade in one.wanted.items() if grade))
        assert by_answers.setdefault(key, fold) == fold


def test_without_scipy_it_says_what_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(ImportError, match="needs scipy"):
        fit([Folder.parse(str(folder))], "none")
