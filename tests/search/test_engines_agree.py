"""The same corpus and the same questions give the same answers, whichever engine is asked.

Both score by BM25 with k1 1.2 and b 0.75 over the same terms and the same field weights, and both round the length of a
field to one byte in the same way. What remains:

- A field that many documents lack: tantivy takes the average length and the number of documents over all documents,
  Lucene over those that have the field. The corpus gives every document every text field, as the product does.
- Replaced and deleted documents count in the statistics until their segments are merged, in both, but not at the same
  moment. The corpus is written once, by a rebuild.
- Documents of equal scores at the edge of a page: Lucene takes them by key, tantivy by where they lie. A third of the
  corpus repeats another text, so equal scores are common; places are therefore compared by score, not by key.
- Nearest vectors: one engine compares all, the other walks a graph and may miss one in a hundred.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from search.analysis import Tokens, analyse
from search.corpus import Corpus
from search.engine import Engine
from search.query import AnyOf, Between, Hits, Query
from tests.search.conftest import remove_indexes
from tests.search.engines import new_location, open_engine

pytestmark = pytest.mark.elasticsearch
DOCUMENTS = 2_000
QUESTIONS = 40
TOP = 20
Pair = tuple[Engine, Engine]
CORPUS = Corpus(32)


@pytest.fixture(scope="module")
def both(elasticsearch_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The embedded engine and the server, with the same documents."""
    documents = list(CORPUS.documents(DOCUMENTS))
    folder: Path = tmp_path_factory.mktemp("embedded")
    names = ("embedded", "elasticsearch")
    engines = [open_engine(name, new_location(name, folder, elasticsearch_address)) for name in names]
    for engine in engines:
        with engine.writer(CORPUS.schema) as writer, writer.rebuild() as rebuild:
            rebuild.apply(documents)
            rebuild.promote()
    yield engines[0], engines[1]
    for engine in engines:
        engine.close()
    remove_indexes(elasticsearch_address)


def ask(both: Pair, queries: Sequence[Query]) -> list[tuple[Hits, Hits]]:
    embedded, server = (engine.search(CORPUS.schema, queries) for engine in both)
    return list(zip(embedded, server, strict=True))


def overlap(one: Hits, other: Hits) -> float:
    """The share of the first engine's places that the second fills as well: with the same document, or with one of the
    same score as the last place, where both had to choose among equals."""
    if not one.hits:
        return float(not other.hits)
    last = one.hits[-1].score
    same = {hit.key for hit in one.hits} & {hit.key for hit in other.hits}
    chosen = sum(hit.score <= last * 1.001 for hit in other.hits if hit.key not in same)
    return (len(same) + chosen) / max(len(one.hits), len(other.hits))


def questions() -> dict[str, list[Query]]:
    bodies = [str(CORPUS.document(0).values["body"]) for _ in range(QUESTIONS)]
    titles = [CORPUS.title() for _ in range(QUESTIONS)]
    narrow = (AnyOf("kind", ("major", "teacher")), Between("level", 2, 4))
    return {
        "titles": [Query(text=title, size=TOP) for title in titles],
        "words alone": [Query(text=title, size=TOP, analysis={"words": 1.0}) for title in titles],
        "one field": [Query(text=title, size=TOP, fields={"body": 1.0}) for title in titles],
        "advertisements": [Query(text=body, size=TOP) for body in bodies],
        "within filters": [
            Query(text=title, size=TOP, filters=narrow, minimum_match=0.5) for title in titles
        ],
        "a few terms": [Query(text=few(analyse(body)), size=TOP) for body in bodies],
    }


def few(tokens: Tokens) -> Tokens:
    return Tokens(tokens.words[:6], tokens.grams[:6])


@pytest.mark.parametrize("name", sorted(questions()))
def test_the_first_twenty_by_text_are_the_same(both: Pair, name: str) -> None:
    answers = ask(both, questions()[name])
    shares = [overlap(one, other) for one, other in answers]
    assert np.mean(shares) >= 0.95
    assert any(one.hits for one, _ in answers)
    assert [one.total for one, _ in answers] == [other.total for _, other in answers]


def test_scores_themselves_are_the_same_to_the_third_digit(both: Pair) -> None:
    for one, other in ask(both, questions()["titles"]):
        expected, found = ([hit.score for hit in hits.hits] for hits in (one, other))
        np.testing.assert_allclose(found, expected, rtol=2e-3)


def test_facets_and_sorted_pages_are_the_same(both: Pair) -> None:
    newest = (("confirmed", True), ("level", False))
    pages = [Query(sort=newest, facets=("kind", "skills"), size=50, offset=offset) for offset in (0, 1_000)]
    for one, other in ask(
        both, [*pages, *(Query(text=CORPUS.title(), facets=("kind",), size=0) for _ in range(9))]
    ):
        assert (one.keys, one.total, one.facets) == (other.keys, other.total, other.facets)


def test_nearest_vectors_are_nearly_the_same(both: Pair) -> None:
    queries = [Query(vector=CORPUS.vector(), vector_field="vector", size=100) for _ in range(30)]
    shares = [len(set(one.keys) & set(other.keys)) / 100 for one, other in ask(both, queries)]
    assert np.mean(shares) >= 0.97
