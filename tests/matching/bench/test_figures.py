"""Figures of a ranking, worked out by hand."""

from math import log2

import pytest

from matching.bench.figures import interval, ndcg, percentiles, recall, reciprocal_rank

GRADES = {"a": 3, "b": 1, "c": 0}


def test_ndcg_of_graded_documents() -> None:
    assert ndcg(["a", "b"], GRADES, 10) == 1.0
    assert ndcg(["b", "c", "a"], GRADES, 10) == pytest.approx((1 + 7 / 2) / (7 + 1 / log2(3)))
    assert ndcg(["b", "c", "a"], GRADES, 2) == pytest.approx(1 / (7 + 1 / log2(3)))
    assert ndcg([], GRADES, 10) == 0.0


def test_recall_counts_the_relevant_only() -> None:
    assert recall(["c", "a"], GRADES, 10) == 0.5
    assert recall(["c", "a"], GRADES, 1) == 0.0


def test_the_first_relevant_document_counts() -> None:
    assert reciprocal_rank(["c", "x", "b"], GRADES, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(["c", "x", "b"], GRADES, 2) == 0.0


def test_times_are_milliseconds() -> None:
    assert percentiles([0.001, 0.002, 0.003]) == {"ms_p50": 2.0, "ms_p95": 2.9}


def test_an_interval_holds_the_mean_and_narrows_with_more() -> None:
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 200)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    assert interval([0.7] * 9) == (0.7, 0.7)
    assert interval([]) == (0.0, 0.0)
