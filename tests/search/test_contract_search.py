"""What every engine answers, asked through the interface only."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from search.analysis import Tokens, analyse
from search.engine import Engine, InvalidQuery, UnknownField
from search.query import DEEPEST_HIT, AnyOf, Between, Either, Filter, Has, Hits, Near, Not, Overlap, Query
from search.schema import Document, Schema, Text
from tests.search.samples import MAJORS, NANJING, SCHEMA, ask, document, fill, keys


@pytest.fixture(scope="module")
def filled(shared: Engine) -> Engine:
    """The majors, for tests that only read."""
    fill(shared)
    return shared


def test_an_index_that_does_not_exist_is_empty(engine: Engine) -> None:
    queries = [
        Query(text="数控", facets=("kind",)),
        Query(),
        Query(vector=np.ones(3), vector_field="meaning"),
    ]
    assert engine.search(SCHEMA, queries) == [Hits(facets={"kind": {}}), Hits(), Hits()]
    assert (engine.exists(SCHEMA), engine.count(SCHEMA), list(engine.entries(SCHEMA))) == (False, 0, [])
    assert engine.document_frequency(SCHEMA, "title", "words", ["数控"]) == [0]


def test_matches_are_counted_by_further_filters(filled: Engine) -> None:
    more = {"machines": AnyOf("kind", ("major",)), "none": AnyOf("kind", ("no such",))}
    for query in (Query(text="机器人"), Query(), Query(size=0), Query(filters=(Has("title"),), sort=(("level", True),))):
        within = {name: ask(filled, replace(query, filters=(*query.filters, one))).total for name, one in more.items()}
        assert ask(filled, replace(query, counts=more)).counts == within
    with pytest.raises(InvalidQuery):
        ask(filled, Query(vector=np.ones(3), vector_field="meaning", counts=more))
    with pytest.raises(UnknownField):
        ask(filled, Query(counts={"x": AnyOf("no such", ("a",))}))


def test_several_indexes_are_asked_together(filled: Engine) -> None:
    absent = Schema("absent", SCHEMA.fields)
    several = [Query(text="机器人"), Query(text="护", analysis={"grams": 1.0}, facets=("kind",))]
    asked = [(SCHEMA, several), (absent, [several[1]]), (SCHEMA, []), (SCHEMA, several[:1])]
    assert filled.search_many(asked) == [filled.search(schema, queries) for schema, queries in asked]
    assert [len(answers) for answers in filled.search_many(asked)] == [2, 1, 0, 1]
    assert filled.search_many([]) == []


def test_text_is_found_by_words_and_by_grams(filled: Engine) -> None:
    assert keys(filled, Query(text="机器人", analysis={"words": 1.0})) == [4, 2]
    assert keys(filled, Query(text="机器人")) == [4, 2, 1], "机床 shares a character"
    assert keys(filled, Query(text="护", analysis={"grams": 1.0})) == [3]
    assert keys(filled, Query(text="护", analysis={"words": 1.0})) == []
    assert keys(filled, Query(text="C++")) == [1]


def test_tokens_are_taken_as_they_are(filled: Engine) -> None:
    assert keys(filled, Query(text=Tokens(words=("护理",)))) == [3]
    assert keys(filled, Query(text=analyse("护理"))) == [3]
    assert keys(filled, Query(text=Tokens(words=("没有这个词",)))) == []


def test_a_text_without_terms_finds_nothing(filled: Engine) -> None:
    assert keys(filled, Query(text="，。")) == []
    assert keys(filled, Query(text="")) == []


def test_fields_and_their_weights_decide(filled: Engine) -> None:
    assert keys(filled, Query(text="维修", fields={"title": 1.0})) == []
    assert set(keys(filled, Query(text="维修", fields={"body": 1.0}))) == {1, 4}
    query = {"text": "编程 护理", "analysis": {"words": 1.0}}
    assert keys(filled, Query(**query, fields={"title": 9.0, "body": 0.1}))[0] == 3
    assert keys(filled, Query(text="编程 护理", fields={"title": 0.0, "body": 1.0}))


def test_scores_are_sums_over_fields_analyses_and_terms(filled: Engine) -> None:
    def score(fields: dict[str, float], analysis: dict[str, float], text: str = "机器人") -> float:
        hits = ask(filled, Query(text=text, fields=fields, analysis=analysis)).hits
        return {hit.key: hit.score for hit in hits}.get(4, 0.0)

    parts = [
        score({name: 1.0}, {analysis: 1.0}) for name in ("title", "body") for analysis in ("words", "grams")
    ]
    assert all(part > 0 for part in parts)
    together = score({"title": 2.0, "body": 1.0}, {"words": 1.0, "grams": 3.0})
    assert together == pytest.approx(2 * parts[0] + 6 * parts[1] + parts[2] + 3 * parts[3], rel=1e-4)
    assert score({"title": 1.0}, {"words": 1.0}, "机器人 机器人") == pytest.approx(2 * parts[0], rel=1e-4)


def test_minimum_match_asks_for_a_share_of_the_terms(filled: Engine) -> None:
    words = {"words": 1.0}
    text = Tokens(words=("编程", "操作", "维修", "护理"))
    assert set(keys(filled, Query(text=text, analysis=words))) == {1, 2, 3, 4}
    assert set(keys(filled, Query(text=text, analysis=words, minimum_match=0.5))) == {1, 4}
    assert set(keys(filled, Query(text=text, analysis=words, minimum_match=0.75))) == {1}
    assert keys(filled, Query(text=text, analysis=words, minimum_match=1.0)) == []


def test_minimum_match_counts_terms_over_all_fields(filled: Engine) -> None:
    text = Tokens(words=("焊接", "调试"))
    assert keys(filled, Query(text=text, minimum_match=1.0)) == [2]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (AnyOf("kind", ("laboratory", "service")), {4, 5}),
        (AnyOf("kind", ()), set()),
        (AnyOf("kind", ("maj",)), set()),
        (AnyOf("skills", ("编程",)), {1, 2}),
        (AnyOf("level", (2, 4)), {1, 2, 4}),
        (AnyOf("confirmed", (date(2025, 2, 20),)), {3}),
        (Between("level", 3, None), {3, 4}),
        (Between("level", None, 2), {1, 2}),
        (Between("level", 2, 3), {1, 2, 3}),
        (Between("level", 5, 3), set()),
        (Between("level"), {1, 2, 3, 4}),
        (Between("confirmed", date(2025, 2, 20), date(2025, 3, 1)), {1, 3}),
        (Near("place", *NANJING, 1.0), {1, 4}),
        (Near("place", *NANJING, 189.0), {1, 2, 4}),
        (Near("place", *NANJING, 187.0), {1, 4}),
        (Near("place", *NANJING, -1.0), set()),
        (Has("confirmed"), {1, 2, 3}),
        (Has("body"), {1, 2, 3, 4}),
        (Has("meaning"), {1, 2, 3, 4}),
        (Not(AnyOf("kind", ("major",))), {4, 5}),
        (Not(Between("level", 3, None)), {1, 2, 5}),
        (Not(Not(Has("level"))), {1, 2, 3, 4}),
        (Either((Not(Has("level")), Between("level", 4, None))), {4, 5}),
        (Either(()), set()),
    ],
)
def test_filters(filled: Engine, one: Filter, expected: set[int]) -> None:
    answer = ask(filled, Query(filters=(one,)))
    assert set(answer.keys) == expected
    assert answer.total == len(expected)


def test_all_filters_hold_and_do_not_touch_scores(filled: Engine) -> None:
    filters = (AnyOf("kind", ("major",)), Between("level", None, 2))
    plain = {hit.key: hit.score for hit in ask(filled, Query(text="编程 机器人")).hits}
    filtered = {hit.key: hit.score for hit in ask(filled, Query(text="编程 机器人", filters=filters)).hits}
    assert filtered == pytest.approx({key: plain[key] for key in (1, 2)}, rel=1e-5)


def test_facets_count_all_matches_not_the_page(filled: Engine) -> None:
    answer = ask(filled, Query(text="编程 机器人", facets=("kind", "skills"), size=1))
    assert answer.facets == {
        "kind": {"major": 2, "laboratory": 1},
        "skills": {"机器人": 2, "机床": 2, "编程": 2, "焊接": 1},
    }
    assert (len(answer.hits), answer.total) == (1, 3)


def test_facets_without_matches_are_empty(filled: Engine) -> None:
    assert ask(filled, Query(text="没有", filters=(AnyOf("kind", ("x",)),), facets=("kind",))).facets == {
        "kind": {}
    }


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, [1, 2, 3, 4, 5]),
        ((("confirmed", True),), [1, 3, 2, 4, 5]),
        ((("confirmed", False),), [2, 3, 1, 4, 5]),
        ((("level", True), ("confirmed", False)), [4, 3, 2, 1, 5]),
        ((("level", False),), [1, 2, 3, 4, 5]),
    ],
)
def test_sort(filled: Engine, sort: tuple[tuple[str, bool], ...] | None, expected: list[int]) -> None:
    assert keys(filled, Query(sort=sort)) == expected


def test_text_matches_can_be_sorted(filled: Engine) -> None:
    assert keys(filled, Query(text="技术", sort=(("confirmed", False),))) == [2, 1]


def test_pages_partition_the_answer(engine: Engine) -> None:
    fill(engine, [document(key, title="焊接" if key % 2 else "焊接 机器人") for key in range(1, 40)])
    for query in ({"text": "焊接"}, {}, {"text": "焊接", "filters": (Has("title"),)}):
        pages = [ask(engine, Query(**query, size=7, offset=offset)) for offset in range(0, 49, 7)]  # type: ignore[arg-type]
        seen = [key for page in pages for key in page.keys]
        assert sorted(seen) == list(range(1, 40))
        assert {page.total for page in pages} == {39}


def test_the_deepest_page_and_the_first_beyond_the_end(engine: Engine) -> None:
    fill(engine, [document(key, title="焊接", level=key) for key in range(300)])
    for query in ({}, {"text": "焊接"}, {"sort": (("level", False),)}):
        last = ask(engine, Query(**query, size=7, offset=293))  # type: ignore[arg-type]
        assert (last.keys, last.total) == (list(range(293, 300)), 300)
        beyond = ask(engine, Query(**query, size=10, offset=DEEPEST_HIT - 10))  # type: ignore[arg-type]
        assert (beyond.keys, beyond.total) == ([], 300)


def test_equal_scores_come_by_key(engine: Engine) -> None:
    fill(engine, [document(key, title="焊接") for key in (9, 3, 7, 1)])
    assert keys(engine, Query(text="焊接")) == [1, 3, 7, 9]


def test_a_page_of_nothing_still_counts(filled: Engine) -> None:
    answer = ask(filled, Query(text="维修", size=0))
    assert (answer.hits, answer.total) == ([], 2)
    assert ask(filled, Query(size=0)).total == len(MAJORS)


def test_without_count_the_hits_are_the_same(filled: Engine) -> None:
    exact, quick = (ask(filled, Query(text="机器人 编程", size=2, count=count)) for count in (True, False))
    assert exact.keys == quick.keys
    assert 2 <= quick.total <= exact.total


def nearest(**more: Any) -> Query:
    return Query(vector=np.array([2.0, 0, 0]), vector_field="meaning", **more)


def test_nearest_vectors_by_cosine(filled: Engine) -> None:
    answer = ask(filled, nearest())
    assert answer.keys == [1, 2, 4, 3]
    expected = [1.0, 0.9 / np.hypot(0.9, 0.4), 0.6, 0.0]
    np.testing.assert_allclose([hit.score for hit in answer.hits], expected, atol=2e-3)


def test_nearest_vectors_are_the_nearest_of_those_that_pass(filled: Engine) -> None:
    assert keys(filled, nearest(size=1, filters=(Not(AnyOf("skills", ("编程",))),))) == [4]
    assert keys(filled, nearest(filters=(AnyOf("kind", ("service",)),))) == []
    assert keys(filled, nearest(size=2, offset=1)) == [2, 4]


def test_overlap_wants_enough_values_and_adds_their_weights(filled: Engine) -> None:
    weights = {"编程": 1.0, "机器人": 2.0, "机床": 0.5, "缺": 9.0}
    answer = ask(filled, Query(overlap=Overlap("skills", weights, at_least=2)))
    assert [(hit.key, hit.score) for hit in answer.hits] == [(2, 3.0), (4, 2.5), (1, 1.5)]
    assert keys(filled, Query(overlap=Overlap("skills", weights, 3))) == []
    assert keys(filled, Query(overlap=Overlap("skills", weights), filters=(Between("level", 3, 4),))) == [4]
    assert keys(filled, Query(overlap=Overlap("skills", {}))) == []


def test_many_queries_in_one_call_answer_in_order(filled: Engine) -> None:
    answers = filled.search(SCHEMA, [Query(text="护理"), nearest(size=1), Query(size=0)])
    assert [answer.keys for answer in answers] == [[3], [1], []]
    assert filled.search(SCHEMA, []) == []


def test_document_frequency(filled: Engine) -> None:
    assert filled.document_frequency(SCHEMA, "title", "words", ["技术", "护理", "缺"]) == [2, 1, 0]
    assert filled.document_frequency(SCHEMA, "body", "grams", ["维修"]) == [2]
    assert filled.document_frequency(SCHEMA, "skills", "values", ["编程", "缺"]) == [2, 0]


def test_document_frequency_follows_ones_own_changes(engine: Engine) -> None:
    with engine.writer(SCHEMA) as writer:
        for number in range(1, 4):
            writer.apply([document(number, title="焊接", body="焊接" if number > 1 else None)])
            assert engine.document_frequency(SCHEMA, "title", "grams", ["焊接", "缺"]) == [number, 0]
            assert engine.document_frequency(SCHEMA, "body", "grams", ["焊接"]) == [number - 1]


def test_entries_and_count(filled: Engine) -> None:
    entries = list(filled.entries(SCHEMA))
    assert [(entry.key, entry.version, entry.checksum) for entry in entries] == [
        (key, 1, key * 10 + 1) for key in MAJORS
    ]
    assert filled.count(SCHEMA) == len(MAJORS)


def test_indexes_of_different_names_do_not_meet(engine: Engine) -> None:
    other = Schema("needs", (Text("title"),))
    fill(engine)
    fill(engine, [document(1, title="焊工")], other)
    assert keys(engine, Query(), other) == [1]
    assert engine.count(SCHEMA) == len(MAJORS)


def test_the_largest_key_version_and_checksum_survive(engine: Engine) -> None:
    largest = 2**63 - 1
    fill(
        engine, [Document(largest, largest, largest, {"title": "焊接"}), Document(0, 0, 0, {"title": "焊接"})]
    )
    assert keys(engine, Query(text="焊接")) == [0, largest]
    assert [entry.checksum for entry in engine.entries(SCHEMA)] == [0, largest]
