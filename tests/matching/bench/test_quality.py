"""The bench ranks a folder with the product's own retrieval and scoring."""

from pathlib import Path

import pytest

from matching.bench.quality import judge


@pytest.mark.parametrize("field", ["text", "long"])
def test_a_folder_is_ranked_well_and_only_judged_queries_count(folder: Path, field: str) -> None:
    found = judge(folder, folder / "docs.jsonl", field, 3, "none")
    assert set(found) == {"queries", "recall@3", "ndcg@3", "mrr@3", "ms_p50", "ms_p95"}
    assert found["queries"] == 5
    assert found["ndcg@3"] > 0.9
    assert found["mrr@3"] == 1.0
