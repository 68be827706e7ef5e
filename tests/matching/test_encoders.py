"""Vectors of postings: unit length, means of passages, none without an encoder."""

from collections.abc import Sequence

import numpy as np
import pytest

from matching.encoders import PASSAGE_CHARACTERS, PASSAGES, encode_postings, load_encoder, passages


class LengthEncoder:
    """Points east for short texts and north for longer ones."""

    name = "length"
    dims = 2

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if len(text) < 10 else [0.0, 1.0] for text in texts], dtype=np.float32)


def test_a_body_is_read_in_passages() -> None:
    body = "字" * (PASSAGE_CHARACTERS * (PASSAGES + 3))
    parts = passages("题", body)
    assert len(parts) == PASSAGES
    assert parts[0] == "题 " + "字" * PASSAGE_CHARACTERS
    assert passages("题", "") == ["题"]


def test_a_posting_is_the_mean_of_its_passages() -> None:
    body = "字" * (PASSAGE_CHARACTERS + 3)
    vectors = encode_postings(LengthEncoder(), [("短", ""), ("题", body)])
    np.testing.assert_allclose(vectors, [[1.0, 0.0], [0.5**0.5, 0.5**0.5]], atol=1e-6)
    assert encode_postings(LengthEncoder(), []).shape == (0, 2)


def test_the_bundled_encoder_knows_which_texts_are_alike() -> None:
    encoder = load_encoder("bundled")
    assert encoder is not None
    welder, joining, nurse = encoder.encode(["焊接技术", "机器人焊接工艺", "老年护理"])
    assert welder.shape == (encoder.dims,)
    assert welder @ welder == pytest.approx(1, abs=1e-5)
    assert welder @ joining > welder @ nurse


def test_the_setting_none_and_a_setting_that_is_wrong() -> None:
    assert load_encoder("none") is None
    with pytest.raises(ValueError, match="none or bundled"):
        load_encoder("gpt")
