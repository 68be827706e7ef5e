"""Making a version of the knowledge gives what the one in use holds."""

from pathlib import Path

import numpy as np
import pytest

import matching.knowledge
from matching.bench.knowledge import arrays_of, build, links
from matching.knowledge.shelf import VECTOR_STEPS
from matching.taxonomy.tables import read_rows
from matching.weights import load_weights

VERSION = load_weights().text.knowledge.version
HELD = Path(matching.knowledge.__file__).parent / f"{VERSION}.npz"


class Axes:
    """One axis for each text."""

    name, dims = "axes", 8

    def encode(self, texts) -> np.ndarray:
        return np.eye(8, dtype=np.float32)[[len(text) % 8 for text in texts]]


def test_links_are_those_of_the_version_in_use() -> None:
    with np.load(HELD) as held:
        for name, made in links().items():
            np.testing.assert_array_equal(made, held[name], f"{name}: make the knowledge anew")


def test_rows_become_terms_and_rounded_vectors() -> None:
    rows = read_rows("occupation_terms")[1][:40]
    made = arrays_of("occupation_terms", rows, Axes())
    assert made["occupation_terms_codes"].tolist() == [row[0] for row in rows]
    assert made["occupation_terms_vectors"].shape == (40, 8)
    assert made["occupation_terms_vectors"].max() == min(127, VECTOR_STEPS)
    with np.load(HELD) as held:
        for part in ("words_hashes", "grams_counts", "grams_hashes"):
            name = f"occupation_terms_{part}"
            np.testing.assert_array_equal(made[name], held[name][: len(made[name])])


def test_a_version_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "1.npz").write_bytes(b"")
    with pytest.raises(FileExistsError, match="new version"):
        build("1", tmp_path)
    assert (tmp_path / "1.npz").read_bytes() == b""
