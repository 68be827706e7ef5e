"""Nothing a person can type is query syntax, breaks a search, or takes long."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import Tokens
from search.engine import Engine, InvalidQuery, SearchError, UnknownField
from search.query import DEEPEST_HIT, AnyOf, Between, Filter, Has, Near, Not, Overlap, Query
from search.schema import Document
from tests.search.samples import SCHEMA, document, fill, keys

HOSTILE = [
    *(
        "\x00",
        "焊接\x00护理",
        '"焊接',
        "(((",
        ")",
        "*",
        "?",
        "焊*",
        "~2",
        "焊接~",
        "^9",
        "焊接^1e9",
        "\\",
        '\\"',
    ),
    *(
        "AND",
        "OR NOT",
        "焊接 AND NOT 护理",
        "+焊接 -护理",
        "[1 TO 9]",
        "{* TO *]",
        "/.*/",
        "IN [a b]",
        "||",
        "&&",
    ),
    *("<script>", "'; DROP TABLE", "${jndi:ldap://x}", "%00", "title:焊接", "\u202e", "e\u0301" * 1000),
    *(
        "a" * 100_000,
        "焊" * 100_000,
        " " * 100_000,
        "焊接," * 25_000,
        '"' * 100_000,
        "(" * 50_000,
        "💥" * 1000,
    ),
    *("ﷺ" * 5_000, "".join(map(chr, range(0x4E00, 0x9E00))), "\n".join(map(str, range(20_000)))),
]
HALF_CHARACTERS = ["\ud800", "\udfff鱼"]


def three() -> list[Document]:
    return [document(1, title="焊接 and"), document(2, title="护理", kind="major"), document(3, body="title")]


@pytest.fixture(scope="module")
def filled(shared: Engine) -> Engine:
    """Three documents, for tests that only read."""
    fill(shared, three())
    return shared


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_is_only_text(filled: Engine, text: str) -> None:
    for query in (Query(text=text), Query(text=text, minimum_match=0.75, facets=("kind",))):
        assert set(keys(filled, query)) <= {1, 2, 3}
    keys(filled, Query(filters=(AnyOf("kind", (text,)), Not(AnyOf("skills", (text,))))))
    keys(filled, Query(overlap=Overlap("skills", {text: 1.0})))
    keys(filled, Query(text=Tokens((text,), (text,)), minimum_match=1.0))
    filled.document_frequency(SCHEMA, "title", "words", [text])


@pytest.mark.parametrize("text", HALF_CHARACTERS, ids=ascii)
def test_half_characters_are_dropped_from_text_and_refused_as_values(filled: Engine, text: str) -> None:
    assert set(keys(filled, Query(text=f"{text}护理"))) == {2}
    refused = [
        Query(filters=(AnyOf("kind", (text,)),)),
        Query(overlap=Overlap("skills", {text: 1.0})),
        Query(text=Tokens(words=(text,))),
    ]
    for query in refused:
        with pytest.raises(InvalidQuery, match="surrogate"):
            keys(filled, query)
    with pytest.raises(InvalidQuery, match="surrogate"):
        filled.document_frequency(SCHEMA, "title", "words", [text])


def test_half_characters_are_dropped_from_documents(engine: Engine) -> None:
    fill(engine, [document(4, title=f"{text}水产{number}") for number, text in enumerate(HALF_CHARACTERS)])
    assert keys(engine, Query(text="水产")) == [4]


def test_hostile_text_can_be_indexed_and_leaves_the_rest_findable(engine: Engine) -> None:
    fill(engine, three())
    for text in HOSTILE:
        fill(engine, [document(9, title=text, body=Tokens((text,), (text,)))])
        assert 2 in keys(engine, Query(text="护理"))
        assert engine.count(SCHEMA) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("焊接 AND 护理", {1, 2}),
        ("NOT 护理", {2}),
        ("-护理", {2}),
        ("title:焊接", {1, 3}),
        ('"护理 焊接"', {1, 2}),
        ("护*", {2}),
        ("*", set()),
        ("kind:major", set()),
        ("[a TO z]", set()),
    ],
)
def test_operators_mean_nothing(filled: Engine, text: str, expected: set[int]) -> None:
    assert set(keys(filled, Query(text=text))) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), share=st.floats(0, 1))
def test_any_text_at_all_is_only_text(filled: Engine, text: str, share: float) -> None:
    loose = set(keys(filled, Query(text=text)))
    strict = set(keys(filled, Query(text=text, minimum_match=share)))
    assert strict <= loose <= {1, 2, 3}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (Query(filters=(AnyOf("colour", ("red",)),)), "colour"),
        (Query(filters=(Not(Has("colour")),)), "colour"),
        (Query(filters=(Between("title", 1, 2),)), "title"),
        (Query(filters=(Near("level", 0, 0, 1),)), "level"),
        (Query(facets=("level",)), "level"),
        (Query(sort=(("kind", True),)), "kind"),
        (Query(text="x", fields={"kind": 1.0}), "kind"),
        (Query(overlap=Overlap("title", {"x": 1.0})), "title"),
        (Query(vector=[1, 0, 0], vector_field="title"), "title"),  # type: ignore[arg-type]
        (Query(vector=[1, 0, 0]), ""),  # type: ignore[arg-type]
    ],
)
def test_an_unknown_field_is_named(shared: Engine, query: Query, field: str) -> None:
    with pytest.raises(UnknownField, match=f"field '{field}'") as caught:
        shared.search(SCHEMA, [query])
    assert caught.value.field == field
    assert "it has:" in str(caught.value)


BAD_FILTERS: list[Filter] = [
    AnyOf("kind", (1,)),
    AnyOf("level", ("2",)),
    Between("level", "1", None),  # type: ignore[arg-type]
    Between("level", float("nan"), None),
    Between("confirmed", 3, None),
    Near("place", 91, 0, 1),
    Near("place", 0, float("inf"), 1),
    Near("place", 0, 0, float("nan")),
]


@pytest.mark.parametrize("one", BAD_FILTERS, ids=str)
def test_a_filter_value_that_does_not_fit_is_named(shared: Engine, one: Filter) -> None:
    with pytest.raises(InvalidQuery, match="field '"):
        shared.search(SCHEMA, [Query(filters=(one,))])


@pytest.mark.parametrize(
    "query",
    [
        Query(size=-1),
        Query(offset=-1),
        Query(size=DEEPEST_HIT, offset=1),
        Query(text="x", minimum_match=1.5),
        Query(text="x", minimum_match=float("nan")),
        Query(text="x", analysis={"letters": 1.0}),
        Query(text="x", fields={"title": -1.0}),
        Query(text="x", fields={"title": float("nan")}),
        Query(text="x", overlap=Overlap("skills", {"x": 1.0})),
        Query(overlap=Overlap("skills", {"x": float("inf")})),
        Query(vector=[0, 0, 0], vector_field="meaning"),  # type: ignore[arg-type]
        Query(vector=[1, 0], vector_field="meaning"),  # type: ignore[arg-type]
        Query(vector=[1, 0, float("nan")], vector_field="meaning"),  # type: ignore[arg-type]
        Query(vector=[1, 0, 0], vector_field="meaning", facets=("kind",)),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_impossible_queries_are_refused(shared: Engine, query: Query) -> None:
    with pytest.raises(SearchError):
        shared.search(SCHEMA, [query])
