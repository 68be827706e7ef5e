"""How much of a need's text an offer covers, one by one and in batches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.coverage import cosines as cosines_of_stepped
from matching.coverage import coverages, prune, stepped
from matching.statistics import TermStatistics
from tests.matching.builders import STATISTICS, WEIGHTS, WORDS, terms, vectors

TEXT = WEIGHTS.text
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def cosines(needs, offers):
    return cosines_of_stepped([stepped(one) for one in needs], [stepped(one) for one in offers])


def coverage(queries, offers, average, constants):
    return coverages([queries], offers, average, constants)[0]


def query(text: str, best: int = 64):
    bag = terms("", text).words
    return prune(bag, STATISTICS.word_idf(bag), best)


def test_a_covered_term_counts_by_its_weight_and_saturation() -> None:
    offer = terms("", "焊接 焊接 护理").words
    idf = dict(
        zip(terms("", "焊接 数控").words.hashes.tolist(), query("焊接 数控").weights.tolist(), strict=True)
    )
    welding = int(terms("", "焊接").words.hashes[0])
    slack = TEXT.saturation * (1 - TEXT.length_effect + TEXT.length_effect * 3 / 5.0)
    expected = idf[welding] * 2 / (2 + slack) / sum(idf.values())
    assert coverage([query("焊接 数控")], [offer], 5.0, TEXT)[0] == pytest.approx(expected, abs=1e-12)


def test_nothing_shared_covers_nothing_and_no_text_is_unknown() -> None:
    offers = [terms("", "护理").words, terms("").words]
    found = coverage([query("焊接")], offers, 5.0, TEXT)
    assert found[0] == 0
    assert np.isnan(found[1])
    assert np.isnan(coverage([query("")], offers[:1], 5.0, TEXT)[0])


def test_pruning_keeps_the_best_terms() -> None:
    bag = terms("", "焊接 焊接 焊接 护理 数控 数控").words
    pruned = prune(bag, TermStatistics.empty().word_idf(bag), 2)
    wanted = {int(terms("", word).words.hashes[0]) for word in ("焊接", "数控")}
    assert set(pruned.hashes.tolist()) == wanted
    assert pruned.total == pytest.approx(pruned.weights.sum())


@given(st.lists(texts, min_size=1, max_size=6), texts)
def test_many_offers_or_many_needs_are_pairs_one_by_one(many: list[str], one: str) -> None:
    bags = [terms("", text).words for text in many]
    batch = coverage([query(one)], bags, 5.0, TEXT)
    alone = [coverage([query(one)], [bag], 5.0, TEXT)[0] for bag in bags]
    np.testing.assert_array_equal(batch, alone)
    queries = [query(text) for text in many]
    offer = terms("", one).words
    batch = coverage(queries, [offer], 5.0, TEXT)
    alone = [coverage([single], [offer], 5.0, TEXT)[0] for single in queries]
    np.testing.assert_array_equal(batch, alone)


@given(st.lists(vectors(), min_size=1, max_size=40), vectors())
def test_cosines_are_the_same_alone_in_a_batch_and_swapped(many, one) -> None:
    batch = cosines([one], many)
    np.testing.assert_array_equal(batch, [cosines([one], [vector])[0] for vector in many])
    np.testing.assert_array_equal(batch, cosines(many, [one]))
    for vector, cosine in zip(many, batch, strict=True):
        if one is None or vector is None:
            assert np.isnan(cosine)
        else:
            assert cosine == pytest.approx(float(vector @ one), abs=2e-3)


def test_cosines_are_counted_in_whole_numbers() -> None:
    rows = np.random.default_rng(1).standard_normal((40, 512))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    whole = np.rint(rows * np.float32(2048)).astype(np.int64)
    expected = np.rint((whole @ whole[0]) / 2048**2 * 1e4) / 1e4
    np.testing.assert_array_equal(cosines([rows[0]], list(rows)), np.clip(expected, -1, 1))


@given(texts, texts, st.lists(texts, min_size=1, max_size=6))
def test_two_queries_at_once_are_two_queries(one: str, other: str, many: list[str]) -> None:
    bags = [terms("", text).words for text in many]
    both = coverages([[query(one)], [query(other)]], bags, 5.0, TEXT)
    for found, text in zip(both, (one, other), strict=True):
        np.testing.assert_array_equal(found, coverage([query(text)], bags, 5.0, TEXT))
