"""Nearest vectors by a first look at sketches: nearly all that comparing every one would find, and nothing else."""

import numpy as np
import numpy.typing as npt
import pytest

from search.embedded.sketches import Sketches
from search.embedded.vectors import EXACT_ROWS, Matrix, Nearest

ROWS, DIMS, WANTED = EXACT_ROWS + 12_000, 384, 50
Floats = npt.NDArray[np.float32]


def unit(rows: Floats) -> Floats:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def draw(number: int, seed: int) -> Floats:
    """Vectors around common themes, as texts of one field are."""
    numbers = np.random.default_rng(seed)
    themes = np.random.default_rng(0).standard_normal((200, DIMS), dtype=np.float32)
    mixed = themes[numbers.integers(0, 200, (number, 3))].sum(axis=1)
    return unit(mixed + numbers.standard_normal((number, DIMS), dtype=np.float32))


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    made = Matrix(DIMS)
    rows = draw(ROWS, 1)
    for start in range(0, ROWS, 3_000):
        made.change(range(start, min(start + 3_000, ROWS)), list(rows[start : start + 3_000]))
    return made


def found(view: Nearest, vector: Floats, passing: npt.NDArray[np.bool_] | None = None) -> float:
    """The share of the true nearest that is found; what is found must be right in itself."""
    keys, scores = view.ranked(vector, WANTED, passing)
    cosines = view.rows @ vector
    place = {int(key): row for row, key in enumerate(view.keys) if view.alive[row]}
    np.testing.assert_allclose(scores, cosines[[place[int(key)] for key in keys]], rtol=1e-5, atol=1e-6)
    assert list(keys) == [key for _, key in sorted(zip(-scores, keys, strict=True))]
    cosines[~(view.alive if passing is None else view.alive & passing)] = -2
    best = view.keys[np.argsort(-cosines)[:WANTED]]
    return len(set(best.tolist()) & set(keys.tolist())) / WANTED


def test_nearly_all_of_the_nearest_are_found(matrix: Matrix) -> None:
    shares = [found(matrix.view(), vector) for vector in draw(40, 2)]
    assert np.mean(shares) >= 0.98


def test_only_those_that_pass_are_found(matrix: Matrix) -> None:
    view = matrix.view()
    passing = view.keys % 2 == 0
    shares = [found(view, vector, passing) for vector in draw(40, 3)]
    assert np.mean(shares) >= 0.98
    few = view.keys < 30
    keys, _ = view.ranked(draw(1, 4)[0], WANTED, few)
    assert sorted(keys.tolist()) == list(range(30))


def test_what_was_replaced_or_taken_away_is_not_found_and_what_is_new_is() -> None:
    made = Matrix(DIMS)
    rows = draw(ROWS, 5)
    made.change(range(ROWS), list(rows))
    vector = rows[7]
    assert made.view().ranked(vector, 1)[0].tolist() == [7]
    before = made.view()
    made.change([7, 8], [-vector, None])
    made.change([ROWS], [vector])
    assert made.view().ranked(vector, 1)[0].tolist() == [ROWS]
    assert {7, 8}.isdisjoint(made.view().ranked(vector, 20)[0].tolist())
    assert before.ranked(vector, 1)[0].tolist() == [7], "older views stay as they were"


def test_asked_for_many_all_are_compared(matrix: Matrix) -> None:
    view = matrix.view()
    keys, _ = view.ranked(draw(1, 6)[0], ROWS)
    assert sorted(keys.tolist()) == list(range(ROWS))


def test_signs_that_differ_are_counted_over_all_components() -> None:
    rows = np.where(np.random.default_rng(1).random((9, 70)) > 0.5, 1.0, -1.0).astype(np.float32)
    sketches = Sketches(9, 70)
    sketches.put(0, rows)
    expected = (rows != rows[3]).sum(axis=1)
    np.testing.assert_array_equal(sketches._differing(rows[3], 9), expected)
    np.testing.assert_allclose(sketches._rough(rows[3], np.arange(9)), rows @ rows[3], atol=0.5)
