"""Each feature: its value, its neutral value, and what counts as known."""

from datetime import timedelta

import numpy as np
import pytest

from matching.features import FEATURES
from matching.pipeline import Matcher
from matching.records import Record
from matching.statistics import TermStatistics
from matching.weights import Mixture
from tests.matching.builders import (
    CHENGDU,
    MIANYANG,
    TODAY,
    WEIGHTS,
    SmallTaxonomy,
    content,
    need,
    offer,
)

MATCHER = Matcher(WEIGHTS, TermStatistics.empty(), SmallTaxonomy())
AXIS = np.eye(4, dtype=np.float32)[0]


def term(code: str, one: Record, other: Record) -> dict:
    bill = MATCHER.score(one, other, TODAY).bill()
    return next(term for term in bill["terms"] if term["code"] == code)


def test_every_feature_explains_itself() -> None:
    for feature in FEATURES:
        assert feature.explanation.endswith("."), feature.code
        assert feature.zh
        assert feature.en


@pytest.mark.parametrize("feature", [f.code for f in FEATURES if f.code not in ("text", "freshness", "kind")])
def test_what_nobody_says_is_neutral_and_not_known(feature: str) -> None:
    found = term(feature, need(), offer())
    assert found["known"] is False
    assert found["value"] == found["reverse_value"] == WEIGHTS.neutral[feature]


def test_skills_are_weighed_by_rarity() -> None:
    asked = ["common", "rare"]
    seen = [content(n, skills=["common", "rare"] if n == 0 else ["common"]) for n in range(9)]
    matcher = Matcher(WEIGHTS, TermStatistics.from_contents(seen))
    values = {}
    for skill in asked:
        bill = matcher.score(need(skills=asked), offer(skills=[skill]), TODAY).bill()
        values[skill] = next(t["value"] for t in bill["terms"] if t["code"] == "skills")
    assert values["rare"] > 0.5 > values["common"] > 0
    assert values["rare"] + values["common"] == pytest.approx(1, abs=1e-4)


def test_an_offer_that_lists_no_skills_covers_none_and_is_not_known() -> None:
    found = term("skills", need(skills=["s1"]), offer())
    assert (found["value"], found["known"]) == (0.0, False)
    assert found["missing"] == [{"code": "s1"}]


def test_certificates_are_a_share() -> None:
    found = term("certificates", need(certificates=["a", "b", "c", "d"]), offer(certificates=["a", "z"]))
    assert (found["value"], found["known"]) == (0.25, True)


@pytest.mark.parametrize(
    ("asked", "offered", "forward", "reverse"),
    [(3, 3, 1.0, 1.0), (3, 2, 0.6667, 0.6667), (5, 3, 0.3333, 0.3333), (2, 4, 1.0, 0.7), (5, 1, 0.0, 0.0)],
)
def test_levels(asked: int, offered: int, forward: float, reverse: float) -> None:
    found = term("level", need(level=asked), offer(level=offered))
    assert (found["value"], found["reverse_value"], found["known"]) == (forward, reverse, True)


def test_distance_on_the_sphere() -> None:
    near = term("geography", need(place=CHENGDU), offer(place=CHENGDU))
    assert (near["value"], near["inputs"]["km"]) == (1.0, 0.0)
    far = term("geography", need(place=CHENGDU), offer(place=MIANYANG))
    assert far["inputs"]["km"] == pytest.approx(115.6, abs=0.5)
    assert far["value"] == pytest.approx(np.exp(-(((far["inputs"]["km"] - 10) / 120) ** 2)), abs=1e-4)


def test_capacity_looks_different_from_each_side() -> None:
    found = term("capacity", need(capacity=10), offer(capacity=40))
    assert (found["value"], found["reverse_value"]) == (1.0, 0.25)


def test_freshness_halves_every_ninety_days_of_the_other_side() -> None:
    stale = TODAY - timedelta(days=90)
    found = term("freshness", need(confirmed=TODAY), offer(confirmed=stale))
    assert (found["value"], found["reverse_value"]) == (0.5, 1.0)


def test_a_day_of_confirmation_in_the_future_is_today() -> None:
    assert term("freshness", need(), offer(confirmed=TODAY + timedelta(days=9)))["value"] == 1.0


def test_kinds_suit_each_other_differently() -> None:
    people = term("kind", need(), offer())["value"]
    assert people > term("kind", need(), offer(kind="expert"))["value"]
    problem = need(kind="tech_need")
    assert term("kind", problem, offer(kind="expert"))["value"] > term("kind", problem, offer())["value"]


def worth(inputs: dict, mixture: Mixture) -> float:
    """The weighted mean of the parts that are known, by hand."""
    known = {name: part for name, part in mixture.items() if inputs[name] is not None}
    shares = {name: (inputs[name] - part.low) / (part.full - part.low) for name, part in known.items()}
    total = sum(part.weight * min(1, max(0, shares[name])) for name, part in known.items())
    return total / sum(part.weight for part in known.values())


@pytest.mark.parametrize(("title", "mixtures"), [("焊接 数控", ("work", "said")), ("焊工 数控", ("short",))])
def test_text_without_vectors_renormalises(title: str, mixtures: tuple[str, ...]) -> None:
    found = term("text", need(title=title), offer(title="焊接 数控 护理"))
    assert found["inputs"]["dense"] is None
    assert found["inputs"]["meaning"] is None
    worths = [worth(found["inputs"], getattr(WEIGHTS.text, mixture)) for mixture in mixtures]
    assert found["value"] == pytest.approx(max(worths), abs=1e-4)
    assert found["value"] > 0


@pytest.mark.parametrize(("offered", "more"), [("焊接 数控 护理", "said"), ("护理", "work")])
def test_key_words_count_as_what_they_say_or_as_what_is_known_of_them(offered: str, more: str) -> None:
    """Whichever is more: a list that an offer holds word for word, and jargon that only knowledge understands."""
    asked = need(title="焊接 数控", vector=AXIS)
    found = term("text", asked, offer(title=offered, vector=-AXIS))
    worths = {mixture: worth(found["inputs"], getattr(WEIGHTS.text, mixture)) for mixture in ("work", "said")}
    assert found["value"] == pytest.approx(worths[more], abs=1e-4)
    assert worths[more] == max(worths.values())


def test_vectors_that_point_the_same_way_raise_the_text_relevance() -> None:
    axis = np.eye(4, dtype=np.float32)
    same = term("text", need(title="焊接", vector=axis[0]), offer(title="护理", vector=axis[0]))
    other = term("text", need(title="焊接", vector=axis[0]), offer(title="护理", vector=axis[1]))
    assert (same["inputs"]["dense"], other["inputs"]["dense"]) == (1.0, 0.0)
    assert same["value"] > other["value"]


def test_long_needs_have_their_own_mixture() -> None:
    body = "焊接 数控 机器人 " * 40
    found = term("text", need(title="焊接", body=body), offer(title="焊接"))
    assert found["inputs"]["length"] >= WEIGHTS.text.long_from
    assert found["value"] == pytest.approx(worth(found["inputs"], WEIGHTS.text.long), abs=1e-4)
