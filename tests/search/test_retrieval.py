"""What the retrieval hands to a scorer: each way of finding contributes, nothing twice, all filtered."""

import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from search.analysis import Tokens, analyse
from search.corpus import Corpus
from search.engine import Engine
from search.query import AnyOf, Filter, Query
from search.retrieval import MOST_PROBE_TERMS, retrieve, telling
from search.schema import Schema, Text
from tests.search.samples import SCHEMA, document, fill, keys

NOTHING = Tokens()


@dataclass(frozen=True)
class Asked:
    title: Tokens = NOTHING
    body: Tokens = NOTHING
    vector: npt.NDArray[Any] | None = None
    keywords: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()


@pytest.fixture(scope="module")
def filled(shared: Engine) -> Engine:
    """The majors, for tests that only read."""
    fill(shared)
    return shared


def test_nothing_asked_or_nothing_there_gives_nothing(filled: Engine) -> None:
    assert retrieve(filled, SCHEMA, Asked()) == []
    missing = Schema("missing", (Text("title"),))
    probe = Asked(analyse("焊接"), analyse("焊接"), np.ones(3), ("焊接",))
    assert retrieve(filled, missing, probe) == []


def test_each_way_finds_on_its_own(filled: Engine) -> None:
    assert retrieve(filled, SCHEMA, Asked(title=Tokens(words=("护理",)))) == [3]
    assert retrieve(filled, SCHEMA, Asked(body=Tokens(grams=("照",)))) == [3]
    assert retrieve(filled, SCHEMA, Asked(vector=np.array([0, 0, 1.0])), vector_k=1) == [3]
    assert retrieve(filled, SCHEMA, Asked(keywords=("护理",))) == [3]


def test_the_union_has_no_repeats_and_first_places_first(filled: Engine) -> None:
    probe = Asked(analyse("护理"), Tokens(), np.array([1.0, 0, 0]), ("机器人", "焊接", "编程"))
    found = retrieve(filled, SCHEMA, probe)
    assert sorted(found) == [1, 2, 3, 4]
    assert set(found[:3]) == {3, 1, 2}, "the first by text, by vector and by shared skills"


def test_shared_keywords_are_at_least_three_tenths_of_those_asked(filled: Engine) -> None:
    four = ("编程", "机床", "甲", "乙")
    assert set(retrieve(filled, SCHEMA, Asked(keywords=four))) == {1}
    assert set(retrieve(filled, SCHEMA, Asked(keywords=("编程", "机床", "甲")))) == {1, 2, 4}
    assert set(retrieve(filled, SCHEMA, Asked(keywords=("编程",) * 9))) == {1, 2}, "repeats count once"


def test_filters_hold_for_every_way(filled: Engine) -> None:
    probe = Asked(analyse("机器人编程"), analyse("维修"), np.array([1.0, 0, 0]), ("机器人",))
    assert len(retrieve(filled, SCHEMA, probe)) == 4
    only = replace(probe, filters=(AnyOf("kind", ("laboratory",)),))
    assert retrieve(filled, SCHEMA, only) == [4]


def test_long_probes_keep_their_telling_terms(engine: Engine) -> None:
    common = [f"常用{number}" for number in range(MOST_PROBE_TERMS + 20)]
    filler = [document(key, body=Tokens(words=tuple(common))) for key in range(1, 30)]
    fill(engine, [*filler, document(99, body=Tokens(words=("罕见",)))])
    found = retrieve(engine, SCHEMA, Asked(body=Tokens(words=(*common, "罕见"))), text_k=5)
    assert 99 in found


def test_a_gram_that_is_a_word_too_is_asked_once_and_counts_for_both(filled: Engine) -> None:
    terms = telling(filled, SCHEMA, Tokens(), analyse("焊接"))
    assert terms == {("words", "焊接"): 2, ("grams", "焊"): 1, ("grams", "接"): 1}


def test_who_says_enough_does_not_ask_for_single_characters(filled: Engine) -> None:
    short, long = "焊接机器人的编程与调试", "焊接机器人的编程与调试，数控机床的操作和维修，临床护理与老年照护"
    assert any(len(term) == 1 for _, term in telling(filled, SCHEMA, Tokens(), analyse(short)))
    terms = telling(filled, SCHEMA, Tokens(), analyse(long))
    assert 20 < len(terms) <= MOST_PROBE_TERMS
    assert all(len(term) > 1 for _, term in terms)


@pytest.fixture(scope="module")
def many(shared: Engine) -> tuple[Engine, Corpus, list[str]]:
    """A corpus, and the texts of its documents."""
    corpus = Corpus(0)
    documents = list(corpus.documents(1_500))
    fill(shared, documents, corpus.schema)
    return shared, corpus, [str(each.values["body"]) for each in documents]


def test_what_all_terms_of_a_title_find_its_telling_ones_find(
    many: tuple[Engine, Corpus, list[str]],
) -> None:
    engine, corpus, _ = many
    shares = []
    for _ in range(20):
        title = analyse(corpus.title())
        everything = keys(engine, Query(text=title, size=100), corpus.schema)
        found = retrieve(engine, corpus.schema, Asked(title=title))
        shares.append(len(set(everything) & set(found)) / len(everything))
    assert np.mean(shares) >= 0.95


def test_a_text_of_which_a_third_is_asked_among_other_words_is_found_first(
    many: tuple[Engine, Corpus, list[str]],
) -> None:
    engine, corpus, texts = many
    draw = random.Random(5)
    first = 0
    for key in draw.sample(range(len(texts)), 30):
        wanted, other = (text.split("，") for text in (texts[key], draw.choice(texts)))
        asked = draw.sample(wanted, 27) + draw.sample(other, 15)
        draw.shuffle(asked)
        found = retrieve(engine, corpus.schema, Asked(body=analyse("，".join(asked))))
        first += texts[found[0]] == texts[key]
    assert first >= 29


def test_the_number_of_candidates_is_bounded_by_each_way(engine: Engine) -> None:
    fill(engine, [document(key, title="焊接", skills=["焊接"], meaning=[1, key, 0]) for key in range(60)])
    probe = Asked(title=analyse("焊接"), vector=np.array([1.0, 0, 0]), keywords=("焊接",))
    assert len(retrieve(engine, SCHEMA, replace(probe, vector=None, keywords=()), text_k=7)) == 7
    assert len(retrieve(engine, SCHEMA, replace(probe, title=Tokens(), keywords=()), vector_k=9)) == 9
    assert len(retrieve(engine, SCHEMA, replace(probe, title=Tokens(), vector=None), keyword_k=11)) == 11


def test_a_tag_that_nearly_all_have_is_not_asked_for(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.retrieval._MOST_TAGGED", 20)
    common = [document(key, skills=["常见"]) for key in range(30)]
    fill(engine, [*common, document(90, skills=["罕见", "常见"]), document(91, skills=["少见"])])
    asked = ("常见", "罕见", "少见", "没有")
    assert retrieve(engine, SCHEMA, Asked(keywords=asked)) == [90, 91]
    assert len(retrieve(engine, SCHEMA, Asked(keywords=("常见",)))) == 31
