"""From a need in everyday words to the trades it is about, and what that changes."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import weights
from matching.explain import recompute, to_bytes
from matching.knowledge import TABLES, load_knowledge
from matching.knowledge.links import Links
from matching.knowledge.shelf import VECTOR_STEPS, Rows
from matching.pipeline import Matcher
from matching.statistics import TermStatistics
from matching.taxonomy import StandardTaxonomy
from matching.taxonomy.majors import majors
from matching.taxonomy.tables import read_rows
from matching.terms import Terms, title_grams
from matching.weights import load_weights
from search.analysis import analyse
from tests.matching.builders import TODAY, WEIGHTS, Tokens, content, need, offer

KNOWLEDGE = load_knowledge(WEIGHTS.text.knowledge.version)
NOTHING = TermStatistics.empty()


def said(title: str, body: str = "") -> Terms:
    head, tail = analyse(title), analyse(body)
    return Terms.of(Tokens(head.words, head.grams), Tokens(tail.words, tail.grams))


def understood(text: str):
    return KNOWLEDGE.understand(said(text), None, NOTHING, WEIGHTS.text.knowledge)


def test_the_file_holds_the_tables_as_they_are() -> None:
    for table, shelf in zip(TABLES, (KNOWLEDGE.occupations, KNOWLEDGE.majors), strict=True):
        _, rows = read_rows(table)
        assert list(shelf.codes) == [codes for codes, _, _ in rows], f"{table}: make the knowledge anew"
        for place in range(0, len(rows), 97):
            names, terms = (cell.replace("|", "、") for cell in rows[place][1:])
            bag = said(names, terms).grams
            held = slice(shelf.grams.starts[place], shelf.grams.starts[place + 1])
            np.testing.assert_array_equal(shelf.grams.hashes[held], bag.hashes, f"{table}: make it anew")
        assert np.abs(np.linalg.norm(shelf.vectors, axis=1) - 1).max() < 512**0.5 / VECTOR_STEPS / 2


@pytest.mark.parametrize(
    ("text", "name"),
    [("氩弧二保师傅", "焊工"), ("厨师", "中式烹调师"), ("护士", "护士"), ("出纳做账报税", "会计")],
)
def test_everyday_words_find_their_occupation(text: str, name: str) -> None:
    names = [StandardTaxonomy().name(code) for code in understood(text).occupations]
    assert any(name in found for found in names), names


def test_nothing_said_is_not_understood() -> None:
    about = understood("")
    assert about.occupations == ()
    assert np.isnan(about.professional)
    assert about.tasks.total == 0


def test_what_no_offer_holds_is_not_looked_for() -> None:
    words = TermStatistics.from_contents([content(title="焊接 护理")])
    about = KNOWLEDGE.understand(said("焊工"), None, words, WEIGHTS.text.knowledge)
    held = set(words.words.hashes.tolist())
    assert set(about.tasks.hashes.tolist()) <= held


def test_jargon_prefers_the_trade_it_means_over_one_that_shares_no_word_either() -> None:
    matcher = Matcher(WEIGHTS, NOTHING, StandardTaxonomy())
    probe = need(content=_content(1, "talent_need", "氩弧二保师傅"))
    welding = offer(
        2, 2, content=_content(2, "major", "金属热加工", "焊条电弧焊、气体保护焊、焊缝检验、焊接机器人")
    )
    nursing = offer(3, 3, content=_content(3, "major", "护理", "基础护理、老年护理、急救护理"))
    near, far = (matcher.score(probe, one, TODAY) for one in (welding, nursing))
    assert near.mutual > far.mutual
    text = next(term for term in near.bill()["terms"] if term["code"] == "text")
    assert text["inputs"]["tasks"] > 0
    assert text["matched"]
    assert recompute(near.bill()) == near.bill()


def _content(key: int, kind: str, title: str, body: str = ""):
    made = content(key, kind, title=title)
    return type(made)(key=key, kind=kind, title=title, terms=said(title, body))


def test_professional_work_without_a_stated_degree_prefers_higher_levels() -> None:
    matcher = Matcher(WEIGHTS, NOTHING, StandardTaxonomy())
    probe = need(content=_content(1, "talent_need", "机械工程技术人员"))
    secondary, higher = (
        next(
            t for t in matcher.score(probe, offer(level=level), TODAY).bill()["terms"] if t["code"] == "level"
        )
        for level in (1, 2)
    )
    assert secondary["inputs"]["professional"] > 0.5
    assert secondary["value"] < higher["value"] == 1.0
    assert secondary["known"] is False


def test_grams_of_a_title_are_those_of_the_analysis() -> None:
    for major in majors():
        assert sorted(title_grams(major.name)) == sorted(analyse(major.name).grams), major.name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["焊工", "护士", "会计", "数控车工", "快递员"]), min_size=1, max_size=3))
def test_a_text_is_understood_alike_again(words: list[str]) -> None:
    one, other = understood(" ".join(words)), understood(" ".join(words))
    np.testing.assert_array_equal(one.tasks.hashes, other.tasks.hashes)
    np.testing.assert_array_equal(one.tasks.weights, other.tasks.weights)
    assert one.occupations == other.occupations


def test_the_links_are_those_of_the_table() -> None:
    named = {code: names.split("|") for code, _, names in read_rows("occupation_majors")[1]}
    rows = [set(names.split("|")) for _, names, _ in read_rows("major_terms")[1]]
    assert KNOWLEDGE.linked is not None
    for place in range(0, len(KNOWLEDGE.occupations.codes), 7):
        links = KNOWLEDGE.linked.of(Rows(np.array([place]), np.ones(1)))
        own = {row for row, strength in links.items() if strength > 0.5}
        asked = set(named.get(KNOWLEDGE.occupations.codes[place], ()))
        assert own == {row for row, names in enumerate(rows) if names & asked}, "make the knowledge anew"
        assert all(0 < strength <= 1 for strength in links.values())


def test_an_occupation_without_links_has_what_its_group_has() -> None:
    links = Links.of_table(["6-18-02-01", "6-18-02-02", "1-01"], np.array([0, 2, 2, 2]), np.array([3, 5]))
    whole = Rows(np.arange(3), np.array([0.5, 0.25, 0.25]))
    assert [links.of(Rows(np.array([place]), np.ones(1))) for place in range(3)] == [
        {3: 1.0, 5: 1.0}, {3: 0.5, 5: 0.5}, {},
    ]  # fmt: skip
    assert links.of(whole) == {3: 0.625, 5: 0.625}


def test_a_major_that_the_occupation_takes_is_worth_more() -> None:
    matcher = Matcher(WEIGHTS, NOTHING, StandardTaxonomy())
    probe = need(content=_content(1, "talent_need", "焊工"))
    welding, cooking = (
        matcher.score(
            probe, offer(content=replace(_content(2, "major", "加工"), majors=frozenset({code}))), TODAY
        )
        for code in ("660104", "740201")
    )
    inputs = [
        next(t for t in one.bill()["terms"] if t["code"] == "text")["inputs"] for one in (welding, cooking)
    ]
    assert inputs[0]["links"] > 0.1 > inputs[1]["links"]
    assert welding.mutual > cooking.mutual
    nobody = matcher.score(probe, offer(kind="expert"), TODAY).bill()
    assert next(t for t in nobody["terms"] if t["code"] == "text")["inputs"]["links"] is None


@pytest.mark.parametrize(
    "version", sorted(path.stem for path in Path(weights.__file__).parent.glob("*.toml"))
)
def test_every_version_that_ships_scores_and_recomputes(version: str) -> None:
    matcher = Matcher(load_weights(version), NOTHING, StandardTaxonomy())
    welding = replace(_content(2, "major", "焊接技术"), majors=frozenset({"660104"}))
    bill = matcher.score(
        need(content=_content(1, "talent_need", "焊工")), offer(content=welding), TODAY
    ).bill()
    assert bill["weights"] == version
    assert recompute(json.loads(to_bytes(bill))) == bill
    text = next(term for term in bill["terms"] if term["code"] == "text")
    assert ("links" in text["inputs"]) == (version > "2026.11-2"), (
        "what an old version measured, it measures still"
    )


def test_an_older_version_uses_no_knowledge() -> None:
    old = Matcher(load_weights("2026.11-1"), NOTHING, StandardTaxonomy())
    bill = old.score(need(title="焊接"), offer(title="焊接"), TODAY).bill()
    text = next(term for term in bill["terms"] if term["code"] == "text")
    assert set(text["inputs"]) == {"words", "grams", "dense", "length"}
    assert text["matched"] == []
    assert recompute(bill) == bill
