"""Plain tools on a judged folder: BM25, vectors alone, rapidfuzz, and a mix of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import tantivy
from rapidfuzz import fuzz, process

from matching.encoders import Encoder, encode_postings
from matching.records import FloatArray
from search.analysis import analyse

Row = Mapping[str, Any]
Score = Callable[[str], FloatArray]
"""From a query to one number for each document, in their order."""
_HEAP = 64_000_000
GRAMS, WORDS, DENSE = 0.4, 0.2, 0.4
"""The shares of the mix."""


def _texts(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(str(row.get("title") or ""), str(row.get("text") or "")) for row in rows]


def bm25(rows: Sequence[Row], analysis: Literal["words", "grams"]) -> Score:
    """BM25 as tantivy gives it, over title and text in one field, in memory."""
    schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for title, text in _texts(rows):
        writer.add_document(tantivy.Document(text=" ".join(getattr(analyse(f"{title} {text}"), analysis))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    if searcher.num_segments > 1:
        raise ValueError("bench: too many documents for one segment; their numbers would not be their order")

    def score(query: str) -> FloatArray:
        terms = [tantivy.Query.term_query(schema, "text", term) for term in getattr(analyse(query), analysis)]
        union = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        scores = np.zeros(len(rows))
        for value, address in searcher.search(union, limit=len(rows), count=False).hits:
            scores[address.doc] = value
        return scores

    return score


def dense(rows: Sequence[Row], encoder: Encoder) -> Score:
    """(1 + cos) / 2 of the vectors."""
    vectors = encode_postings(encoder, _texts(rows))
    return lambda query: ((1 + vectors @ encode_postings(encoder, [(query, "")])[0]) / 2).astype(np.float64)


def rapidfuzz(rows: Sequence[Row]) -> Score:
    """Token set ratio of words; of a document its title, or its text where it has none."""
    choices = [" ".join(analyse(title or text).words) for title, text in _texts(rows)]

    def score(query: str) -> FloatArray:
        asked = " ".join(analyse(query).words)
        ratios: FloatArray = process.cdist([asked], choices, scorer=fuzz.token_set_ratio)[0].astype(
            np.float64
        )
        return ratios

    return score


def mix(rows: Sequence[Row], encoder: Encoder) -> Score:
    """A convex combination of BM25 of grams, of words, each over its best, and of the vectors."""
    parts = ((GRAMS, bm25(rows, "grams")), (WORDS, bm25(rows, "words")), (DENSE, dense(rows, encoder)))

    def score(query: str) -> FloatArray:
        total = np.zeros(len(rows))
        for share, part in parts:
            scores = part(query)
            total += share * scores / max(scores.max(), 1e-9)
        return total

    return score
