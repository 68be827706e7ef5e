"""The weights that ship, and files that are refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import matching.weights
from matching.weights import CURRENT, FEATURE_CODES, WeightsError, load_weights, parse_weights


def shipped() -> dict[str, Any]:
    path = Path(matching.weights.__file__).parent / f"{CURRENT}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_current_version_loads_and_pairs_every_kind() -> None:
    weights = load_weights()
    assert weights.version == CURRENT
    assert len(weights.pairs) == 9
    for pair in weights.pairs.values():
        assert set(pair.profile.forward) == set(FEATURE_CODES)


@pytest.mark.parametrize(
    ("mutual", "band"), [(1.0, "excellent"), (0.75, "excellent"), (0.7499, "good"), (0, "weak")]
)
def test_bands(mutual: float, band: str) -> None:
    assert load_weights().band(mutual) == band


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(WeightsError, match="no such version"):
        load_weights("1999.1-1")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("profiles", "people", "forward", "major"), 0.3, "sums to"),
        (("profiles", "people", "forward", "beauty"), 0.0, "unknown features"),
        (("profiles", "people", "forward", "major"), 0.12345, "four decimals"),
        (("profiles", "people", "forward_calibration"), [-1.0, 0.0], "slope"),
        (("bands", "good"), 0.9, "must fall"),
        (("neutral", "level"), 1.5, "must lie"),
        (("text", "surprise"), 1, "unknown"),
    ],
)
def test_a_file_that_cannot_be_scored_with_is_refused(
    path: tuple[str, ...], value: object, message: str
) -> None:
    data = shipped()
    table = data
    for name in path[:-1]:
        table = table[name]
    table[path[-1]] = value
    with pytest.raises(WeightsError, match=message):
        parse_weights(data)


def test_a_missing_entry_is_named() -> None:
    data = shipped()
    del data["decay"]
    with pytest.raises(WeightsError, match="decay"):
        parse_weights(data)
