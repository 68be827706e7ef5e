"""Each veto rules out, and is named."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pipeline import Matcher
from matching.records import Record
from matching.statistics import TermStatistics
from matching.vetoes import VETOES
from tests.matching.builders import TODAY, WEIGHTS, need, needs, offer, offers

MATCHER = Matcher(WEIGHTS, TermStatistics.empty())


def failed(one: Record, other: Record) -> set[str]:
    pairing = MATCHER.score(one, other, TODAY)
    gates = {gate["rule"] for gate in pairing.bill()["gates"] if not gate["passes"]}
    assert pairing.passes is (not gates)
    return gates


def test_an_ordinary_pair_passes() -> None:
    assert failed(need(level=3, capacity=5), offer(level=2, capacity=1)) == set()


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (need(), offer(kind="talent_need"), "kinds"),
        (need(recommendable=False), offer(), "recommendable"),
        (need(), offer(recommendable=False), "recommendable"),
        (need(level=3), offer(level=1), "level_floor"),
        (need(capacity=0), offer(), "places_left"),
        (need(), offer(capacity=0), "places_left"),
        (need(organisation=7), offer(organisation=7), "other_organisation"),
    ],
)
def test_what_is_ruled_out(one: Record, other: Record, rule: str) -> None:
    assert failed(one, other) == {rule}


def test_every_rule_speaks_both_languages() -> None:
    assert all(veto.zh and veto.en for veto in VETOES)


def test_a_level_nobody_says_is_compatible() -> None:
    assert failed(need(level=5), offer()) == set()


@settings(max_examples=40, deadline=None)
@given(needs, st.lists(offers, min_size=3, max_size=8))
def test_a_stated_degree_raised_never_lets_more_pass(one: Record, held: list[Record]) -> None:
    passing = [
        sum(MATCHER.score(replace(one, level=level), other, TODAY).passes for other in held)
        for level in range(1, 6)
    ]
    assert passing == sorted(passing, reverse=True)
