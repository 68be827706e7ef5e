"""Weights, constants and calibration of the scores as data with a version (权重版本)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

CURRENT = "2026.11-5"
"""The version used when none is asked for."""

FEATURE_CODES = (
    "major",
    "skills",
    "occupation",
    "text",
    "industry",
    "level",
    "geography",
    "capacity",
    "freshness",
    "certificates",
    "kind",
    "cooperation",
    "response",
    "priority",
)
_FIRST_FEATURES = FEATURE_CODES.index("cooperation")
"""Features that every version knows."""
BAND_CODES = ("excellent", "good", "possible", "weak")
"""很合适, 合适, 可谈, 勉强: the bands of the mutual score, best first."""


class WeightsError(ValueError):
    """A weights file says something that cannot be scored with; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the text relevance: its weight, the input that counts as nothing and the one that counts as
    all."""

    weight: float
    full: float
    low: float = 0.0


Mixture = Mapping[str, Part]
"""The parts of the text relevance by the name of their input; their weights sum to 1."""
TEXT_PARTS = ("words", "grams", "dense", "tasks", "subjects", "meaning", "title", "links")


@dataclass(frozen=True, slots=True)
class KnowledgeConstants:
    """Which knowledge of the trades is used and how: so many nearest rows, similarity to a power, the share of
    BM25 in it, and how many of their terms are kept. Without a version none is used."""

    version: str = ""
    nearest: int = 20
    power: float = 8.0
    lexical: float = 0.35
    terms: int = 64


@dataclass(frozen=True, slots=True)
class TextConstants:
    """Constants of the text relevance; `long_from` is in grams of the need. `work` is for short needs that name work and
    nobody who does it; None where these are weighed like the other short ones. `said` is what such needs are worth by
    their words alone where that is more."""

    saturation: float
    length_effect: float
    best_terms: int
    long_from: float
    short: Mixture
    long: Mixture
    knowledge: KnowledgeConstants
    work: Mixture | None = None
    said: Mixture | None = None


@dataclass(frozen=True, slots=True)
class Decay:
    """Constants of level, geography and freshness: kilometres, levels and days."""

    free_km: float
    scale_km: float
    level_steps: float
    overqualified: float
    half_life_days: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights and calibration (a, b of σ(a·Σw·x + b)) of a kind of pair, in both directions."""

    forward: Mapping[str, float]
    reverse: Mapping[str, float]
    forward_calibration: tuple[float, float]
    reverse_calibration: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PairKind:
    """A kind of need and a kind of offer that may pair; `affinity` is how well they suit each other."""

    profile: Profile
    affinity: float


@dataclass(frozen=True, slots=True)
class Weights:
    """One version: everything that scores depend on besides the records and the term statistics. The features that it
    knows are those it has a neutral value for; one that came later is no part of its scores and bills."""

    version: str
    bands: tuple[tuple[str, float], ...]
    neutral: Mapping[str, float]
    text: TextConstants
    closeness: Mapping[str, float]
    steps: Mapping[str, Sequence[float]]
    decay: Decay
    pairs: Mapping[tuple[str, str], PairKind]

    def band(self, mutual: float) -> str:
        """The band of a mutual score."""
        return next((code for code, lowest in self.bands if mutual >= lowest), BAND_CODES[-1])


@lru_cache(maxsize=16)
def load_weights(version: str = CURRENT) -> Weights:
    """The weights of a version that ships with the library. Raises WeightsError for an unknown or bad one."""
    path = Path(__file__).parent / f"{version}.toml"
    if not path.is_file():
        raise WeightsError(f"weights {version!r}: no such version among those shipped")
    weights = parse_weights(tomllib.loads(path.read_text(encoding="utf-8")))
    if weights.version != version:
        raise WeightsError(f"weights {version!r}: the file says version {weights.version!r}")
    return weights


def parse_weights(data: Mapping[str, Any]) -> Weights:
    """Check and take over the tables of a weights file. Raises WeightsError."""
    try:
        return _parse(data)
    except (KeyError, TypeError) as missing:
        raise WeightsError(f"weights: entry missing, unknown or of the wrong type: {missing}") from missing


def _parse(data: Mapping[str, Any]) -> Weights:
    neutral = {code: _fraction(value, f"neutral.{code}") for code, value in data["neutral"].items()}
    if tuple(neutral) != FEATURE_CODES[: len(neutral)] or len(neutral) < _FIRST_FEATURES:
        raise WeightsError("weights: neutral must name the features in their order, the latest may be left out")
    profiles = {name: _profile(name, table, tuple(neutral)) for name, table in data["profiles"].items()}
    pairs = {
        (row["need"], row["offer"]): PairKind(profiles[row["profile"]], _fraction(row["kind"], "pairs.kind"))
        for row in data["pairs"]
    }
    return Weights(
        version=str(data["version"]),
        bands=_bands(data["bands"]),
        neutral=neutral,
        text=_text(data["text"]),
        closeness={key: _fraction(value, f"closeness.{key}") for key, value in data["closeness"].items()},
        steps={key: [_fraction(step, f"steps.{key}") for step in row] for key, row in data["steps"].items()},
        decay=Decay(**data["decay"]),
        pairs=pairs,
    )


def _text(table: Mapping[str, Any]) -> TextConstants:
    constants = {**table, "knowledge": KnowledgeConstants(**table.get("knowledge", {}))}
    dense = {"low": constants.pop("dense_low", 0.0), "full": constants.pop("dense_high", 0.0)}
    for length in ("short", "long"):
        mixture = table[length]
        constants[length] = _plain(mixture, dense) if "words_full" in mixture else _mixture(length, mixture)
    for optional in {"work", "said"} & set(table):
        constants[optional] = _mixture(optional, table[optional])
    return TextConstants(**constants)


def _plain(table: Mapping[str, float], dense: Mapping[str, float]) -> Mixture:
    """The mixture of words, grams and dense similarity as version 2026.11-1 writes it."""
    return {
        "words": Part(table["words"], table["words_full"]),
        "grams": Part(table["grams"], table["grams_full"]),
        "dense": Part(table["dense"], **dense),
    }


def _mixture(name: str, table: Mapping[str, Any]) -> Mixture:
    unknown = set(table) - set(TEXT_PARTS)
    if unknown:
        raise WeightsError(f"weights: text.{name} names unknown parts {sorted(unknown)}")
    mixture = {part: Part(**table[part]) for part in TEXT_PARTS if part in table}
    total = sum(_fraction(part.weight, f"text.{name}.{code}") for code, part in mixture.items())
    if round(total, 4) != 1.0 or any(part.full <= part.low for part in mixture.values()):
        raise WeightsError(f"weights: the parts of text.{name} must sum to 1, and all lie above nothing")
    return mixture


def _bands(table: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    bands = tuple((code, _fraction(table[code], f"bands.{code}")) for code in BAND_CODES[:-1])
    if sorted(bands, key=lambda band: -band[1]) != list(bands):
        raise WeightsError("weights: bands must fall from excellent to possible")
    return bands


def _profile(name: str, table: Mapping[str, Any], known: Sequence[str]) -> Profile:
    sides = {side: _side(f"{name}.{side}", table[side], known) for side in ("forward", "reverse")}
    forward, reverse = table["forward_calibration"], table["reverse_calibration"]
    for slope, _ in (forward, reverse):
        if slope <= 0:
            raise WeightsError(f"weights: the slope of profile {name} must be above 0")
    return Profile(sides["forward"], sides["reverse"], (forward[0], forward[1]), (reverse[0], reverse[1]))


def _side(name: str, table: Mapping[str, float], known: Sequence[str]) -> dict[str, float]:
    unknown = set(table) - set(known)
    if unknown:
        raise WeightsError(f"weights: profile {name} names unknown features {sorted(unknown)}")
    weights = {code: _fraction(table.get(code, 0.0), f"{name}.{code}") for code in known}
    if round(sum(weights.values()), 4) != 1.0:
        raise WeightsError(f"weights: profile {name} sums to {sum(weights.values()):.4f}, not 1")
    return weights


def _fraction(value: float, name: str) -> float:
    if not 0 <= value <= 1 or round(value, 4) != value:
        raise WeightsError(f"weights: {name} = {value} must lie in [0, 1] with four decimals at most")
    return float(value)
