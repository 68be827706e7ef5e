"""The same corpus and questions with plain tools: what an engine of one's own is worth."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from search.analysis import analyse
from search.bench.questions import NEAREST
from search.bench.timing import Yardstick, timed
from search.corpus import BenchProbe, Corpus
from search.embedded import EmbeddedEngine
from search.query import Query
from search.retrieval import retrieve
from search.schema import Document

_SIZE = 100
_BATCH = 1_000
_HEAP = 128_000_000

Ask = Callable[[BenchProbe, str], object]
Row = tuple[int, str, str]


def beside(number: int, asked: int, dims: int, database: str) -> dict[str, Any]:
    """Milliseconds of a title and of an advertisement with each tool, the 100 best, and of the 200 nearest vectors."""
    corpus, yardstick = Corpus(dims), Yardstick()
    documents = list(corpus.documents(number))
    titles = [(corpus.probe(body=False), corpus.title()) for _ in range(asked)]
    advertisements = [(corpus.probe(), str(document.values["body"])) for document in documents[:asked]]
    report: dict[str, Any] = {"documents": number, "dims": dims}
    for name, tool in _tools(database).items():
        with tempfile.TemporaryDirectory() as folder:
            with tool(documents, corpus, Path(folder)) as (seconds, ask):
                report[name] = {"documents_per_second": round(number / seconds)} | {
                    kind: yardstick.compared(_each(ask, probes), len(probes))
                    for kind, probes in (("title", titles), ("advertisement", advertisements))
                }
    if dims:
        report["numpy"] = _numpy(documents, titles, yardstick)
    return report | {"yardstick_milliseconds": yardstick.times()}


def _each(ask: Ask, probes: Sequence[tuple[BenchProbe, str]]) -> Callable[[], object]:
    """Asks the next one whenever it is called."""
    turn = iter(probes)
    return lambda: ask(*next(turn))


def _tools(database: str) -> dict[str, Any]:
    tools = {
        "embedded, text and vectors": _embedded,
        "tantivy, one term": _tantivy_term,
        "tantivy, all words": _tantivy_words,
        "SQLite FTS5, all words": _fts5,
    }
    return tools | (
        {"PostgreSQL, trigrams": lambda *given: _postgresql(database, *given)} if database else {}
    )


@contextmanager
def _embedded(documents: Sequence[Document], corpus: Corpus, folder: Path) -> Iterator[tuple[float, Ask]]:
    engine = EmbeddedEngine(folder)

    def fill() -> None:
        with engine.writer(corpus.schema) as writer, writer.rebuild() as rebuild:
            for start in range(0, len(documents), _BATCH):
                rebuild.apply(documents[start : start + _BATCH])
            rebuild.promote()

    milliseconds, _ = timed(fill)
    engine.search(corpus.schema, [Query(size=1)])
    yield milliseconds / 1000, lambda probe, _: retrieve(engine, corpus.schema, probe, keyword_k=0)


@contextmanager
def _tantivy(
    documents: Sequence[Document], folder: Path, words: Callable[[str], Sequence[str]]
) -> Iterator[tuple[float, Ask]]:
    """One field with the words of title and body, asked for any of some words."""
    schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema, path=str(folder))

    def fill() -> None:
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for _, title, body in _rows(documents):
            writer.add_document(tantivy.Document(text=f"{title} {body}"))
        writer.commit()
        writer.wait_merging_threads()

    milliseconds, _ = timed(fill)
    index.reload()
    searcher = index.searcher()

    def ask(probe: BenchProbe, text: str) -> object:
        terms = [tantivy.Query.term_query(schema, "text", word) for word in words(text)]
        union = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return searcher.search(union, limit=_SIZE, count=False)

    yield milliseconds / 1000, ask


def _tantivy_term(documents: Sequence[Document], corpus: Corpus, folder: Path) -> Any:
    return _tantivy(documents, folder, lambda text: analyse(text).words[:1])


def _tantivy_words(documents: Sequence[Document], corpus: Corpus, folder: Path) -> Any:
    return _tantivy(documents, folder, lambda text: sorted(set(analyse(text).words)))


@contextmanager
def _fts5(documents: Sequence[Document], corpus: Corpus, folder: Path) -> Iterator[tuple[float, Ask]]:
    with closing(sqlite3.connect(folder / "fts5")) as database:

        def fill() -> None:
            database.execute(
                "create virtual table texts using fts5(title, body, content='', tokenize='unicode61')"
            )
            rows = "insert into texts(rowid, title, body) values (?, ?, ?)"
            with database:
                database.executemany(rows, _rows(documents))

        def ask(probe: BenchProbe, text: str) -> object:
            words = " OR ".join(f'"{word}"' for word in sorted(set(analyse(text).words)))
            best = "select rowid from texts where texts match ? order by bm25(texts, 2.0, 1.0) limit ?"
            return database.execute(best, (words, _SIZE)).fetchall()

        milliseconds, _ = timed(fill)
        yield milliseconds / 1000, ask


@contextmanager
def _postgresql(
    address: str, documents: Sequence[Document], corpus: Corpus, folder: Path
) -> Iterator[tuple[float, Ask]]:
    """Texts most of whose trigrams are in the document's, by the extension pg_trgm. Its table is temporary."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:

        def fill() -> None:
            connection.execute("create extension if not exists pg_trgm")
            connection.execute("create temporary table texts (key bigint, content text)")
            with connection.cursor().copy("copy texts from stdin") as copy:
                for document in documents:
                    copy.write_row((document.key, f"{document.values['title']} {document.values['body']}"))
            connection.execute("create index on texts using gin (content gin_trgm_ops)")
            connection.execute("analyze texts")

        def ask(probe: BenchProbe, text: str) -> object:
            best = "select key from texts where %(text)s <%% content order by %(text)s <<-> content limit %(size)s"
            return connection.execute(best, {"text": text, "size": _SIZE}).fetchall()

        milliseconds, _ = timed(fill)
        yield milliseconds / 1000, ask


def _rows(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        title, body = (" ".join(analyse(str(document.values[name])).words) for name in ("title", "body"))
        yield document.key, title, body


def _numpy(
    documents: Sequence[Document], titles: Sequence[tuple[BenchProbe, str]], yardstick: Yardstick
) -> dict[str, Any]:
    """All vectors compared: exact by definition."""
    rows = np.array([document.values["vector"] for document in documents], dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    def ask(probe: BenchProbe, text: str) -> object:
        assert probe.vector is not None
        return np.argpartition(-(rows @ probe.vector), NEAREST)[:NEAREST]

    return {"nearest": yardstick.compared(_each(ask, titles), len(titles))}
