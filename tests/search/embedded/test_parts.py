"""The parts of the embedded engine that are easier to judge alone."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.compile import kilometres
from search.embedded.layout import Layout
from search.embedded.vectors import Matrix
from search.errors import WriterBusy
from search.schema import Schema, Text

SCHEMA = Schema("needs", (Text("title"),))


def test_kilometres_between_known_places() -> None:
    to_shanghai, to_itself, to_the_antipode = kilometres(
        39.9042, 116.4074, np.array([31.2304, 39.9042, -39.9042]), np.array([121.4737, 116.4074, -63.5926])
    )
    assert to_shanghai == pytest.approx(1067, abs=1)
    assert to_itself == pytest.approx(0)
    assert to_the_antipode == pytest.approx(math.pi * 6371.0088, rel=1e-6)


@given(
    changes=st.lists(
        st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(1, 99))), max_size=8),
        max_size=12,
    )
)
def test_matrix_holds_the_last_vector_of_each_key(changes: list[list[tuple[int, int | None]]]) -> None:
    matrix = Matrix(2)
    held: dict[int, int] = {}
    views = []
    for batch in changes:
        vectors = [None if value is None else np.array([value, 1], np.float32) for _, value in batch]
        matrix.change([key for key, _ in batch], vectors)
        for key, value in batch:
            held.pop(key, None)
            if value is not None:
                held[key] = value
        views.append((matrix.view(), dict(held)))
    toward = np.array([1, 0], np.float32)
    for view, expected in views:
        keys, scores = view.ranked(toward, 100)
        assert dict(zip(keys.tolist(), scores.tolist(), strict=True)) == expected, (
            "older views stay as they were"
        )
        assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_leftover_generations_go_and_the_current_one_stays(tmp_path: Path) -> None:
    layout = Layout(tmp_path, SCHEMA)
    first = layout.new_generation()
    layout.promote(first)
    layout.new_generation()
    layout.remove_leftovers()
    assert [path for path in (tmp_path / "needs").iterdir() if path.is_dir()] == [first]
    assert layout.current() == first


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    layout = Layout(tmp_path, SCHEMA)
    with pytest.raises(ZeroDivisionError), layout.lock():
        with pytest.raises(WriterBusy), layout.lock():
            pass
        raise ZeroDivisionError
    with layout.lock():
        pass
