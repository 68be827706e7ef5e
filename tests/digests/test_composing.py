"""What is worth telling: the best first, within the budget, nothing twice, the same for the same input."""

import random

from hypothesis import given
from hypothesis import strategies as st

from matching.weights import BAND_CODES
from rongqiao.digests.composing import MOST_OF_ONE, choose, room
from rongqiao.digests.timing import Rhythm
from rongqiao.recommending.selectors import Fit

CANDIDATES = st.lists(
    st.builds(
        Fit, pairing=st.integers(1, 60), need=st.integers(1, 9), offer=st.integers(10, 19), organisation=st.just(1),
        other=st.integers(10, 19), other_organisation=st.integers(1, 4), mutual=st.floats(0.55, 1.0),
        band=st.sampled_from(BAND_CODES[:2]), priority=st.booleans(),
    ),
    max_size=30, unique_by=(lambda each: each.pairing, lambda each: each.pair),
)  # fmt: skip
TOLD = st.dictionaries(st.tuples(st.integers(1, 9), st.integers(10, 19)), st.sampled_from(BAND_CODES), max_size=20)


@given(CANDIDATES, TOLD, st.integers(0, 20), st.randoms(use_true_random=False))
def test_a_choice_keeps_its_promises(candidates, told, most: int, dice: random.Random) -> None:
    choice = choose(candidates, told, [], most)
    picked = [pick.candidate for pick in choice.picks]
    assert len(picked) <= most
    hundredths = [round(each.mutual * 100) for each in picked]
    assert hundredths == sorted(hundredths, reverse=True)
    for pick in choice.picks:
        before = told.get(pick.candidate.pair, "")
        assert pick.before == before
        assert not before or BAND_CODES.index(pick.candidate.band) < BAND_CODES.index(before)
    assert len({each.other for each in picked}) == len(picked)
    owners = [each.other_organisation for each in picked]
    assert all(owners.count(owner) <= MOST_OF_ONE for owner in owners)
    assert choice.left_over >= 0
    shuffled = list(candidates)
    dice.shuffle(shuffled)
    assert choose(shuffled, told, [], most) == choice, "the order in which rows are read must not matter"


@given(CANDIDATES)
def test_what_was_told_is_not_told_again(candidates) -> None:
    first = choose(candidates, {}, [], 20)
    told = {pick.candidate.pair: pick.candidate.band for pick in first.picks}
    again = choose(candidates, told, told, 20)
    assert {pick.candidate.pair for pick in again.picks}.isdisjoint(told)
    assert again.gone == 0
    assert choose([], told, told, 20).gone == len(told)


def test_the_budget_is_of_a_week_and_a_daily_letter_takes_a_fifth_of_it() -> None:
    assert room(10, Rhythm.WEEKLY, 0) == 10
    assert room(10, Rhythm.WEEKLY, 7) == 3
    assert room(10, Rhythm.DAILY, 0) == 2
    assert room(10, Rhythm.DAILY, 9) == 1
    assert room(3, Rhythm.DAILY, 0) == 1
    assert room(5, Rhythm.DAILY, 12) == 0


def test_a_priority_tag_decides_among_equals_and_lifts_nobody() -> None:
    plain = Fit(1, 1, 11, 1, 11, 1, 0.801, "excellent")
    tagged = Fit(2, 1, 12, 1, 12, 2, 0.799, "excellent", priority=True)
    better = Fit(3, 1, 13, 1, 13, 3, 0.82, "excellent")
    assert [pick.candidate.pairing for pick in choose([plain, tagged, better], {}, [], 3).picks] == [3, 2, 1]
