from datetime import UTC, datetime

import numpy as np
import pytest

from search.analysis import Tokens
from search.errors import InvalidDocument, UnknownField
from search.schema import Date, Document, Keyword, Number, Schema, Text, Vector, checked
from tests.search.samples import SCHEMA, document


def test_fingerprint_follows_the_structure_and_nothing_else() -> None:
    base = Schema("a", (Text("title", 1.0), Keyword("kind"), Vector("meaning", 3)))
    same = Schema("a", (Keyword("kind"), Vector("meaning", 3), Text("title", 5.0)))
    others = [
        Schema("a", (Text("title"), Keyword("kind"), Vector("meaning", 4))),
        Schema("a", (Text("title"), Keyword("kind", many=True), Vector("meaning", 3))),
        Schema("a", (Text("title"), Text("kind"), Vector("meaning", 3))),
        Schema("a", (Text("title"), Keyword("kind"))),
    ]
    assert base.fingerprint == same.fingerprint
    assert len({base.fingerprint, *(other.fingerprint for other in others)}) == 5


@pytest.mark.parametrize("name", ["", "Title", "ti-tle", "标题", "a" * 64, "../x", "_a"])
def test_names_that_some_engine_could_not_take_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name"):
        Schema("index", (Text(name),))
    with pytest.raises(ValueError, match="cannot name"):
        Schema(name, (Text("title"),))


def test_two_fields_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two fields"):
        Schema("index", (Text("title"), Number("title")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", 5),
        ("title", b"bytes"),
        ("kind", ["one", "two"]),
        ("kind", ""),
        ("kind", "x" * 513),
        ("skills", [1]),
        ("skills", ["\ud800"]),
        ("title", Tokens(words=("\ud800",))),
        ("level", "2"),
        ("level", True),
        ("level", float("nan")),
        ("confirmed", datetime(2025, 1, 1, tzinfo=UTC)),
        ("confirmed", "2025-01-01"),
        ("place", (91.0, 0.0)),
        ("place", (1.0,)),
        ("place", "32,118"),
        ("meaning", np.zeros(3)),
        ("meaning", np.ones(4)),
        ("meaning", np.array([1, np.inf, 0])),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(InvalidDocument, match=name) as caught:
        checked(SCHEMA, document(7, **{name: value}))
    assert (caught.value.key, caught.value.field) == (7, name)


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownField, match=r"'colour'.*title") as caught:
        checked(SCHEMA, document(7, colour="red"))
    assert caught.value.field == "colour"


@pytest.mark.parametrize(("key", "version", "checksum"), [(-1, 1, 1), (1, -1, 1), (1, 1, 2**63)])
def test_numbers_outside_uint63_are_refused(key: int, version: int, checksum: int) -> None:
    with pytest.raises(InvalidDocument):
        checked(SCHEMA, Document(key, version, checksum, {}))


def test_plain_forms() -> None:
    plain = checked(SCHEMA, document(1, kind="major", level=np.int64(2), place=[32, 118], confirmed=None))
    assert plain == {"kind": ["major"], "level": 2.0, "place": (32.0, 118.0)}
    assert checked(SCHEMA, document(1, skills=("a", "b", "a")))["skills"] == ["a", "b"]


def test_vectors_are_scaled_to_length_one() -> None:
    plain = checked(SCHEMA, document(1, meaning=[3, 0, 4]))
    np.testing.assert_allclose(plain["meaning"], [0.6, 0, 0.8], rtol=1e-6)


def test_get_names_the_kind_that_was_wanted() -> None:
    with pytest.raises(UnknownField, match=r"no number/date field 'title'.*level, confirmed"):
        SCHEMA.get("title", Number, Date)
