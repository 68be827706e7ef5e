import pytest

from search.analysis import Tokens
from search.query import MOST_TERMS, Query, needed
from search.schema import Keyword, Schema, Text


def test_terms_are_counted_for_each_analysis_with_a_weight() -> None:
    text = Tokens(words=("焊接", "焊接", "plc"), grams=("焊", "接"))
    assert Query(text=text).terms() == {"words": {"焊接": 2, "plc": 1}, "grams": {"焊": 1, "接": 1}}
    assert Query(text=text, analysis={"grams": 0.5, "words": 0.0}).terms() == {"grams": {"焊": 1, "接": 1}}


def test_a_long_text_is_matched_by_its_first_terms() -> None:
    many = tuple(f"w{number}" for number in range(MOST_TERMS * 3))
    assert list(Query(text=Tokens(words=many)).terms()["words"]) == list(many[:MOST_TERMS])
    assert all(len(terms) <= MOST_TERMS for terms in Query(text=" ".join(many)).terms().values())


def test_without_fields_every_text_counts_with_its_own_weight() -> None:
    schema = Schema("needs", (Text("title", 2.0), Text("note", 0.0), Text("body"), Keyword("kind")))
    assert Query().weights(schema) == {"title": 2.0, "body": 1.0}
    assert Query(fields={"note": 3.0, "title": 0.0}).weights(schema) == {"note": 3.0}


@pytest.mark.parametrize(
    ("share", "terms", "number"), [(0.75, 4, 3), (0.75, 5, 4), (1.0, 7, 7), (0.1, 3, 1), (0.3, 10, 3)]
)
def test_needed_rounds_up_and_is_never_none(share: float, terms: int, number: int) -> None:
    assert needed(share, terms) == number
