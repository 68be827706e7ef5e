"""Groups of alternatives: so many of them, each in any of its ways, the best way counting."""

from typing import Any

import pytest

from search.engine import Engine
from search.errors import InvalidQuery, UnknownField
from search.query import AnyOf, Groups, Query, Said, Tagged, grams_of
from tests.search.samples import SCHEMA, ask, document, fill, keys

BOTH = {"title": 2.0, "body": 1.0}


def said(term: str, **fields: float) -> Said:
    return Said(grams_of(term), fields or BOTH)


def groups(*given: Any, at_least: int = 1, **more: Any) -> Query:
    """A query whose groups are given as one alternative or a tuple of them."""
    made = tuple(each if isinstance(each, tuple) else (each,) for each in given)
    return Query(groups=Groups(made, at_least), **more)


@pytest.fixture(scope="module")
def filled(shared: Engine) -> Engine:
    """The majors, for tests that only read."""
    fill(shared)
    return shared


def test_a_group_is_found_by_any_of_its_alternatives(filled: Engine) -> None:
    assert set(keys(filled, groups((said("护理"), said("数控"))))) == {1, 3}
    assert set(keys(filled, groups((said("护理"), Tagged("skills", ("机器人", "机床")))))) == {1, 2, 3, 4}


def test_an_alternative_wants_all_its_grams_in_one_field(filled: Engine) -> None:
    assert set(keys(filled, groups(said("机器人")))) == {2, 4}, "机床 shares a character and no pair"
    assert keys(filled, groups(Said(("实训", "培训"), BOTH))) == [], "one in the title, the other in the body"
    assert keys(filled, groups(said("维修", title=1.0))) == []


def test_so_many_groups_are_wanted(filled: Engine) -> None:
    three = (said("机器人"), said("编程"), said("维修"))
    assert set(keys(filled, groups(*three, at_least=1))) == {1, 2, 4}
    assert set(keys(filled, groups(*three, at_least=2))) == {1, 2, 4}
    assert keys(filled, groups(*three, at_least=3)) == []
    assert keys(filled, groups(said("机器人"), said("编程"), at_least=2)) == [2]


def test_a_tag_scores_its_weight_and_the_best_alternative_counts(filled: Engine) -> None:
    by_tag = ask(filled, groups((Tagged("skills", ("编程",), 3.0), Tagged("skills", ("机器人",), 5.0))))
    assert {hit.key: round(hit.score, 4) for hit in by_tag.hits} == {1: 3.0, 2: 5.0, 4: 5.0}
    twice = ask(filled, groups(Tagged("skills", ("编程",), 3.0), Tagged("skills", ("机器人",), 5.0)))
    assert {hit.key: round(hit.score, 4) for hit in twice.hits} == {1: 3.0, 2: 8.0, 4: 5.0}


def test_the_best_field_counts_with_its_weight(filled: Engine) -> None:
    def score(**fields: float) -> float:
        return {hit.key: hit.score for hit in ask(filled, groups(said("护理", **fields))).hits}[3]

    both = score(title=2.0, body=1.0)
    assert both == pytest.approx(max(score(title=2.0), score(body=1.0)), rel=1e-5)
    assert score(title=4.0) == pytest.approx(2 * score(title=2.0), rel=1e-5)


def test_what_is_flat_counts_the_same_for_rare_and_common_words(filled: Engine) -> None:
    def scores(flat: float) -> dict[int, float]:
        one = Said(grams_of("机器人"), {"title": 2.0}, flat)
        return {hit.key: hit.score for hit in ask(filled, groups(one)).hits}

    bare, raised = scores(0.0), scores(10.0)
    assert {key: raised[key] - bare[key] for key in bare} == {key: pytest.approx(20.0, rel=1e-4) for key in bare}


def test_what_is_also_wanted_raises_and_need_not_hold(filled: Engine) -> None:
    wanted = ((said("机器人"),),)
    plain = ask(filled, Query(groups=Groups(wanted)))
    raised = ask(filled, Query(groups=Groups(wanted, also=((Tagged("skills", ("焊接",), 50.0),),))))
    assert (plain.keys, raised.keys, raised.total) == ([4, 2], [2, 4], 2)
    assert raised.hits[1].score == pytest.approx(plain.hits[0].score, rel=1e-5)


def test_filters_facets_pages_and_sorts_go_with_groups(filled: Engine) -> None:
    query = groups(said("机器人"), filters=(AnyOf("kind", ("major",)),), facets=("kind",))
    assert (ask(filled, query).keys, ask(filled, query).facets) == ([2], {"kind": {"major": 1}})
    assert keys(filled, groups(said("机器人"), sort=(("level", True),))) == [4, 2]
    assert ask(filled, groups(said("机器人"), size=0)).total == 2


@pytest.mark.parametrize(
    "nothing",
    [
        Groups(()),
        Groups(((),)),
        Groups((), at_least=3),
        Groups(((Said(("护理",), BOTH),),), at_least=2),
        Groups(((Said((), BOTH),),)),
        Groups(((Said(("护理",), {}),),)),
        Groups(((Tagged("skills", ()),),)),
        Groups((), also=((Said(("护理",), BOTH),),)),
        Groups(((Said(("x" * 40_000,), BOTH),),)),
        Groups(((Tagged("skills", ("y" * 40_000,)),),)),
    ],
)
def test_what_cannot_be_found_is_not_found(filled: Engine, nothing: Groups) -> None:
    assert ask(filled, Query(groups=nothing, facets=("kind",))).total == 0


def test_a_removed_document_is_not_found(engine: Engine) -> None:
    fill(engine)
    with engine.writer(SCHEMA) as writer:
        writer.apply([document(9, title="护理")], [(3, 2)])
    assert keys(engine, groups((said("护理"), Tagged("skills", ("护理",))))) == [9]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (groups(Tagged("title", ("护理",))), UnknownField),
        (groups(Said(("护理",), {"skills": 1.0})), UnknownField),
        (groups(Said(("护理",), {"title": -1.0})), InvalidQuery),
        (groups(Tagged("skills", ("\ud800",))), InvalidQuery),
        (Query(text="护理", groups=Groups(())), InvalidQuery),
    ],
)
def test_what_makes_no_sense_is_refused(filled: Engine, wrong: Query, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(filled, wrong)


@pytest.mark.parametrize(
    ("term", "grams"),
    [
        ("氩弧焊", ("氩弧", "弧焊")), ("焊", ("焊",)), ("Node.js", ("node.js",)), ("C++ 开发", ("开发", "c++")),
        ("c", ("c",)), ("哈哈", ("哈哈",)), ("，。", ()), ("web前端", ("前端", "web")),
    ],
)  # fmt: skip
def test_grams_stand_for_a_term(term: str, grams: tuple[str, ...]) -> None:
    assert grams_of(term) == grams
