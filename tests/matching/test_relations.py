"""How near codes are: majors, occupations, industries."""

import math

import pytest

from matching.relations import UNRELATED_STEPS, Relations
from matching.taxonomy_protocol import NoTaxonomy
from tests.matching.builders import WEIGHTS, SmallTaxonomy

RELATIONS = Relations(SmallTaxonomy(), WEIGHTS)


@pytest.mark.parametrize(
    ("need", "offer", "relation", "worth"),
    [
        ("460104", "460104", "major", 1.0),
        ("460104", "660104", "same_name", 0.9),
        ("4601", "460104", "named_class", 0.85),
        ("460101", "460104", "same_class", 0.7),
        ("460101", "660104", "same_class", 0.7),
        ("46", "460301", "named_group", 0.7),
        ("460301", "460104", "same_group", 0.4),
        ("4603", "460104", "same_group", 0.4),
        ("460301", "490101", "", 0.0),
    ],
)
def test_the_ladder_of_majors(need: str, offer: str, relation: str, worth: float) -> None:
    assert RELATIONS.major_relation(need, offer) == relation
    assert RELATIONS.majors(frozenset({need}), frozenset({offer})) == worth


def test_the_nearest_pair_counts() -> None:
    assert RELATIONS.majors(frozenset({"490101", "460301"}), frozenset({"460104", "460301"})) == 1.0


def test_a_side_that_names_none_is_unknown() -> None:
    assert math.isnan(RELATIONS.majors(frozenset(), frozenset({"460104"})))
    assert math.isnan(RELATIONS.majors(frozenset({"460104"}), frozenset()))
    assert math.isnan(RELATIONS.occupations(frozenset(), frozenset({"6-18-01-01"})))
    assert math.isnan(RELATIONS.industry_steps(None, "C34"))


@pytest.mark.parametrize(
    ("offer", "steps"),
    [
        ("6-18-01-01", 0),
        ("6-18-01-02", 1),
        ("6-18-02-01", 2),
        ("2-02-07-01", UNRELATED_STEPS),
        ("6-18-01", 1),
    ],
)
def test_steps_between_occupations(offer: str, steps: float) -> None:
    assert RELATIONS.occupations(frozenset({"6-18-01-01"}), frozenset({offer})) == steps


def test_steps_between_industries() -> None:
    assert RELATIONS.industry_steps("C33", "C34") == 1
    assert RELATIONS.industry_steps("C33", "Q84") == UNRELATED_STEPS


def test_without_a_taxonomy_codes_are_related_to_themselves_only() -> None:
    bare = Relations(NoTaxonomy(), WEIGHTS)
    assert bare.majors(frozenset({"460104"}), frozenset({"460104"})) == 1.0
    assert bare.majors(frozenset({"460104"}), frozenset({"660104"})) == 0.0
