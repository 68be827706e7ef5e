"""Bills add up, are the same bytes each time, read alike in both languages, and tell the truth about
changes.
"""

import copy
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.counterfactuals import Change, counterfactuals
from matching.explain import recompute, to_bytes
from matching.pipeline import Matcher
from matching.records import Record
from matching.rendering import REASONS_SHOWN, render
from matching.statistics import TermStatistics
from matching.terms import Terms
from matching.weights import load_weights
from tests.matching.builders import (
    MATCHER,
    PAIR,
    SKILLS,
    STATISTICS,
    TODAY,
    WEIGHTS,
    SmallTaxonomy,
    bill_of,
    need,
    needs,
    offer,
    offers,
)

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


@settings(max_examples=150, deadline=None)
@given(needs, offers)
def test_every_bill_recomputes_to_itself_after_json(one: Record, other: Record) -> None:
    stored = json.loads(to_bytes(bill_of(one, other)))
    assert recompute(stored) == stored


@settings(max_examples=60, deadline=None)
@given(needs, offers)
def test_a_bill_holds_exactly_what_was_scored(one: Record, other: Record) -> None:
    """To the last decimal: a value that the bill rounds further may well lead to the same score."""
    pairing = MATCHER.score(one, other, TODAY)
    for term in pairing.bill()["terms"]:
        column = pairing.scored.columns[term["code"]]
        row = column.rows[pairing.row]
        assert (term["value"], term["reverse_value"]) == (column.values.forward[row], column.values.reverse[row])
        for name, scored in column.inputs.items():
            told = np.nan if term["inputs"][name] is None else term["inputs"][name]
            np.testing.assert_equal(told, scored[row])


def test_a_known_bill_has_text_values_of_four_decimals() -> None:
    text = next(term for term in MATCHER.score(*PAIR, TODAY).bill()["terms"] if term["code"] == "text")
    assert round(text["value"], 3) != text["value"] == round(text["value"], 4)
    assert any(value and round(value, 3) != value for value in text["inputs"].values())


@settings(max_examples=60, deadline=None)
@given(needs, offers)
def test_the_same_pair_gives_the_same_bytes(one: Record, other: Record) -> None:
    again = Matcher(WEIGHTS, STATISTICS, SmallTaxonomy())
    assert to_bytes(bill_of(one, other)) == to_bytes(
        again.score(one, other, TODAY).bill(counterfactuals=True)
    )


@settings(max_examples=30, deadline=None)
@given(needs, st.lists(offers, min_size=1, max_size=4, unique_by=lambda record: record.key), st.randoms())
def test_a_run_of_stored_records_and_snapshot_gives_the_same_bytes(one: Record, held: list, chance) -> None:
    """What is stored are the terms of each content and the snapshot, as bytes: both come back as they were."""
    snapshot = TermStatistics.from_bytes(STATISTICS.to_bytes())
    assert snapshot.version == STATISTICS.version
    again = Matcher(load_weights(WEIGHTS.version), snapshot, SmallTaxonomy())
    before = {other.key: to_bytes(bill_of(one, other)) for other in held}
    chance.shuffle(held)
    after = {
        other.key: to_bytes(again.score(_stored(one), _stored(other), TODAY).bill(counterfactuals=True))
        for other in held
    }
    assert before == after


def _stored(record: Record) -> Record:
    content = record.content
    vector = None if content.vector is None else np.frombuffer(content.vector.tobytes(), dtype=np.float32)
    terms = Terms.from_bytes(content.terms.to_bytes())
    return replace(record, content=replace(content, terms=terms, vector=vector))


def test_bytes_are_canonical_whatever_the_order_of_the_keys() -> None:
    bill = bill_of(*PAIR)
    assert to_bytes(dict(reversed(bill.items()))) == to_bytes(bill)
    assert "技能甲" in to_bytes(bill).decode()


@pytest.mark.parametrize("path", [("terms", 3, "value"), ("terms", 6, "inputs", "km"), ("scores", "mutual")])
def test_a_changed_bill_does_not_recompute(path: tuple) -> None:
    bill = bill_of(*PAIR)
    forged = copy.deepcopy(bill)
    table = forged
    for name in path[:-1]:
        table = table[name]
    table[path[-1]] += 0.1
    assert recompute(bill) == bill
    assert recompute(forged) != forged


def test_a_bill_says_what_it_was_made_with() -> None:
    bill = bill_of(*PAIR)
    assert (bill["weights"], bill["statistics"], bill["day"]) == (
        WEIGHTS.version,
        STATISTICS.version,
        "2026-11-01",
    )
    assert bill["names"]["460104"] == {"zh": "机电", "en": "机电"}
    assert 0 < bill["data_coverage"] < 1


def test_the_sum_can_be_done_by_hand() -> None:
    bill = bill_of(*PAIR)
    by_hand = sum(term["weight"] * term["value"] for term in bill["terms"])
    assert bill["sums"]["forward"] == pytest.approx(by_hand, abs=1e-9)
    q, p = bill["scores"]["forward"], bill["scores"]["reverse"]
    assert bill["scores"]["mutual"] == pytest.approx(2 * q * p / (q + p), abs=5e-5)


def test_matched_and_missing_items_are_named() -> None:
    terms = {term["code"]: term for term in bill_of(*PAIR)["terms"]}
    assert terms["skills"]["matched"] == [{"code": "技能甲"}]
    assert terms["skills"]["missing"] == [{"code": "技能丙"}, {"code": "技能乙"}]
    assert terms["major"]["matched"] == [{"code": "460301", "offer": "460104", "relation": "same_group"}]


@settings(max_examples=100, deadline=None)
@given(needs, offers)
def test_both_languages_carry_the_same_numbers(one: Record, other: Record) -> None:
    bill = bill_of(one, other)
    chinese, english = render(bill, "zh"), render(bill, "en")
    for part in ("reasons", "gaps", "counterfactuals"):
        pairs = zip(getattr(chinese, part), getattr(english, part), strict=True)
        for sentence, translated in pairs:
            assert sorted(NUMBER.findall(sentence)) == sorted(NUMBER.findall(translated))
            assert sentence != translated
    assert len(chinese.vetoes) == len(english.vetoes)
    assert len(chinese.reasons) <= REASONS_SHOWN


def test_sentences_of_a_known_pair() -> None:
    said = render(bill_of(*PAIR), "zh")
    assert "地域距离：相距 115.7 公里" in said.reasons + said.gaps
    assert "层次学历：高职专科，最低要求 本科" in said.gaps
    assert any(sentence.startswith("最低学历放宽到高职专科: +0.") for sentence in said.counterfactuals)
    assert "证书" in said.unknown
    assert said.vetoes == []


def test_a_veto_is_told_and_the_change_that_lifts_it_comes_first() -> None:
    bill = bill_of(need(level=4, majors=["460301"]), offer(level=2, majors=["460104"]))
    said = render(bill, "zh")
    assert said.vetoes == ["层次低于最低学历不超过一级"]
    assert said.counterfactuals[0].startswith("最低学历放宽到本科")
    assert said.counterfactuals[0].endswith("，即可推荐")


@settings(max_examples=100, deadline=None)
@given(needs, offers)
def test_every_counterfactual_is_true_when_run_again(one: Record, other: Record) -> None:
    pairing = MATCHER.score(one, other, TODAY)
    for found in counterfactuals(pairing):
        again = MATCHER.score(found.change.apply(one), other, TODAY)
        assert again.mutual == found.mutual
        assert found.gain == pytest.approx(again.mutual - pairing.mutual, abs=1e-9)
        assert found.gain > 0 or (again.passes and not pairing.passes)
        assert found.opens == (again.passes and not pairing.passes)


def test_a_change_alters_one_thing() -> None:
    one = PAIR[0]
    assert Change("level", 2).apply(one) == replace(one, level=2)
    assert Change("place", None).apply(one) == replace(one, place=None)
    assert Change("major", "460104").apply(one).content.majors == {"460301", "460104"}
    assert Change("skill", "技能甲").apply(one).content.skills == {"技能乙", "技能丙"}
    with pytest.raises(KeyError):
        Change("weather", 1).apply(one)


@settings(max_examples=100, deadline=None)
@given(needs, offers, st.sampled_from(SKILLS))
def test_a_matching_skill_more_never_lowers_a_score(one: Record, other: Record, skill: str) -> None:
    def with_skill(record: Record) -> Record:
        return replace(record, content=replace(record.content, skills=record.content.skills | {skill}))

    asking = with_skill(one)
    before, after = (MATCHER.score(asking, seen, TODAY).mutual for seen in (other, with_skill(other)))
    assert after >= before
    assert MATCHER.score(asking, with_skill(other), TODAY).mutual >= MATCHER.score(one, other, TODAY).mutual


def test_a_matching_skill_more_helps() -> None:
    one, other = PAIR
    more = replace(other, content=replace(other.content, skills=frozenset(SKILLS[:2])))
    assert MATCHER.score(one, more, TODAY).mutual > MATCHER.score(one, other, TODAY).mutual
