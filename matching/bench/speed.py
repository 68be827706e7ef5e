"""How fast one need becomes twenty pairings with reasons, end to end on synthetic offers, beside brute
force.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.bench.figures import percentiles
from matching.bench.source import EngineSource, Posting, schema_of, write
from matching.pipeline import Matcher
from matching.records import Batch, Content, Record
from matching.statistics import TermStatistics
from matching.terms import Terms
from matching.weights import load_weights
from search.analysis import analyse
from search.embedded import EmbeddedEngine

TODAY = date(2026, 11, 1)
KIND = "major"
POSTINGS_OF_A_CONTENT = 10
WARMING = 50
"""Needs asked first and not counted, and offers arranged in columns: a running server has filled its caches."""
DIMS = 512
_WORDS = 20_000
_COMMON = "焊接 数控 机械 电气 自动化 软件 数据 网络 护理 会计 物流 汽车 化工 建筑 设计 技术 工艺 检测"
_SKILLS = [f"skill-{number}" for number in range(300)]


class _Texts:
    """Synthetic texts: words of two Chinese characters, frequent ones more often."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - made-up texts, no secrets
        made_up = [
            chr(0x4E00 + self.chance.randrange(3_000)) + chr(0x4E00 + self.chance.randrange(3_000))
            for _ in range(_WORDS)
        ]
        self.words = _COMMON.split() + made_up

    def text(self, size: int) -> str:
        return "".join(self.words[int(_WORDS * self.chance.random() ** 3)] for _ in range(size))

    def posting(self, key: int, kind: str, body_words: int) -> Posting:
        title, body = analyse(self.text(3)), analyse(self.text(body_words))
        vector = np.random.default_rng(key).standard_normal(DIMS).astype(np.float32)
        content = Content(
            key=key,
            kind=kind,
            title="".join(title.words),
            terms=Terms.of(title, body),
            vector=vector / np.linalg.norm(vector),
            majors=frozenset({f"{self.chance.randrange(41, 58)}{self.chance.randrange(100, 1_000):04d}"}),
            skills=frozenset(self.chance.sample(_SKILLS, 6)),
        )
        return Posting(content, title, body)

    def record(self, key: int, content: Content) -> Record:
        chance = self.chance
        return Record(
            key=key,
            content=content,
            organisation=chance.randrange(1_000) + (0 if content.kind == KIND else 10_000),
            confirmed=TODAY - timedelta(days=chance.randrange(200)),
            industry=f"C{chance.randrange(10, 44)}",
            level=chance.randrange(1, 4),
            place=(chance.uniform(22, 45), chance.uniform(100, 122)),
            capacity=chance.randrange(1, 100),
        )


def measure(needs: int, offers: int) -> dict[str, Any]:
    """Times of `needs` needs against `offers` offers, which share a tenth as many contents."""
    texts = _Texts(seed=1)
    count = max(1, offers // POSTINGS_OF_A_CONTENT)
    contents = [texts.posting(key, KIND, body_words=80) for key in range(1, count + 1)]
    records = [texts.record(key, contents[key % count].content) for key in range(offers)]
    probes = [
        texts.posting(count + 1 + number, "talent_need", body_words=60) for number in range(needs + WARMING)
    ]
    needed = [texts.record(offers + number, probe.content) for number, probe in enumerate(probes)]
    statistics = TermStatistics.from_contents(posting.content for posting in contents)
    matcher = Matcher(load_weights(), statistics)
    schema = schema_of(KIND, DIMS)
    with tempfile.TemporaryDirectory() as root, closing(EmbeddedEngine(Path(root))) as engine:
        start = time.perf_counter()
        write(engine, schema, contents)
        indexing = time.perf_counter() - start
        source = ColumnSource(EngineSource(engine, {KIND: schema}, contents), records)
        start = time.perf_counter()
        matcher.measures.offers.of([posting.content for posting in contents])
        arranging = time.perf_counter() - start
        times = [_paired(matcher, source, *asked) for asked in zip(probes, needed, strict=True)][WARMING:]
    brute = _brute_force(matcher, records, needed[: min(needs, 5)])
    seconds = [sum(one.seconds.values()) for one in times]
    return {
        "needs": needs,
        "offers": offers,
        "needs_per_second": round(needs / sum(seconds), 1),
        **percentiles(seconds),
        **{f"{name}_cpu": ms for name, ms in percentiles([sum(one.cpu.values()) for one in times]).items()},
        "ms_cpu_p50_of": {
            step: percentiles([one.cpu[step] for one in times])["ms_p50"] for step in times[0].cpu
        },
        "batch_needs_per_cpu_second": round(
            needs / sum(one.cpu["retrieval"] + one.cpu["scores"] for one in times), 1
        ),
        "index_documents_per_second": round(count / indexing),
        "arranged_documents_per_second": round(count / arranging),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "brute_force_ratio": round(brute / float(np.median(seconds)), 1),
    }


class ColumnSource:
    """Contents that the engine has found, postings from columns in memory."""

    def __init__(self, engine: EngineSource, records: Sequence[Record]) -> None:
        self.engine = engine
        self.found: Sequence[Content] = ()
        self.all = Batch.of(records)
        order = np.argsort(self.all.content_index, kind="stable")
        ends = np.cumsum(np.bincount(self.all.content_index, minlength=len(self.all.contents)))
        rows = np.split(order, ends[:-1])
        self.rows = {content.key: rows[place] for place, content in enumerate(self.all.contents)}

    def contents(self, probe: Record, kind: str) -> Sequence[Content]:
        return self.found

    def postings(self, contents: Sequence[Content], probe: Record, kind: str) -> Batch:
        rows = [self.rows[content.key] for content in contents]
        taken = np.concatenate(rows)
        index = np.repeat(np.arange(len(contents)), [len(part) for part in rows])
        return _taken(self.all, contents, index, taken)


def _taken(
    batch: Batch, contents: Sequence[Content], index: NDArray[np.intp], rows: NDArray[np.intp]
) -> Batch:
    return Batch(
        contents=contents,
        content_index=index,
        keys=batch.keys[rows],
        organisations=batch.organisations[rows],
        industries=batch.industries,
        industry=batch.industry[rows],
        level=batch.level[rows],
        latitude=batch.latitude[rows],
        longitude=batch.longitude[rows],
        capacity=batch.capacity[rows],
        confirmed=batch.confirmed[rows],
        recommendable=batch.recommendable[rows],
    )


class Stopwatch:
    """Seconds of one need by the clock and of processor time, by step: retrieval, scores, reasons."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._begun = time.perf_counter(), time.process_time()

    def lap(self, step: str) -> None:
        """Put what has passed since the last lap to a step."""
        now = time.perf_counter(), time.process_time()
        self.seconds[step], self.cpu[step] = (
            after - before for after, before in zip(now, self._begun, strict=True)
        )
        self._begun = now


def _paired(matcher: Matcher, source: ColumnSource, probe: Posting, need: Record) -> Stopwatch:
    """From a need to its twenty pairings and their bills."""
    watch = Stopwatch()
    source.engine.ask_for(probe)
    source.found = source.engine.contents(need, KIND)
    watch.lap("retrieval")
    pairings = matcher.match(need, "need", source, [KIND], TODAY)
    watch.lap("scores")
    for pairing in pairings:
        pairing.bill()
    watch.lap("reasons")
    return watch


def _brute_force(matcher: Matcher, records: Sequence[Record], needs: Sequence[Record]) -> float:
    """Median seconds to score every offer for a need, without a search engine."""
    everything = Batch.of(records)
    times = []
    for need in needs:
        start = time.perf_counter()
        matcher.evaluate(need, "need", KIND, everything, TODAY)
        times.append(time.perf_counter() - start)
    return float(np.median(times))
