"""Terms: counting, bytes, and what cannot be read."""

import numpy as np
import pytest

from matching.terms import Terms, term_hash
from tests.matching.builders import terms


def test_a_term_of_the_title_counts_twice_and_hashes_ascend() -> None:
    words = terms("焊接", "焊接 数控 数控").words
    counts = dict(zip(words.hashes.tolist(), words.counts.tolist(), strict=True))
    assert counts == {term_hash("焊接"): 3, term_hash("数控"): 2}
    assert words.length == 5
    assert (np.diff(words.hashes.astype(np.int64)) > 0).all()


def test_bytes_give_the_same_terms_back() -> None:
    before = terms("焊接 机器人", "数控 c++ .net 数控")
    after = Terms.from_bytes(before.to_bytes())
    for one, other in ((before.words, after.words), (before.grams, after.grams)):
        assert one.hashes.tolist() == other.hashes.tolist()
        assert one.counts.tolist() == other.counts.tolist()
        assert one.length == other.length


def test_empty_terms_survive_their_bytes() -> None:
    assert Terms.from_bytes(Terms.empty().to_bytes()).words.length == 0


@pytest.mark.parametrize("data", [b"", b"1234567", terms("焊接").to_bytes()[:-1]])
def test_broken_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="build them again"):
        Terms.from_bytes(data)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert term_hash("a") == 0xE8B7BE43
