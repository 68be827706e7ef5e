"""How organisations have acted: past cooperation, response rate, capped priority; and that older versions know none."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from matching.explain import recompute, to_bytes
from matching.pipeline import Matcher
from matching.records import Batch, Record, Standing
from matching.rendering import render
from matching.weights import load_weights
from tests.matching.builders import (
    MATCHER,
    STATISTICS,
    TODAY,
    WEIGHTS,
    SmallTaxonomy,
    need,
    needs,
    offer,
    offers,
)

NEED, OFFER = need(1, 1, title="焊接"), offer(2, 2, title="焊接")


def term(code: str, needing: Standing | None, offering: Standing | None) -> dict:
    bill = MATCHER.score(replace(NEED, standing=needing), replace(OFFER, standing=offering), TODAY).bill()
    return next(each for each in bill["terms"] if each["code"] == code)


def mutual(needing: Standing | None, offering: Standing | None) -> float:
    return MATCHER.score(replace(NEED, standing=needing), replace(OFFER, standing=offering), TODAY).mutual


def test_past_cooperation_counts_whichever_side_tells_of_it() -> None:
    assert term("cooperation", Standing(), Standing())["value"] == 0.5
    told = {"needing": Standing(partners={2: (3, 0)}), "offering": Standing(partners={1: (3, 0)})}
    assert term("cooperation", told["needing"], None)["value"] == 0.8
    assert term("cooperation", None, told["offering"])["value"] == 0.8
    assert term("cooperation", Standing(partners={9: (3, 0)}), Standing())["value"] == 0.5
    assert term("cooperation", Standing(partners={2: (0, 3)}), Standing())["value"] == 0.2
    assert mutual(told["needing"], Standing()) > mutual(Standing(), Standing())


@pytest.mark.parametrize(("asked", "answered", "value"), [(0, 0, 0.5), (4, 4, 0.75), (4, 0, 0.25), (96, 96, 0.98)])
def test_the_response_rate_is_what_the_other_side_did(asked: int, answered: int, value: float) -> None:
    """(r + 2)/(m + 4): a half for newcomers."""
    found = term("response", Standing(), Standing(asked, answered))
    assert (found["value"], found["reverse_value"]) == (value, 0.5)
    found = term("response", Standing(asked, answered), Standing())
    assert (found["value"], found["reverse_value"]) == (0.5, value)


def test_priority_is_seen_small_and_capped() -> None:
    one, two = Standing(priority=("链主",)), Standing(priority=("链主", "上市", "行业龙头"))
    plain = mutual(Standing(), Standing())
    assert term("priority", Standing(), one)["value"] == 1.0
    assert plain < mutual(Standing(), one) == mutual(Standing(), two)
    assert mutual(two, two) - plain < 0.03


def test_priority_is_told_as_a_reason_and_never_as_a_gap() -> None:
    bill = MATCHER.score(replace(NEED, standing=Standing()), replace(OFFER, standing=Standing()), TODAY).bill()
    assert not any("优先" in sentence for sentence in render(bill, "zh").gaps)


def test_what_nobody_tells_is_worth_what_it_was_before_these_features() -> None:
    """Of the version that brought them; later ones changed the text as well."""
    before, after = (
        Matcher(load_weights(version), STATISTICS, SmallTaxonomy()).score(NEED, OFFER, TODAY)
        for version in ("2026.11-3", "2026.11-4")
    )
    assert after.mutual == pytest.approx(before.mutual, abs=2e-4)


@settings(max_examples=40, deadline=None)
@given(needs, offers)
def test_an_older_version_knows_nothing_of_them(one: Record, other: Record) -> None:
    """A pairing that was stored under it gives the bytes that it gave."""
    matcher = Matcher(load_weights("2026.11-3"), STATISTICS, SmallTaxonomy())
    bill = matcher.score(one, other, TODAY).bill(counterfactuals=True)
    bare = matcher.score(replace(one, standing=None), replace(other, standing=None), TODAY).bill(counterfactuals=True)
    assert to_bytes(bill) == to_bytes(bare)
    assert [each["code"] for each in bill["terms"]] == list(matcher.weights.neutral)
    assert recompute(json.loads(to_bytes(bill))) == json.loads(to_bytes(bill))


@settings(max_examples=40, deadline=None)
@given(needs, offers)
def test_both_sides_measure_alike(one: Record, other: Record) -> None:
    forth = MATCHER.evaluate(one, "need", other.content.kind, Batch.of([other]), TODAY)
    back = MATCHER.evaluate(other, "offer", one.content.kind, Batch.of([one]), TODAY)
    for code in ("cooperation", "response", "priority"):
        for side in ("forward", "reverse"):
            here, there = (getattr(scored.columns[code].values, side).tolist() for scored in (forth, back))
            assert here == there
    assert WEIGHTS.neutral["priority"] == 0
