"""Offers in columns: whatever was met before, in whatever order, each offer measures as it does alone."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.columns import MOST_KEPT, OfferColumns
from matching.coverage import cosines, coverages, prune, slack_of, stepped
from matching.measures import Measures
from matching.records import Content
from matching.relations import Relations
from matching.terms import Bag, title_grams
from tests.matching.builders import STATISTICS, WEIGHTS, WORDS, SmallTaxonomy, content, terms, vectors

CONSTANTS = WEIGHTS.text
MEASURES = Measures(WEIGHTS, STATISTICS, Relations(SmallTaxonomy(), WEIGHTS))
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
offers = st.builds(
    lambda title, body, vector, majors: content(
        1, "major", title=title, body=body, vector=vector, majors=majors
    ),
    texts, texts, vectors(), st.lists(st.sampled_from(["460104", "460101", "490101", "0809"]), max_size=2),
)  # fmt: skip


def query(text: str):
    bag = terms("", text).words
    return prune(bag, STATISTICS.word_idf(bag), 64)


def shared(columns: OfferColumns, held: list[Content], asked: list[str]) -> list[np.ndarray]:
    found = columns.of(held)
    words, _ = found.lengths
    return found.words.covered([query(text) for text in asked], words, slack_of(words, 5.0, CONSTANTS))


@given(st.lists(offers, max_size=6), st.lists(offers, min_size=1, max_size=6), texts, texts)
def test_columns_say_of_terms_what_the_plain_count_says(before, held, one, other) -> None:
    columns = OfferColumns(MEASURES.told)
    if before:
        columns.of(before)
    found = shared(columns, held, [one, other])
    bags = [each.terms.words for each in held]
    for coverage, text in zip(found, (one, other), strict=True):
        np.testing.assert_array_equal(coverage, coverages([[query(text)]], bags, 5.0, CONSTANTS)[0])


@given(st.lists(offers, max_size=6), st.lists(offers, min_size=1, max_size=6), texts, vectors())
def test_titles_and_vectors_are_those_of_each_offer_alone(before, held, text, vector) -> None:
    columns = OfferColumns(MEASURES.told)
    if before:
        columns.of(before)
    found, asked = columns.of(held), terms("", text).grams
    titles = [MEASURES.told(each).title for each in held]
    named = found.titles.named_in(
        asked, found.title_totals, float(slack_of(np.zeros(1), 1.0, CONSTANTS)[0])
    )
    expected = [coverages([[title]], [asked], float("inf"), CONSTANTS)[0][0] for title in titles]
    np.testing.assert_array_equal(named, expected)
    one = stepped(vector)
    np.testing.assert_array_equal(found.meant(one), cosines([one], [stepped(each.vector) for each in held]))
    taught = [MEASURES.told(each).trained for each in held]
    np.testing.assert_array_equal(found.trained(one), cosines([one], taught))


def wide(seed: int) -> np.ndarray:
    """A vector that can be compared with those of the table of majors."""
    row = np.random.default_rng(seed).standard_normal(512)
    return (row / np.linalg.norm(row)).astype(np.float32)


taught_offers = st.builds(
    lambda vector, majors: content(1, "major", vector=vector, majors=majors),
    st.none() | st.integers(0, 9).map(wide),
    st.lists(st.sampled_from(["460104", "460101", "490101", "0809"]), max_size=2),
)


@given(st.lists(taught_offers, max_size=4), st.lists(taught_offers, min_size=1, max_size=6), st.integers(0, 9))
@example([], [content(1, "major", vector=wide(1), majors=[*one]) for one in (["460104"], ["460104", "490101"], ["460101"])], 2)
def test_offers_of_the_same_majors_share_what_these_train_for_and_no_others_do(
    before: list[Content], held: list[Content], seed: int
) -> None:
    columns = OfferColumns(MEASURES.told)
    if before:
        columns.of(before)
    found, one, told = columns.of(held), stepped(wide(seed)), [MEASURES.told(each) for each in held]
    np.testing.assert_array_equal(found.trained(one), cosines([one], [each.trained for each in told]))
    if before:
        found, told = columns.of([*before, *held]), [MEASURES.told(each) for each in (*before, *held)]
    rows = {(each.majors, row) for each, row in zip(told, found.taught.tolist(), strict=True) if each.taught is not None}
    assert len(rows) == len({majors for majors, _ in rows}) == len({row for _, row in rows})


@given(st.lists(offers, min_size=4, max_size=12), texts)
def test_beginning_anew_changes_nothing(held, text) -> None:
    small, large = OfferColumns(MEASURES.told, most=3), OfferColumns(MEASURES.told, most=MOST_KEPT)
    for start in range(0, len(held), 2):
        some = held[start : start + 2]
        np.testing.assert_array_equal(shared(small, some, [text]), shared(large, some, [text]))


@given(
    st.lists(offers, max_size=9), st.lists(offers, min_size=1, max_size=9),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join), texts,
)  # fmt: skip
def test_looking_terms_up_gives_to_the_last_bit_what_reading_gives(before, held, one, other) -> None:
    """Few terms are looked up, many are read off the rows: the sums are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.columns._WORTH_LISTING", 1)
        columns = OfferColumns(MEASURES.told)
        columns.of([*before, *held])
        rows = columns.of(held).words
        assert rows.postings is not None
        asked = np.unique(terms("", f"{one} {other}").words.hashes)
        read, found = rows._read_off(asked), rows.find(asked)
        order = np.lexsort((found.asked, found.rows))
        for name in ("rows", "asked", "numbers"):
            np.testing.assert_array_equal(getattr(read, name), getattr(found, name)[order])
        for shared_, plain in zip(shared(columns, held, [one]), shared(OfferColumns(MEASURES.told), held, [one]), strict=True):
            np.testing.assert_array_equal(shared_, plain)


def test_few_terms_are_looked_up() -> None:
    columns = OfferColumns(MEASURES.told)
    held = [content(key, "major", title=WORDS[key % 8], body=" ".join(WORDS)) for key in range(600)]
    rows = columns.of(held[:200]).grams
    looked_up = rows.find(terms("", "焊接").grams.hashes[:1])
    assert rows.postings is None and len(looked_up.rows)
    columns.of(held)
    rows = columns.of(held[:200]).grams
    assert rows.postings is not None and rows.postings.texts == 600


def test_what_was_read_stays_right_while_others_are_added() -> None:
    columns = OfferColumns(MEASURES.told)
    first = content(1, "major", title="焊接", body="焊接 工艺")
    before = columns.of([first])
    columns.of([content(2, "major", title="护理", body=f"护理 {number}") for number in range(200)])
    again = columns.of([first])
    for rows in (before, again):
        words, _ = rows.lengths
        slack = slack_of(words, 5.0, CONSTANTS)
        assert rows.words.covered([query("焊接")], words, slack)[0][0] > 0
    assert Bag.of(title_grams("焊接"), ()).length == before.titles.sizes[0] * 2


def test_what_came_after_the_listing_is_found_too() -> None:
    """The list of where each term stands is made anew only when an eighth has come: until then the latest are read off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.columns._WORTH_LISTING", 1)
        columns = OfferColumns(MEASURES.told)
        first = [content(key, "major", title="焊接", body=WORDS[key % 8]) for key in range(16)]
        columns.of(first)
        late = content(99, "major", title="焊接", body="后来才有")
        for held in ([late], [first[0], late], first):
            rows = columns.of(held).words
            assert rows.postings is not None and rows.postings.texts == 16
            bags = [each.terms.words for each in held]
            for text in ("后来才有", "焊接 后来才有", WORDS[0]):
                plain = coverages([[query(text)]], bags, 5.0, CONSTANTS)[0]
                np.testing.assert_array_equal(shared(columns, held, [text])[0], plain)
