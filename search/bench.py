"""`python -m search.bench --engine embedded --documents N`: what a search box and a matcher ask, timed.

The corpus is synthetic: texts of 80 words of the field's making, every third text a repeat of an earlier
one. Prints one JSON object; times in milliseconds, memory in MB (10^6 bytes).
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis import Tokens, analyse
from search.embedded import EmbeddedEngine
from search.engine import Engine, Writer
from search.query import AnyOf, Between, Filter, Near, Overlap, Query
from search.retrieval import retrieve
from search.schema import Date, Document, Keyword, Number, Place, Schema, Text, Vector

_HEADS = (  # noqa: SIM905 - a list would fill the screen
    "数控 焊接 模具 机床 汽车 电池 光伏 风电 护理 康复 会计 物流 仓储 冷链 旅游 酒店 "
    "烹饪 茶艺 园林 果树 畜牧 水产 建筑 测绘 造价 桥梁 隧道 铁道 船舶 航空 无人机 机器人 "
    "传感器 芯片 封装 通信 网络 软件 数据 算法 动画 视觉 服装 纺织 染整 印刷 包装 化工 "
    "制药 检验 环保 水务 消防 应急 养老 托育 电商 直播 跨境 外贸 金融 保险"
).split()
_TAILS = (  # noqa: SIM905 - a list would fill the screen
    "技术 设备 维修 装配 调试 检测 设计 制造 加工 工艺 管理 运营 服务 营销 编程 操作 "
    "安装 施工 监理 规划 分析 开发 测试 运维 安全 质量 标准 材料 系统 平台 工程 项目 "
    "培训 课程 实训 岗位 能力 证书"
).split()
_TEXT_WORDS = 80
_MADE_UP_WORDS = 20_000
_BATCH = 1_000


@dataclass(frozen=True)
class BenchProbe:
    """A document of the corpus, asked as a question."""

    title: Tokens
    body: Tokens
    vector: npt.NDArray[Any] | None
    keywords: tuple[str, ...]
    filters: tuple[Filter, ...] = ()


class Corpus:
    """Documents made from a seed: the same number gives the same document."""

    def __init__(self, dims: int) -> None:
        self._dims = dims
        self._random = random.Random(7)  # noqa: S311 - a corpus, not a secret
        self._numbers = np.random.default_rng(7)
        self._terms = [head + tail for head in _HEADS for tail in _TAILS]
        self._words = self._terms + self._made_up(_MADE_UP_WORDS)
        self._random.shuffle(self._words)
        # Zipf's law, as words of a language fall off.
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))
        self._texts: list[str] = []
        vector = (Vector("vector", dims),) if dims else ()
        self.schema = Schema(
            "bench",
            (
                Text("title", 2.0),
                Text("body"),
                Keyword("skills", many=True),
                Keyword("kind"),
                Number("level"),
                Date("confirmed"),
                Place("place"),
                *vector,
            ),
        )

    def documents(self, number: int) -> Iterator[Document]:
        return (self.document(key) for key in range(number))

    def document(self, key: int) -> Document:
        return Document(key, 1, key, self._values(key))

    def probe(self) -> BenchProbe:
        return BenchProbe(analyse(self.title()), analyse(self._text(0)), self.vector(), self.skills())

    def title(self) -> str:
        return "".join(self._random.choices(self._terms, k=2))

    def _made_up(self, number: int) -> list[str]:
        """Words of two characters out of the 3,755 common ones (GB 2312 level 1)."""
        rows = [bytes((row, cell)) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)]
        characters = b"".join(rows).decode("gb2312")
        return ["".join(self._random.choices(characters, k=2)) for _ in range(number)]

    def skills(self) -> tuple[str, ...]:
        return tuple(f"skill-{int(self._random.paretovariate(0.5)) % 2_000}" for _ in range(6))

    def vector(self) -> npt.NDArray[Any] | None:
        return self._numbers.standard_normal(self._dims, dtype=np.float32) if self._dims else None

    def _values(self, key: int) -> dict[str, object]:
        return {
            "title": self.title(),
            "body": self._text(key),
            "skills": list(set(self.skills())),
            "kind": self._random.choice(("major", "laboratory", "teacher", "internship")),
            "level": self._random.randint(1, 5),
            "confirmed": date(2025, 1, 1) + timedelta(days=self._random.randrange(365)),
            "place": (20 + self._random.randrange(200) / 10, 105 + self._random.randrange(15)),
        } | ({"vector": self.vector()} if self._dims else {})

    def _text(self, key: int) -> str:
        if key % 3 == 2:
            return self._random.choice(self._texts)
        text = "，".join(self._random.choices(self._words, cum_weights=self._weights, k=_TEXT_WORDS))
        if len(self._texts) < 20_000:
            self._texts.append(text)
        return text


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m search.bench", description=__doc__)
    parser.add_argument("--engine", choices=("embedded",), default="embedded")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=100, help="how many of each type are timed")
    parser.add_argument("--dims", type=int, default=0, help="dimensions of the vectors; 0: none")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report = measure(EmbeddedEngine(Path(folder)), Path(folder), chosen)
    json.dump(report, sys.stdout, ensure_ascii=False)
    print()


def measure(engine: Engine, folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """The whole report: the build, then each type of query, then single writes."""
    corpus = Corpus(chosen.dims)
    with engine.writer(corpus.schema) as writer:
        rate = _build(writer, corpus, chosen.documents)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        queries = {
            name: _percentiles([_timed(ask) for _ in range(chosen.queries)])
            for name, ask in _questions(engine, corpus).items()
        }
        writes = [_timed(lambda: writer.apply([corpus.document(0)])) for _ in range(10)]
    return {
        "engine": chosen.engine,
        "documents": chosen.documents,
        "dims": chosen.dims,
        "documents_per_second": round(rate),
        "bytes_per_document": round(size / max(chosen.documents, 1)),
        "milliseconds": queries | {"apply one": _percentiles(writes)},
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }


def _build(writer: Writer, corpus: Corpus, number: int) -> float:
    """Documents a second, tokenising and promotion included, the making of the corpus left out."""
    seconds = 0.0
    documents = corpus.documents(number)
    with writer.rebuild() as rebuild:
        while batch := list(islice(documents, _BATCH)):
            seconds += _timed(lambda batch=batch: rebuild.apply(batch)) / 1000  # type: ignore[misc]
        seconds += _timed(rebuild.promote) / 1000
    return number / seconds


def _questions(engine: Engine, corpus: Corpus) -> dict[str, Callable[[], object]]:
    schema = corpus.schema
    narrow: tuple[Filter, ...] = (AnyOf("kind", ("major", "teacher")), Between("level", 3, None))

    def asked(make: Callable[[], Query]) -> Callable[[], object]:
        return lambda: engine.search(schema, [make()])

    questions = {
        "title": asked(lambda: Query(text=corpus.title())),
        "title, page": asked(
            lambda: Query(text=corpus.title(), filters=narrow, facets=("kind", "skills"), minimum_match=0.75)
        ),
        "advertisement": asked(lambda: Query(text=corpus.document(0).values["body"], size=100)),  # type: ignore[arg-type]
        "newest": asked(lambda: Query(filters=narrow, sort=(("confirmed", True),), facets=("kind",))),
        "near": asked(lambda: Query(filters=(Near("place", 31.2, 121.4, 300),))),
        "overlap": asked(
            lambda: Query(overlap=Overlap("skills", dict.fromkeys(corpus.skills(), 1.0), 2), size=50)
        ),
        "retrieve": lambda: retrieve(engine, schema, corpus.probe()),
    }
    if schema.of_kind(Vector):
        near = {"vector_field": "vector", "size": 200}
        questions["vector"] = asked(lambda: Query(vector=corpus.vector(), **near))  # type: ignore[arg-type]
        questions["vector, filtered"] = asked(
            lambda: Query(vector=corpus.vector(), filters=narrow, **near)  # type: ignore[arg-type]
        )
    return questions


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _percentiles(times: list[float]) -> dict[str, float]:
    return {name: round(float(np.percentile(times, share)), 2) for name, share in (("p50", 50), ("p95", 95))}


if __name__ == "__main__":
    main()
