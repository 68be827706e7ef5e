from search.analysis import Tokens
from search.query import MOST_TERMS, Query
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
