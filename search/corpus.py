"""A synthetic corpus for measurements: texts of 80 words of the field's making, every third text a repeat of an earlier one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis import Tokens, analyse
from search.query import Filter
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
        self.dims = dims
        self._random = random.Random(7)  # noqa: S311 - a corpus, not a secret
        self._numbers = np.random.default_rng(7)
        self._terms = [head + tail for head in _HEADS for tail in _TAILS]
        self._words = self._terms + self._made_up(_MADE_UP_WORDS)
        self._random.shuffle(self._words)
        # Zipf's law, as words of a language fall off.
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))
        self._texts: list[str] = []
        self._meanings = self._draw_meanings(dims)
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

    def probe(self, *, body: bool = True) -> BenchProbe:
        terms = self._title_terms()
        said = analyse(self._text(0)) if body else Tokens()
        return BenchProbe(analyse("".join(terms)), said, self._vector_of(terms), self.skills())

    def title(self) -> str:
        return "".join(self._title_terms())

    def _title_terms(self) -> list[str]:
        return self._random.choices(self._terms, k=2)

    def _made_up(self, number: int) -> list[str]:
        """Words of two characters out of the 3,755 common ones (GB 2312 level 1)."""
        rows = [bytes((row, cell)) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)]
        characters = b"".join(rows).decode("gb2312")
        return ["".join(self._random.choices(characters, k=2)) for _ in range(number)]

    def skills(self) -> tuple[str, ...]:
        return tuple(f"skill-{int(self._random.paretovariate(0.5)) % 2_000}" for _ in range(6))

    def vector(self) -> npt.NDArray[Any] | None:
        return self._vector_of(self._title_terms())

    def _draw_meanings(self, dims: int) -> dict[str, npt.NDArray[np.float32]]:
        """A direction for each part of a title, and a common one: sentences of one trade are near each other."""
        numbers = np.random.default_rng(11)
        parts = ["", *_HEADS, *_TAILS]
        return dict(zip(parts, numbers.standard_normal((len(parts), dims), dtype=np.float32), strict=True))

    def _vector_of(self, terms: list[str]) -> npt.NDArray[Any] | None:
        """What the terms mean together, said in one of many ways."""
        if not self.dims:
            return None
        vector = self._meanings[""] + self._numbers.standard_normal(self.dims, dtype=np.float32)
        for term in terms:
            head = next(
                head for head in _HEADS if term.startswith(head) and term[len(head) :] in self._meanings
            )
            vector = vector + self._meanings[head] + self._meanings[term[len(head) :]]
        return vector

    def _values(self, key: int) -> dict[str, object]:
        terms = self._title_terms()
        return {
            "title": "".join(terms),
            "body": self._text(key),
            "skills": list(set(self.skills())),
            "kind": self._random.choice(("major", "laboratory", "teacher", "internship")),
            "level": self._random.randint(1, 5),
            "confirmed": date(2025, 1, 1) + timedelta(days=self._random.randrange(365)),
            "place": (20 + self._random.randrange(200) / 10, 105 + self._random.randrange(15)),
        } | ({"vector": self._vector_of(terms)} if self.dims else {})

    def _text(self, key: int) -> str:
        if key % 3 == 2:
            return self._random.choice(self._texts)
        text = "，".join(self._random.choices(self._words, cum_weights=self._weights, k=_TEXT_WORDS))
        if len(self._texts) < 20_000:
            self._texts.append(text)
        return text
