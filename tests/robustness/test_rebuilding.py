"""A rebuild that is killed midway, again and again, while people write: no search is empty or fails, nothing is wrong after.

The full form is `python -m tests.robustness.rebuilding`.
"""

from pathlib import Path

import pytest

from tests.robustness.rebuilding import run

pytestmark = pytest.mark.embedded_only
KILLS = 2
RATE = 12.0
POSTINGS = 200


@pytest.mark.parametrize("engine", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def test_killed_midway_it_costs_no_search_and_no_posting(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue("elasticsearch_address") if engine == "elasticsearch" else ""
    outcome = run(engine, tmp_path, kills=KILLS, rate=RATE, postings=POSTINGS, address=address)
    assert outcome.right, outcome.line()
    assert outcome.kills == KILLS
    assert outcome.hits, "no kill hit a rebuild"
    assert outcome.writes
    assert outcome.searches > KILLS
