"""How soon an index is there: from texts to terms in two processes, from terms to an index that is searched."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import rjieba

from search.analysis import Tokeniser, Tokens
from search.corpus import Corpus
from search.engine import Writer
from search.schema import Document, Text

PROCESSES = 2
_AT_ONCE = 10_000
_BATCH = 1_000
_TEXTS = 10_000
_CHARACTERS = 200


def build(writer: Writer, corpus: Corpus, tokeniser: Tokeniser, number: int) -> dict[str, float]:
    """Documents a second, tokenising and promotion included, the making of the corpus left out."""
    texts = [field.name for field in corpus.schema.of_kind(Text)]
    documents = corpus.documents(number)
    seconds, used = 0.0, 0.0
    with writer.rebuild() as rebuild:
        while some := list(islice(documents, _AT_ONCE)):
            begun, before = time.perf_counter(), time.process_time()
            ready = _analysed(some, texts, tokeniser)
            while batch := list(islice(ready, _BATCH)):
                rebuild.apply(batch)
            seconds, used = seconds + time.perf_counter() - begun, used + time.process_time() - before
        begun, before = time.perf_counter(), time.process_time()
        rebuild.promote()
        seconds, used = seconds + time.perf_counter() - begun, used + time.process_time() - before
    return {"documents_per_second": round(number / seconds), "documents_per_cpu_second": round(number / used)}


def _analysed(
    documents: Sequence[Document], texts: Sequence[str], tokeniser: Tokeniser
) -> Iterator[Document]:
    tokens = tokeniser.analyse([str(document.values[name]) for document in documents for name in texts])
    for document in documents:
        terms: dict[str, Tokens] = {name: next(tokens) for name in texts}
        yield replace(document, values={**document.values, **terms})


def tokenising(tokeniser: Tokeniser, number: int = _TEXTS) -> dict[str, Any]:
    """Texts of 200 characters a second, words and grams, and how that compares with segmentation alone in one process."""
    corpus = Corpus(0)
    texts = [str(document.values["body"])[:_CHARACTERS] for document in corpus.documents(number)]
    list(tokeniser.analyse(texts[: 2 * _BATCH]))
    begun = time.perf_counter()
    for _ in tokeniser.analyse(texts):
        pass
    rate = number / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for text in texts:
        rjieba.cut_for_search(text)
    alone = number / (time.perf_counter() - begun)
    return {
        "texts_per_second": round(rate),
        "processes": PROCESSES,
        "ratio_to_segmentation_alone": round(rate / alone, 2),
    }
