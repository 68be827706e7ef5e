"""From a posting to its list: the right one first, deterministic, diverse, the same from both sides."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.pipeline import Matcher, diverse
from matching.records import Batch, Content, Record
from matching.statistics import TermStatistics
from tests.matching.builders import (
    CHENGDU,
    STATISTICS,
    TODAY,
    WEIGHTS,
    SmallTaxonomy,
    content,
    need,
    needs,
    offer,
    records,
)

MATCHER = Matcher(WEIGHTS, STATISTICS, SmallTaxonomy())


class ListSource:
    """Every record of a kind is a candidate."""

    def __init__(self, held: Sequence[Record]) -> None:
        self.held = held

    def contents(self, probe: Record, kind: str) -> Sequence[Content]:
        return list(dict.fromkeys(record.content for record in self.held if record.content.kind == kind))

    def postings(self, contents: Sequence[Content], probe: Record, kind: str) -> Batch:
        return Batch.of([record for record in self.held if record.content in contents])


WELDING = content(
    1,
    "talent_need",
    title="焊接 机器人",
    body="焊接 工艺 机器人 操作",
    majors=["460104"],
    skills=["弧焊", "编程"],
)
WELDERS = {"title": "焊接 机器人", "body": "机器人 焊接", "majors": ["460104"], "skills": ["弧焊", "编程"]}
FACTS = {"level": 2, "place": CHENGDU, "capacity": 40}
SCHOOLS = [
    offer(11, 11, **WELDERS, **FACTS),
    offer(12, 12, **WELDERS, **FACTS | {"place": (45.8, 126.5)}),
    offer(13, 13, title="数控 技术", body="数控 加工", majors=["460101"], skills=["数控"], **FACTS),
    offer(14, 14, title="食品 检验", body="食品 检验", majors=["490101"], skills=["检验"], **FACTS),
]
"""The right one, the right one far away, one near in trade, one of another trade."""


def test_the_right_one_wins_on_a_small_set_and_the_wrong_one_is_last() -> None:
    wanted = Record(1, WELDING, 1, TODAY, level=2, place=CHENGDU, capacity=10)
    matcher = Matcher(WEIGHTS, TermStatistics.from_contents(r.content for r in SCHOOLS), SmallTaxonomy())
    found = matcher.match(wanted, "need", ListSource(SCHOOLS), ["major"], TODAY)
    assert [pairing.offer.key for pairing in found] == [11, 12, 13, 14]
    assert found[0].band == "excellent"
    assert found[-1].band == "weak"


def test_an_offer_finds_the_need_that_fits_it() -> None:
    fits = Record(1, WELDING, 1, TODAY, level=2, place=CHENGDU, capacity=10)
    other = need(2, 2, title="护理", majors=["490101"], level=2, place=CHENGDU)
    found = MATCHER.match(SCHOOLS[0], "offer", ListSource([other, fits]), ["talent_need"], TODAY)
    assert [pairing.need.key for pairing in found] == [1, 2]


def test_the_vetoed_and_the_kinds_that_do_not_pair_are_left_out() -> None:
    held = [offer(3, 3, capacity=0), offer(4, 4), offer(5, 5, kind="talent_need")]
    found = MATCHER.match(need(), "need", ListSource(held), ["major", "talent_need", "expert"], TODAY)
    assert [pairing.offer.key for pairing in found] == [4]


def test_kinds_share_one_list_and_one_limit_for_each_organisation() -> None:
    held = [offer(number, 5, kind="major" if number % 2 else "expert") for number in range(3, 13)]
    held += [offer(20, 6)]
    found = MATCHER.match(need(), "need", ListSource(held), ["major", "expert"], TODAY)
    assert sorted(pairing.offer.organisation for pairing in found) == [5, 5, 5, 6]
    assert {pairing.offer.content.kind for pairing in found} == {"major"}


def test_an_organisation_that_crowds_the_best_leaves_room_for_the_others() -> None:
    """Its thirty are all better than the others' three; the list is filled from beyond them."""
    near, far = {"place": CHENGDU}, {"place": (45.8, 126.5)}
    held = [offer(number, 5, **near) for number in range(10, 40)] + [offer(n, n, **far) for n in (50, 51, 52)]
    found = MATCHER.match(need(place=CHENGDU), "need", ListSource(held), ["major"], TODAY, top=5)
    assert [pairing.offer.key for pairing in found] == [10, 11, 12, 50, 51]


def test_equals_are_taken_by_their_keys() -> None:
    held = [offer(key, key) for key in (9, 5, 7, 3, 8)]
    for some in (held, held[::-1]):
        found = MATCHER.match(need(), "need", ListSource(some), ["major"], TODAY, top=2)
        assert [pairing.offer.key for pairing in found] == [3, 5]


def test_diversity_keeps_the_best_of_each() -> None:
    assert diverse([1, 1, 1, 1, 2, 1, 3], top=5) == [0, 1, 2, 4, 6]
    assert diverse([1, 2, 3], top=2) == [0, 1]


def same_content(number: int) -> st.SearchStrategy[list[Record]]:
    return st.lists(records("major"), min_size=1, max_size=number, unique_by=lambda record: record.key)


@settings(max_examples=60, deadline=None)
@given(needs, same_content(12), st.randoms())
def test_the_order_of_the_input_changes_nothing(probe: Record, held: list[Record], chance) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)
    lists = [
        [
            (pairing.offer.key, pairing.mutual)
            for pairing in MATCHER.match(probe, "need", ListSource(some), ["major"], TODAY, top=5)
        ]
        for some in (held, shuffled)
    ]
    assert lists[0] == lists[1]
    assert lists[0] == sorted(lists[0], key=lambda item: (-item[1], item[0]))


@settings(max_examples=60, deadline=None)
@given(needs, same_content(8))
def test_a_batch_scores_like_its_pairs_from_either_side(probe: Record, held: list[Record]) -> None:
    batch = MATCHER.score_batch(probe, "need", "major", Batch.of(held), TODAY)
    for record, pairing in zip(held, batch, strict=True):
        alone = MATCHER.score(probe, record, TODAY)
        swapped = MATCHER.score_batch(record, "offer", probe.content.kind, Batch.of([probe]), TODAY)[0]
        for other in (alone, swapped):
            assert (other.forward, other.reverse, other.mutual, other.passes) == (
                pairing.forward, pairing.reverse, pairing.mutual, pairing.passes,
            )  # fmt: skip
            assert other.bill() == pairing.bill()


@settings(max_examples=60, deadline=None)
@given(st.lists(records("talent_need"), min_size=1, max_size=8), records("expert"))
def test_many_needs_score_like_pairs(held: list[Record], probe: Record) -> None:
    batch = MATCHER.score_batch(probe, "offer", "talent_need", Batch.of(held), TODAY)
    assert [pairing.bill() for pairing in batch] == [MATCHER.score(one, probe, TODAY).bill() for one in held]


def test_a_batch_gives_its_records_back() -> None:
    held = [offer(3, 3, level=2, place=CHENGDU, capacity=0, industry="C34"), offer(4, 4)]
    assert [Batch.of(held).record(row) for row in range(2)] == held
