"""What the bench tells of a judged set besides one figure."""

from pathlib import Path

import numpy as np
import pytest

from matching.bench.gold import Asked, Found, _ablations, _quality, judge_gold, mutual_precision
from matching.pipeline import Matcher
from matching.records import Batch
from tests.matching.builders import STATISTICS, TODAY, WEIGHTS, SmallTaxonomy, need, offer


@pytest.fixture
def figures(folder: Path) -> dict:
    return judge_gold(folder, folder / "docs.jsonl", "text", "none")


def test_each_kind_of_need_has_its_figure_within_its_interval(figures: dict) -> None:
    assert {kind: found["queries"] for kind, found in figures["kinds"].items()} == {"talent": 4, "problem": 1}
    for found in (figures, *figures["kinds"].values()):
        low, high = found["interval"]
        assert low <= found["ndcg@10"] <= high
    assert figures["ndcg@10"] > 0.9


def test_a_veto_is_right_when_the_pair_was_given_the_lowest_grade(figures: dict) -> None:
    assert figures["vetoes"] == {"level_floor": {"pairs": 1, "right": 1.0}}


def test_each_feature_with_a_weight_and_each_part_of_the_text_is_left_out_once(figures: dict) -> None:
    without = figures["without"]
    assert {"text", "skills", "level", "kind", "text.words", "text.tasks"} <= set(without)
    assert without["freshness"]["ndcg@10"] == 0, "all are confirmed on one day"


def test_without_the_feature_that_tells_two_offers_apart_they_are_equals() -> None:
    matcher = Matcher(WEIGHTS, STATISTICS, SmallTaxonomy())
    offers = [offer(2, 2, title="护理"), offer(3, 3, title="焊接")]
    scored = matcher.evaluate(need(title="焊接"), "need", "major", Batch.of(offers), TODAY)
    found = Found(["A", "B"], scored, WEIGHTS.pairs["talent_need", "major"].profile)
    asked = [Asked("talent", {"B": 3}, [found])]
    worth = {name: float(_quality(asked, score)[0]) for name, score in _ablations(WEIGHTS)}
    assert worth["text"] == pytest.approx(1 / np.log2(3))
    assert worth["geography"] == worth["text.words"] == 1.0


def test_mutual_pairs_stand_among_the_first_ten_of_both() -> None:
    crowd = [Asked("talent", {"A": 3 if place == 0 else 0}, []) for place in range(12)]
    lists = [[(0.9 - place / 100, "A")] for place in range(12)]
    assert mutual_precision(lists, crowd) == {"pairs": 10, "suitable": 0.1}
