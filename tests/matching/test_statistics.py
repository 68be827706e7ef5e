"""Term statistics: rarity, snapshots and their versions."""

import math

import pytest

from matching.statistics import TermStatistics
from tests.matching.builders import content, terms

CONTENTS = [
    content(1, title="焊接 技术", skills=["s1"]),
    content(2, title="焊接 工艺", skills=["s1", "s2"]),
    content(3, title="护理"),
]


def test_the_idf_of_bm25_to_four_decimals() -> None:
    idf = TermStatistics.from_contents(CONTENTS).word_idf(terms("焊接").words)
    assert idf.tolist() == [round(math.log(1 + (3 - 2 + 0.5) / (2 + 0.5)), 4)]


def test_rare_skills_weigh_more_and_unseen_ones_weigh_1() -> None:
    weights = TermStatistics.from_contents(CONTENTS).skill_idf(["s1", "s2", "never"])
    assert weights["s2"] > weights["s1"] > 0
    assert weights["never"] == 1.0


def test_an_empty_snapshot_weighs_everything_1() -> None:
    empty = TermStatistics.from_contents([])
    assert empty.word_idf(terms("焊接 护理").words).tolist() == [1.0, 1.0]
    assert empty.skill_idf(["s1"]) == {"s1": 1.0}


def test_order_changes_nothing_and_contents_change_the_version() -> None:
    one = TermStatistics.from_contents(CONTENTS)
    assert one.version == TermStatistics.from_contents(CONTENTS[::-1]).version
    assert one.version != TermStatistics.from_contents(CONTENTS[:2]).version


def test_bytes_give_the_same_snapshot_back() -> None:
    before = TermStatistics.from_contents(CONTENTS)
    after = TermStatistics.from_bytes(before.to_bytes())
    assert after.version == before.version
    assert after.skill_idf(["s1", "s2"]) == before.skill_idf(["s1", "s2"])


@pytest.mark.parametrize("data", [b"", TermStatistics.from_contents(CONTENTS).to_bytes() + b"x"])
def test_broken_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="new snapshot"):
        TermStatistics.from_bytes(data)


def test_counting_in_chunks_is_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = TermStatistics.from_contents(CONTENTS)
    monkeypatch.setattr("matching.statistics._CHUNK", 2)
    assert TermStatistics.from_contents(CONTENTS).version == whole.version
