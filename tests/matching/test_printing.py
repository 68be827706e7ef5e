"""The bill as text and as a page says what the bill says, in both directions and both languages, and how sure it is."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings

from matching.confidence import confidence
from matching.pipeline import Matcher
from matching.printing import as_page, as_text
from matching.records import Record
from matching.rendering import render
from tests.matching.builders import (
    PAIR,
    STATISTICS,
    TODAY,
    WEIGHTS,
    SmallTaxonomy,
    bill_of,
    need,
    needs,
    offer,
    offers,
)

NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Words(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_text_and_page_say_both_scores_coverage_and_every_sentence() -> None:
    bill = bill_of(*PAIR)
    text, page = as_text(bill, "zh"), Words(as_page(bill, "zh"))
    said = render(bill, "zh")
    for side in ("forward", "reverse", "mutual"):
        assert f"{bill['scores'][side]:.4f}" in text
    assert f"数据完整度: {bill['data_coverage']:.4f}" in text
    for sentence in (*said.reasons, *said.gaps, *said.counterfactuals, *said.vetoes):
        assert f"- {sentence}" in text
        assert sentence in page.text
    weighed = [term for term in bill["terms"] if term["weight"] or term["reverse_weight"]]
    assert page.tags.count("tr") == 1 + len(weighed)
    assert "未说明" in text


@settings(max_examples=60, deadline=None)
@given(needs, offers)
def test_both_languages_print_the_same_numbers(one: Record, other: Record) -> None:
    bill = bill_of(one, other)
    chinese, english = (sorted(NUMBER.findall(as_text(bill, language))) for language in ("zh", "en"))
    assert chinese == english


def test_a_page_is_not_written_by_a_name() -> None:
    taxonomy = SmallTaxonomy()
    taxonomy.names = {**SmallTaxonomy.names, "460104": "<script>机电"}
    bill = Matcher(WEIGHTS, STATISTICS, taxonomy).score(*PAIR, TODAY).bill(counterfactuals=True)
    assert "<script>" in as_text(bill, "zh")
    assert "script" not in Words(as_page(bill, "zh")).tags


@settings(max_examples=100, deadline=None)
@given(needs, offers)
def test_the_score_lies_in_its_range(one: Record, other: Record) -> None:
    bill = bill_of(one, other)
    sure = confidence(bill)
    assert 0 <= sure.low <= bill["scores"]["mutual"] <= sure.high <= 1
    if all(term["known"] for term in bill["terms"] if term["weight"] or term["reverse_weight"]):
        assert sure.low == sure.high


def test_what_is_told_narrows_the_range() -> None:
    vague, told = confidence(bill_of(need(), offer())), confidence(bill_of(*PAIR))
    assert vague.high - vague.low > told.high - told.low
    more = replace(PAIR[0], industry="C34"), replace(PAIR[1], industry="C34")
    assert confidence(bill_of(*more)).high <= told.high
    assert vague.code == "loose"
