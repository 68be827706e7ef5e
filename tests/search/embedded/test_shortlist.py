"""Nearest vectors by a first look: nearly all that comparing every one would find, and nothing else."""

import numpy as np
import numpy.typing as npt
import pytest

from search.embedded.vectors import EXACT_ROWS, LATEST_ROWS, Matrix, Nearest

ROWS, DIMS, WANTED = 3 * EXACT_ROWS, 128, 50
Floats = npt.NDArray[np.float32]


def unit(rows: Floats) -> Floats:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def draw(number: int, seed: int) -> Floats:
    """Vectors around common themes, as texts of one field are."""
    numbers = np.random.default_rng(seed)
    themes = np.random.default_rng(0).standard_normal((200, DIMS), dtype=np.float32)
    mixed = themes[numbers.integers(0, 200, (number, 3))].sum(axis=1)
    return unit(mixed + numbers.standard_normal((number, DIMS), dtype=np.float32))


def filled(rows: Floats) -> Matrix:
    made = Matrix(DIMS)
    for start in range(0, len(rows), 3_000):
        made.change(range(start, min(start + 3_000, len(rows))), list(rows[start : start + 3_000]))
    return made


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return filled(draw(ROWS, 1))


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
    view = matrix.view()
    assert view.shortlist is not None
    assert np.mean([found(view, vector) for vector in draw(40, 2)]) >= 0.99


@pytest.mark.parametrize("one_in", [2, 15])
def test_only_those_that_pass_are_found_and_nearly_all_of_them(matrix: Matrix, one_in: int) -> None:
    view = matrix.view()
    shares = [found(view, vector, view.keys % one_in == 0) for vector in draw(40, 3)]
    assert np.mean(shares) >= 0.99


def test_fewer_that_pass_than_are_wanted_are_all_found(matrix: Matrix) -> None:
    view = matrix.view()
    keys, _ = view.ranked(draw(1, 4)[0], WANTED, view.keys < 30)
    assert sorted(keys.tolist()) == list(range(30))


def test_what_was_replaced_or_taken_away_is_not_found_and_what_is_new_is() -> None:
    rows = draw(ROWS, 5)
    made, vector = filled(rows), rows[7]
    before = made.view()
    assert before.ranked(vector, 1)[0].tolist() == [7]
    made.change([7, 8], [-vector, None])
    made.change([ROWS], [vector])
    after = made.view()
    assert after.shortlist is before.shortlist, "the latest rows are compared beside it"
    assert after.ranked(vector, 1)[0].tolist() == [ROWS]
    assert {7, 8}.isdisjoint(after.ranked(vector, 20)[0].tolist())
    assert before.ranked(vector, 1)[0].tolist() == [7], "older views stay as they were"


def test_many_new_ones_come_into_a_shortlist_of_their_own() -> None:
    made = filled(draw(ROWS, 6))
    before = made.view()
    more = draw(LATEST_ROWS + 1, 7)
    made.change(range(ROWS, ROWS + len(more)), list(more))
    after = made.view()
    assert before.shortlist is not None
    assert after.shortlist is not None
    assert (before.shortlist.size, after.shortlist.size) == (ROWS, ROWS + len(more))
    assert np.mean([found(after, vector) for vector in draw(20, 8)]) >= 0.99
    assert np.mean([found(before, vector) for vector in draw(20, 8)]) >= 0.99


def test_rows_that_no_longer_count_are_left_behind() -> None:
    made = filled(draw(ROWS, 9))
    before = made.view()
    changed, rounds = ROWS // 2, 4
    for seed in range(10, 10 + rounds):
        made.change(range(changed), list(draw(changed, seed)))
        assert np.mean([found(made.view(), vector) for vector in draw(10, 20)]) >= 0.99
    assert len(made.view().rows) < ROWS + rounds * changed
    assert np.mean([found(before, vector) for vector in draw(20, 20)]) >= 0.99, (
        "older views stay as they were"
    )


def test_asked_for_many_all_are_compared(matrix: Matrix) -> None:
    keys, _ = matrix.view().ranked(draw(1, 14)[0], ROWS)
    assert sorted(keys.tolist()) == list(range(ROWS))
