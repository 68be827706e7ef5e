"""The table of features (匹配因素): what each is worth, from inputs that the bill shows.

A value lies in [0, 1]. A feature may be worth something else to the offer looking at the need than to the
need looking at the offer. When a side does not say, the feature takes the neutral value of the weights,
is marked as not known, and lowers the data coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching import measures, relevance, standings
from matching.measures import Inputs, Pairs
from matching.records import FloatArray
from matching.weights import FEATURE_CODES, Mixture, Weights

BoolArray = NDArray[np.bool_]
PROFESSIONAL_LEVEL = 2
"""高职专科: where the majors of professional occupations (专业技术人员) begin."""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Values of one feature: forward (need looking at offer), reverse (offer looking at need), and
    whether known.

    NaN stands where the neutral value goes. `known` may be False for a value that is not NaN: a side that
    lists nothing is counted as offering nothing.
    """

    forward: FloatArray
    reverse: FloatArray
    known: BoolArray


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of the table. `grain` says whether inputs stand per distinct pair of contents or per posting;
    `evaluate` turns inputs into values, and its docstring is the feature's public explanation."""

    code: str
    zh: str
    en: str
    grain: Literal["content", "posting"]
    measure: Callable[[Pairs], Inputs]
    evaluate: Callable[[Mapping[str, FloatArray], Weights], Values]

    @property
    def explanation(self) -> str:
        return " ".join((self.evaluate.__doc__ or "").split())


def _alike(value: FloatArray) -> Values:
    return Values(value, value, ~np.isnan(value))


def major(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """How near the offer's majors are to those that the need names: the same code, the same name at
    another level, a class or group that the need names, the class or the group of a named major; else 0.
    """
    return _alike(inputs["closeness"])


def skills(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """Share of the skills asked that the offer covers, each weighed by how rare it is. An offer that
    lists no skills covers none, which is marked as not known.
    """
    return _share(inputs)


def certificates(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """Share of the certificates asked that the offer leads to. An offer that lists none covers none,
    which is marked as not known.
    """
    return _share(inputs)


def _share(inputs: Mapping[str, FloatArray]) -> Values:
    asked = inputs["asked"]
    value = np.minimum(inputs["covered"] / asked, 1.0)
    return Values(value, value, ~np.isnan(asked) & (inputs["listed"] > 0))


def occupation(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """How near the occupations are: the same, in the same small group, in the same larger group; else 0."""
    return _alike(_stepped(inputs["steps"], weights.steps["occupation"]))


def industry(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """How near the industries are: the same, then one and two steps along the tree or the chain; else 0."""
    return _alike(_stepped(inputs["steps"], weights.steps["industry"]))


def _stepped(steps: FloatArray, table: object) -> FloatArray:
    values = np.append(np.asarray(table, dtype=np.float64), 0.0)
    places = np.minimum(np.nan_to_num(steps, nan=0.0), len(values) - 1).astype(np.intp)
    return np.where(np.isnan(steps), np.nan, values[places])


def text(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """How much of the need the offer's text covers: a weighted mean of the share of its words, the share of
    its character grams and the nearness in meaning, of the same three for what its nearest occupations do
    and its nearest majors teach, and of how far these occupations take the offer's majors. What is not known,
    such as meaning without vectors, leaves its weight to the others. Needs of many grams, and
    titles that name work and nobody who does it, have their own weights; for the latter what is
    literally said counts alone where that is more.
    """
    constants = weights.text
    long = inputs["length"] >= constants.long_from
    work = ~long & (inputs["person"] == 0) if constants.work else np.zeros_like(long)
    value = np.full(len(long), np.nan)
    for mixture, rows in ((constants.long, long), (constants.work, work), (constants.short, ~long & ~work)):
        if mixture and rows.any():
            value = np.where(rows, _mixed(inputs, mixture), value)
    if constants.said and work.any():
        value = np.where(work, np.fmax(value, _mixed(inputs, constants.said)), value)
    return _alike(value)


def _mixed(inputs: Mapping[str, FloatArray], mixture: Mixture) -> FloatArray:
    total = np.zeros_like(inputs["words"])
    share = np.zeros_like(inputs["words"])
    for name, part in mixture.items():
        value = (inputs[name] - part.low) / (part.full - part.low)
        known = ~np.isnan(value)
        total += part.weight * np.where(known, np.clip(value, 0, 1), 0.0)
        share += part.weight * known
    return np.where(share > 0, total / np.where(share > 0, share, 1.0), np.nan)


def level(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """1 if the offer's level is at least the lowest accepted, one third less for each level below it. To
    the offer, a need that accepts lower levels is worth a little less for each level. A need that does not
    say is taken to want 高职专科 as far as its nearest occupations are those of professionals.
    """
    above = inputs["offer"] - inputs["need"]
    forward = np.clip(1 + above / weights.decay.level_steps, 0.0, 1.0)
    reverse = np.maximum(forward - weights.decay.overqualified * np.maximum(above, 0.0), 0.0)
    known = ~np.isnan(forward)
    if "professional" in inputs:
        below = np.maximum(PROFESSIONAL_LEVEL - inputs["offer"], 0.0)
        implied = 1 - inputs["professional"] * below
        forward, reverse = np.where(known, forward, implied), np.where(known, reverse, implied)
    return Values(forward, reverse, known)


def geography(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """1 within ten kilometres, then falling with the square of the distance: .5 at 110 km, .1 at 192 km."""
    beyond = np.maximum(inputs["km"] - weights.decay.free_km, 0.0)
    return _alike(np.exp(-((beyond / weights.decay.scale_km) ** 2)))


def capacity(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """To the need, the share of the places asked that the offer has; to the offer, the share of its
    places that the need asks.
    """
    asked, offered = inputs["asked"], inputs["offered"]
    forward = np.minimum(1.0, offered / np.maximum(asked, 1.0))
    reverse = np.minimum(1.0, asked / np.maximum(offered, 1.0))
    return Values(forward, reverse, ~np.isnan(forward))


def freshness(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """Half for every ninety days since the other side was last confirmed."""
    half_life = weights.decay.half_life_days
    forward, reverse = (np.exp2(-inputs[side] / half_life) for side in ("offer_days", "need_days"))
    return Values(forward, reverse, ~np.isnan(forward))


def kind(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """How well this kind of offer suits this kind of need."""
    return _alike(inputs["affinity"])


def cooperation(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """Share of the two organisations' past cooperations that were carried out, counted as if one more had been carried
    out and one more broken off: a half where there was none.
    """
    done, broken = inputs["done"], inputs["broken"]
    return _alike((done + 1) / (done + broken + 2))


def response(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """Share of the introductions put to the other side that it answered, counted as if four more had been put and two
    answered: a half for newcomers.
    """
    forward, reverse = (
        (inputs[f"{side}_answered"] + 2) / (inputs[f"{side}_asked"] + 4) for side in ("offer", "need")
    )
    return Values(forward, reverse, ~np.isnan(forward) & ~np.isnan(reverse))


def priority(inputs: Mapping[str, FloatArray], weights: Weights) -> Values:
    """1 if the other side has a priority tag (链主, 上市, 行业龙头 …), else 0; more tags are not worth more."""
    forward, reverse = (np.minimum(inputs[side], 1.0) for side in ("offer", "need"))
    return Values(forward, reverse, ~np.isnan(forward) & ~np.isnan(reverse))


FEATURES = (
    Feature("major", "专业对口", "Major", "content", measures.majors, major),
    Feature("skills", "技能覆盖", "Skills", "content", measures.skills, skills),
    Feature("occupation", "职业对口", "Occupation", "content", measures.occupations, occupation),
    Feature("text", "文本相关", "Text", "content", relevance.text, text),
    Feature("industry", "产业链邻近", "Industry", "posting", measures.industry, industry),
    Feature("level", "层次学历", "Level", "posting", measures.level, level),
    Feature("geography", "地域距离", "Distance", "posting", measures.geography, geography),
    Feature("capacity", "名额", "Places", "posting", measures.capacity, capacity),
    Feature("freshness", "时效", "Freshness", "posting", measures.freshness, freshness),
    Feature("certificates", "证书", "Certificates", "content", measures.certificates, certificates),
    Feature("kind", "供给类型", "Kind of offer", "content", measures.kind, kind),
    Feature("cooperation", "合作经历", "Past cooperation", "posting", standings.cooperation, cooperation),
    Feature("response", "响应率", "Response rate", "posting", standings.response, response),
    Feature("priority", "优先主体", "Priority", "posting", standings.priority, priority),
)
if tuple(feature.code for feature in FEATURES) != FEATURE_CODES:
    raise ImportError("matching.features: the table must hold the features that weights name, in their order")
BY_CODE = {feature.code: feature for feature in FEATURES}


def features_of(weights: Weights) -> tuple[Feature, ...]:
    """The features that a version of the weights knows."""
    return FEATURES[: len(weights.neutral)]
