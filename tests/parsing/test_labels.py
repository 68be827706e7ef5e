"""The readers on the labelled texts: precision where nobody is asked, and recall, may not fall."""

import os
from pathlib import Path

import pytest

from rongqiao.parsing import bench

# Nothing here depends on the database: not run again on another.
pytestmark = pytest.mark.embedded_only

TUNING = Path(__file__).parents[1] / "data/parse/tuning"
LEAST_PRECISION = 0.97
# What is reached, less two points.
LEAST_RECALL = {
    "title": 0.94,
    "degree": 0.97,
    "experience": 0.95,
    "pay": 0.92,
    "headcount": 0.97,
    "place": 0.94,
    "majors": 0.94,
    "skills": 0.80,
    "certificates": 0.89,
}
# Crafts name their skills in words that no vocabulary has.
LEAST_OF_TRADES = {**LEAST_RECALL, "skills": 0.64}


def tallies(name: str, real: Path | None) -> dict[str, bench.Tally]:
    if not (TUNING / f"{name}.jsonl").exists():
        pytest.skip(f"no labelled texts in {TUNING}")
    texts = [text for text in bench.labelled(TUNING, real) if text.key.startswith(name[0])]
    return bench.measure(texts)


def holds(found: dict[str, bench.Tally], few: int, recall: dict[str, float]) -> None:
    """Every field that is labelled often enough, and all together."""
    whole = bench.total(found.values())
    assert whole.firm_right >= LEAST_PRECISION * whole.firm
    for field, tally in found.items():
        if tally.sure >= few:
            assert tally.firm_right >= LEAST_PRECISION * tally.firm - 1, (field, tally)
            assert tally.met >= recall[field] * tally.sure - 1, (field, tally)


def test_texts_of_many_trades() -> None:
    holds(tallies("trades", None), 10, LEAST_OF_TRADES)


@pytest.mark.real_data
@pytest.mark.skipif("RONGQIAO_REAL_DATA" not in os.environ, reason="RONGQIAO_REAL_DATA names no folder")
def test_real_advertisements() -> None:
    holds(tallies("ads", Path(os.environ["RONGQIAO_REAL_DATA"])), 10, LEAST_RECALL)
