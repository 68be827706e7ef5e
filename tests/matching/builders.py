"""Small records and strategies that the tests of matching share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from matching.pipeline import Matcher
from matching.records import NEED_KINDS, OFFER_KINDS, Content, Record, Standing
from matching.statistics import TermStatistics
from matching.terms import Terms
from matching.weights import load_weights

TODAY = date(2026, 11, 1)
CHENGDU, MIANYANG = (30.57, 104.07), (31.47, 104.68)


class Tokens(NamedTuple):
    words: tuple[str, ...]
    grams: tuple[str, ...]


class SmallTaxonomy:
    """Vocational codes written alike on every level, names of a few majors, industries by their digits."""

    names = {"460104": "机电", "660104": "机电", "460301": "电气", "460101": "数控", "490101": "食品"}

    def class_of(self, major: str) -> str | None:
        return "4" + major[1:4] if len(major) >= 4 else None

    def group_of(self, major: str) -> str | None:
        return "4" + major[1:2]

    def same_name(self, major: str) -> tuple[str, ...]:
        name = self.names.get(major)
        return tuple(code for code, other in self.names.items() if name == other and code != major)

    def industry_distance(self, one: str, other: str) -> int | None:
        return None if one[0] != other[0] else abs(int(one[1:]) - int(other[1:]))

    def occupation_parents(self, occupation: str) -> tuple[str, ...]:
        parts = occupation.split("-")
        return tuple("-".join(parts[:size]) for size in range(len(parts) - 1, 0, -1))

    def name(self, code: str, language: str) -> str:
        return self.names.get(code, code)


def terms(title: str, body: str = "") -> Terms:
    """Words are split at blanks, grams are characters: enough for a test, and no dictionary to load."""
    return Terms.of(tokens(title), tokens(body))


def tokens(text: str) -> Tokens:
    return Tokens(tuple(text.split()), tuple(text.replace(" ", "")))


def content(
    key: int = 1, kind: str = "major", title: str = "焊接 技术", body: str = "", **tags: Any
) -> Content:
    vector = tags.pop("vector", None)
    sets = {name: frozenset(values) for name, values in tags.items()}
    return Content(key=key, kind=kind, title=title, terms=terms(title, body), vector=vector, **sets)


def need(key: int = 1, organisation: int = 1, kind: str = "talent_need", **facts: Any) -> Record:
    return _record(key, organisation, kind, facts)


def offer(key: int = 2, organisation: int = 2, kind: str = "major", **facts: Any) -> Record:
    return _record(key, organisation, kind, facts)


_FACTS = ("industry", "level", "place", "capacity", "confirmed", "recommendable", "standing")


def _record(key: int, organisation: int, kind: str, given: dict[str, Any]) -> Record:
    facts = {name: given.pop(name) for name in _FACTS if name in given}
    facts.setdefault("confirmed", TODAY)
    says = given.pop("content", None) or content(key, kind, **given)
    return Record(key=key, content=says, organisation=organisation, **facts)


MAJORS = ["460104", "660104", "460301", "460101", "490101", "4601", "46"]
SKILLS = [f"技能{letter}" for letter in "甲乙丙丁戊"]
CERTIFICATES = ["焊工证", "电工证", "驾照"]
OCCUPATIONS = ["6-18-01-01", "6-18-01-02", "6-18-02-01", "2-02-07-01"]
WORDS = ["焊接", "数控", "机器人", "电气", "食品", "检验", "护理", "软件"]


def codes(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=4)


def vectors() -> st.SearchStrategy[np.ndarray | None]:
    def unit(seed: int) -> np.ndarray:
        row = np.random.default_rng(seed).standard_normal(32) + 0.3
        return (row / np.linalg.norm(row)).astype(np.float32)

    return st.none() | st.integers(0, 50).map(unit)


def contents(kind: str) -> st.SearchStrategy[Content]:
    words = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
    return st.builds(
        lambda title, body, **tags: Content(kind=kind, title=title, terms=terms(title, body), **tags),
        title=words,
        body=words,
        key=st.integers(1, 2**40),
        vector=vectors(),
        majors=codes(MAJORS),
        occupations=codes(OCCUPATIONS),
        skills=codes(SKILLS),
        certificates=codes(CERTIFICATES),
    )


def records(kind: str, keys: st.SearchStrategy[int] | None = None) -> st.SearchStrategy[Record]:
    places = st.tuples(st.floats(20, 50), st.floats(75, 130))
    return st.builds(
        Record,
        key=keys or st.integers(1, 2**62),
        content=contents(kind),
        organisation=st.integers(1, 6),
        confirmed=st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days)),
        industry=st.none() | st.sampled_from(["C33", "C34", "C39", "Q84"]),
        level=st.none() | st.integers(1, 5),
        place=st.none() | places,
        capacity=st.none() | st.integers(0, 60),
        recommendable=st.booleans(),
        standing=st.none() | standings,
    )


standings = st.builds(
    lambda asked, unanswered, priority, partners: Standing(
        asked, max(0, asked - unanswered), tuple(priority), partners
    ),
    st.integers(0, 9), st.integers(0, 9), st.lists(st.sampled_from(["链主", "上市"]), max_size=2),
    st.dictionaries(st.integers(1, 6), st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3),
)  # fmt: skip


need_kinds = st.sampled_from(NEED_KINDS)
offer_kinds = st.sampled_from(OFFER_KINDS)
needs = need_kinds.flatmap(records)
offers = offer_kinds.flatmap(records)
STATISTICS = TermStatistics.from_contents(
    content(number, title=" ".join(WORDS[: number % 8 + 1]), skills=SKILLS[: number % 5 + 1])
    for number in range(20)
)
WEIGHTS = load_weights()
MATCHER = Matcher(WEIGHTS, STATISTICS, SmallTaxonomy())
PAIR = (
    need(title="焊接", majors=["460301"], skills=SKILLS[:3], level=3, place=CHENGDU, capacity=20),
    offer(title="焊接 机器人", majors=["460104"], skills=SKILLS[:1], level=2, place=MIANYANG, capacity=5),
)


def bill_of(one: Record, other: Record) -> dict[str, Any]:
    """The pair's bill, with what would change it."""
    return MATCHER.score(one, other, TODAY).bill(counterfactuals=True)
