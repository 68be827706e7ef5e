"""The relevance set is well formed, and the search box's bench counts right."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from django.db import transaction

from rongqiao.demo import loading
from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting
from rongqiao.searching import bench

FOLDER = Path(__file__).parents[1] / "data/relevance"
HALVES = {name: bench.cases(FOLDER / f"{name}.tsv") for name in ("tuning", "frozen")}
EVERY = [case for cases in HALVES.values() for case in cases]
FEWEST = 20
# Files and arithmetic: another database would say the same.
pytestmark = [pytest.mark.django_db, pytest.mark.embedded_only]


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, bench.Entry]]:
    """The demo region's open postings; undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = loading.Loaded()
        for step in (loading.load_organisations, loading.load_postings):
            step(loaded, lambda count, of: None)
        yield bench.entries()
        transaction.set_rollback(True)


def test_every_label_is_an_open_posting_and_every_query_has_one_that_is_wanted(region) -> None:
    open_ids = {entry.id for entry in region.values()}
    for case in EVERY:
        assert bench.judged(case, region).grades.keys() <= open_ids


def test_the_region_is_what_is_open_and_no_more(region) -> None:
    assert region.keys() == set(Posting.objects.filter(status__in=OPEN).values_list("source_key", flat=True))


def test_what_is_hidden_is_not_judged_by(region) -> None:
    """R042 (高多层板层偏) is secret, R015 shows its summary alone."""
    assert "层偏" in Posting.objects.get(source_key="R042").title
    assert not any("层偏" in entry.text for entry in region.values())
    assert "高含硫" in region["R015"].text
    assert "脱水橇" not in region["R015"].text


def test_no_query_stands_twice() -> None:
    written = Counter((case.query.casefold(), case.kind) for case in EVERY)
    assert [query for query, times in written.items() if times > 1] == []
    assert max(Counter(case.qid for case in EVERY).values()) == 1


def test_each_type_has_enough_and_each_kind_exists() -> None:
    counted = Counter(case.type for case in EVERY)
    assert counted.keys() == set(bench.TYPES)
    assert min(counted.values()) >= FEWEST
    assert {case.kind for case in EVERY} <= {"", *(kind.code for kind in kinds.all_kinds())}
    assert all(60 <= len(case.query) <= 300 for case in EVERY if case.type == "long")


def test_the_halves_are_split_by_the_rule() -> None:
    """Odd numbers are for tuning; the numbers of a type follow a hash of the queries, so that nobody chose."""
    for half, cases in HALVES.items():
        assert {number(case) % 2 for case in cases} == {1 if half == "tuning" else 0}
    for type_, cases in groupby(sorted(EVERY, key=lambda case: (case.type, number(case))), key=lambda case: case.type):
        of_type = list(cases)
        assert [number(case) for case in of_type] == list(range(1, len(of_type) + 1)), type_
        assert [case.qid.rpartition("-")[0] for case in of_type] == [type_] * len(of_type)
        assert of_type == sorted(of_type, key=lambda case: digest(case.query)), type_


def number(case: bench.Case) -> int:
    return int(case.qid.rpartition("-")[2])


def digest(query: str) -> str:
    return hashlib.sha256(query.replace("\n", "\\n").encode()).hexdigest()


# Four postings by hand, and what the bench must count of two ways of answering three queries.
SMALL = {
    key: bench.Entry(number_, key, title, text, {"kind": (kind,), "org": (org,), "region": (), "major": major, "occupation": ()})
    for number_, key, kind, org, title, text, major in (
        (1, "A", "talent_need", "firm", "二保焊焊工", "二保焊焊工\n板厚12", ()),
        (2, "B", "major", "college", "焊接技术应用", "焊接技术应用\n二保焊、TIG", ("660105",)),
        (3, "C", "major", "college", "数控技术", "数控技术", ("460103",)),
        (4, "D", "talent_need", "firm", "会计", "会计", ()),
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        ("A D", "AD"),
        ("title~焊工|会计", "AD"),
        ("text~tig", "B"),
        ("major=4601*", "C"),
        ("major=4601|660105", "B"),
        ("kind=major & text~二保焊", "B"),
        ("org=firm & kind=major; C", None),
        ("D; kind=major & title~数控", "CD"),
        ("E", None),
        ("colour=red", None),
        ("", ""),
    ],
)
def test_rules(rule: str, keys: str | None) -> None:
    if keys is None:
        with pytest.raises(ValueError):
            bench.selected(rule, SMALL)
    else:
        assert bench.selected(rule, SMALL) == set(keys)


def case(qid: str, query: str, wanted: str, acceptable: str = "", kind: str = "", noise: str = "") -> bench.Case:
    return bench.Case(qid, "words", kind, noise, query, wanted, acceptable)


def test_grades() -> None:
    of_both = bench.judged(case("words-01", "焊", "A", "text~二保焊"), SMALL)
    assert of_both.grades == {1: bench.WANTED, 2: bench.ACCEPTABLE}
    of_a_list = bench.judged(case("words-02", "#{C} {D}", "A C", "B", kind="major"), SMALL)
    assert (of_a_list.grades, of_a_list.typed) == ({3: bench.WANTED, 2: bench.ACCEPTABLE}, "#3 4")
    with pytest.raises(ValueError, match="words-03"):
        bench.judged(case("words-03", "焊", "A", "B", kind="major"), SMALL)


def test_what_is_counted() -> None:
    queries = [
        bench.judged(case("words-01", "焊工", "A", "B"), SMALL),
        bench.judged(case("words-02", "数控", "C", noise="noise"), SMALL),
        bench.judged(case("words-03", "会计", "D"), SMALL),
    ]
    answers = {"焊工": [2, 1], "数控": [4, 1, 2, 3], "会计": []}
    far = {"焊工": [3, 4, 2, 1], "数控": [1, 2, 4, 1, 2, 4, 1, 2, 4, 1, 3], "会计": [4]}
    reports = bench.measure(queries, {"good": lambda typed, kind: answers[typed], "far": lambda typed, kind: far[typed]})
    assert reports["good"].tallies["all"].shares() == {
        "success@1": 0.3333, "success@3": 0.3333, "wanted@3": 0.3333, "MRR@10": round((1 + 1 / 4) / 3, 4), "nothing": 0.3333,
    }  # fmt: skip
    assert reports["far"].tallies["all"].shares() == {
        "success@1": 0.3333, "success@3": 0.6667, "wanted@3": 0.3333, "MRR@10": round((1 / 3 + 1) / 3, 4), "nothing": 0.0,
    }  # fmt: skip
    assert reports["good"].tallies["noise"].queries == 1
    assert [query.case.qid for query, _ in reports["good"].missed] == ["words-02", "words-03"]
    assert "came D 会计｜A 二保焊焊工｜B 焊接技术应用\twanted C 数控技术" in next(bench.misses(reports["good"], SMALL))


def test_nobody_sees_what_was_missed_of_the_frozen_half(capsys) -> None:
    with pytest.raises(SystemExit):
        bench.main([str(FOLDER), "--frozen", "--misses"])
    assert "frozen" in capsys.readouterr().err
