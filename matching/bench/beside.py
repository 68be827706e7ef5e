"""This product beside plain tools on the same judged folders in the same run, each in a process of its own."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.bench import plain
from matching.bench.figures import interval, mean, ndcg
from matching.bench.folders import Folder
from matching.bench.quality import Ranker, Row, grades_of, rows_of
from matching.encoders import Encoder, load_encoder, passages
from search.embedded import EmbeddedEngine

DEPTH = 10
Rank = Callable[[Row], list[str]]
Vectors = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Task:
    """One tool on one folder; `vectors` are those of the documents' passages, made once for all tools."""

    tool: str
    folder: Folder
    encoder: str
    vectors: Vectors


class Kept:
    """An encoder that knows the vectors of some texts already."""

    def __init__(self, encoder: Encoder, vectors: Vectors) -> None:
        self.encoder, self.vectors = encoder, vectors
        self.name, self.dims = encoder.name, encoder.dims

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = [self.vectors.get(text) for text in texts]
        rows = [row for row in known if row is not None]
        return np.stack(rows) if len(rows) == len(texts) else self.encoder.encode(texts)


def beside(folders: Sequence[Folder], encoder: str) -> dict[str, Any]:
    """For each folder and tool nDCG@10 with its interval, milliseconds of processor time, and peak memory."""
    documents = {folder.documents for folder in folders}
    vectors = {path: {} if encoder == "none" else _alone(_encoded, path, encoder) for path in documents}
    return {folder.name: _compared(folder, encoder, vectors[folder.documents]) for folder in folders}


def _compared(folder: Folder, encoder: str, vectors: Vectors) -> dict[str, Any]:
    tools = [tool for tool in TOOLS if encoder != "none" or tool not in NEED_VECTORS]
    return {tool: _alone(_measured, Task(tool, folder, encoder, vectors)) for tool in tools}


def _alone(work: Callable[..., Any], *given: Any) -> Any:
    """In a new process, so that its peak of memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _encoded(documents: Path, encoder: str) -> Vectors:
    model = load_encoder(encoder)
    rows = rows_of(documents)
    texts = [
        text for row in rows for text in passages(str(row.get("title") or ""), str(row.get("text") or ""))
    ]
    distinct = sorted(set(texts), key=len)
    return dict(zip(distinct, model.encode(distinct), strict=True)) if model else {}


def _measured(task: Task) -> dict[str, Any]:
    grades = grades_of(task.folder.path / "qrels.txt")
    queries = [q for q in rows_of(task.folder.path / "queries.jsonl") if any(grades[str(q["qid"])].values())]
    figures, milliseconds = [], []
    with TOOLS[task.tool](task) as rank:
        rank(queries[0])
        for query in queries:
            begun = time.process_time()
            found = rank(query)
            milliseconds.append((time.process_time() - begun) * 1e3)
            figures.append(ndcg(found, grades[str(query["qid"])], DEPTH))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        f"ndcg@{DEPTH}": mean(figures),
        "interval": interval(figures),
        "ms_cpu_p50": round(float(np.percentile(milliseconds, 50)), 2),
        "ms_cpu_p95": round(float(np.percentile(milliseconds, 95)), 2),
        "peak_mb": round(peak * 1024 / 1e6),
    }


@contextmanager
def _product(task: Task) -> Iterator[Rank]:
    encoder = load_encoder(task.encoder)
    kept = Kept(encoder, task.vectors) if encoder else None
    with tempfile.TemporaryDirectory() as root:
        engine = EmbeddedEngine(Path(root))
        ranker = Ranker(engine, kept, rows_of(task.folder.documents))
        yield lambda query: ranker.rank(query, task.folder.field, DEPTH)
        engine.close()


def _plain(make: Callable[[Sequence[Row], Task], plain.Score]) -> Callable[[Task], Any]:
    @contextmanager
    def tool(task: Task) -> Iterator[Rank]:
        rows = rows_of(task.folder.documents)
        names = [str(row["docid"]) for row in rows]
        score = make(rows, task)

        def rank(query: Row) -> list[str]:
            scores = score(str(query.get(task.folder.field) or query.get("text") or ""))
            return [names[row] for row in np.argsort(-scores, kind="stable")[:DEPTH]]

        yield rank

    return tool


def _encoder(task: Task) -> Encoder:
    encoder = load_encoder(task.encoder)
    if encoder is None:
        raise ValueError("bench: this tool needs an encoder")
    return Kept(encoder, task.vectors)


TOOLS: Mapping[str, Callable[[Task], Any]] = {
    "product": _product,
    "bm25 words": _plain(lambda rows, task: plain.bm25(rows, "words")),
    "bm25 grams": _plain(lambda rows, task: plain.bm25(rows, "grams")),
    "dense": _plain(lambda rows, task: plain.dense(rows, _encoder(task))),
    "rapidfuzz": _plain(lambda rows, task: plain.rapidfuzz(rows)),
    "plain mix": _plain(lambda rows, task: plain.mix(rows, _encoder(task))),
}
NEED_VECTORS = ("dense", "plain mix")
