"""Plain tools and the product rank one folder in one run."""

from pathlib import Path

import numpy as np
import pytest

from matching.bench import plain
from matching.bench.beside import Kept, beside
from matching.bench.folders import Folder
from matching.bench.quality import rows_of


def test_each_tool_has_its_figure_its_time_and_its_memory(folder: Path) -> None:
    (found,) = beside([Folder.parse(str(folder))], "none").values()
    assert set(found) == {"product", "bm25 words", "bm25 grams", "rapidfuzz"}
    for figures in found.values():
        assert set(figures) == {"ndcg@10", "interval", "ms_cpu_p50", "ms_cpu_p95", "peak_mb"}
        assert 0 < figures["ndcg@10"] <= 1
        assert figures["peak_mb"] > 10


class Letters:
    """Says how often each of a few characters stands in a text."""

    name, dims = "letters", 4

    def encode(self, texts) -> np.ndarray:
        rows = np.array(
            [[1 + text.count(letter) for letter in "焊护会检"] for text in texts], dtype=np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("tool", ["bm25 words", "bm25 grams", "rapidfuzz", "dense", "mix"])
def test_a_plain_tool_finds_what_shares_its_words(folder: Path, tool: str) -> None:
    rows = rows_of(folder / "docs.jsonl")
    score = {
        "bm25 words": lambda: plain.bm25(rows, "words"),
        "bm25 grams": lambda: plain.bm25(rows, "grams"),
        "rapidfuzz": lambda: plain.rapidfuzz(rows),
        "dense": lambda: plain.dense(rows, Letters()),
        "mix": lambda: plain.mix(rows, Letters()),
    }[tool]()
    found = score("护理")
    assert found.shape == (len(rows),)
    assert rows[int(np.argmax(found))]["docid"] == "X"


def test_known_vectors_are_not_made_again() -> None:
    row = np.ones(4, dtype=np.float32)
    kept = Kept(Letters(), {"known": row})
    np.testing.assert_array_equal(kept.encode(["known"]), [row])
    assert kept.encode(["焊"]).shape == (1, 4)


def test_a_part_of_a_set_reads_the_documents_of_the_whole(tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    assert Folder.parse(str(tmp_path / "half")).documents == tmp_path / "docs.jsonl"
    given = Folder.parse(f"{tmp_path}:d.jsonl:long:2")
    assert (given.documents, given.field, given.weight) == (Path("d.jsonl"), "long", 2.0)
