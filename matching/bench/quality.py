"""How well the product ranks a judged folder: its own retrieval and scoring on a temporary index."""

from __future__ import annotations

import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from matching.bench.figures import mean, ndcg, percentiles, recall, reciprocal_rank
from matching.bench.source import EngineSource, Posting, Reader, schema_of, write
from matching.bodies import clean_body
from matching.encoders import Encoder, load_encoder
from matching.pipeline import Matcher
from matching.records import Batch, Content, Record
from matching.scoring import Scored
from matching.skills import SkillFinder
from matching.statistics import TermStatistics
from matching.taxonomy import StandardTaxonomy
from matching.taxonomy.majors import majors
from matching.titles import clean_title
from matching.weights import load_weights
from search.embedded import EmbeddedEngine

TODAY = date(2026, 11, 1)
"""Every record of a judged folder is taken as confirmed on the day of the ranking."""
NEED_KINDS = {"talent": "talent_need", "problem": "tech_need", "internship": "internship"}
ADVERTISED = ("talent_need", "internship")
OFFER_KINDS = {"major": "major", "lab": "training_base", "teacher": "expert"}
LEVELS = {
    "中职": 1, "高职": 2, "高职专科": 2, "专科": 2, "大专": 2, "职业本科": 3, "职教本科": 3, "应用型本科": 3,
    "普通本科": 3, "本科": 3, "硕士": 4, "研究生": 4, "博士": 5,
}  # fmt: skip
Row = Mapping[str, Any]


def judge(folder: Path, documents: Path, field: str, k: int, encoder_name: str) -> dict[str, float]:
    """Figures over the judged queries of a folder, and milliseconds a query from its text to the ranking."""
    rows, queries, grades = (
        rows_of(documents),
        rows_of(folder / "queries.jsonl"),
        grades_of(folder / "qrels.txt"),
    )
    judged = [query for query in queries if any(grades[str(query["qid"])].values())]
    encoder = load_encoder(encoder_name)
    with tempfile.TemporaryDirectory() as root, closing(EmbeddedEngine(Path(root))) as engine:
        ranker = Ranker(engine, encoder, rows)
        ranked, seconds = [], []
        for query in judged:
            start = time.perf_counter()
            ranked.append(ranker.rank(query, field, k))
            seconds.append(time.perf_counter() - start)
    pairs = [(found, grades[str(query["qid"])]) for query, found in zip(judged, ranked, strict=True)]
    return {
        "queries": len(judged),
        f"recall@{k}": mean([recall(found, wanted, k) for found, wanted in pairs]),
        f"ndcg@{k}": mean([ndcg(found, wanted, k) for found, wanted in pairs]),
        f"mrr@{k}": mean([reciprocal_rank(found, wanted, k) for found, wanted in pairs]),
        **percentiles(seconds),
    }


class JudgedSource:
    """Contents from the engine; each document of the folder is one posting."""

    def __init__(self, engine: EngineSource, offers: Mapping[int, Record]) -> None:
        self.engine = engine
        self.offers = offers

    def contents(self, probe: Record, kind: str) -> Sequence[Content]:
        return self.engine.contents(probe, kind)

    def postings(self, contents: Sequence[Content], probe: Record, kind: str) -> Batch:
        return Batch.of([self.offers[content.key] for content in contents])


class Ranker:
    """The documents of a folder as offers in an index, ranked for one query after another."""

    def __init__(self, engine: EmbeddedEngine, encoder: Encoder | None, rows: Sequence[Row]) -> None:
        self.reader = Reader(encoder, SkillFinder())
        kinds = [OFFER_KINDS.get(str(row.get("kind", "")), "major") for row in rows]
        texts = [(str(row.get("title") or ""), str(row.get("text") or "")) for row in rows]
        postings = [_with_majors(posting) for posting in self.reader.read(kinds, texts)]
        read = list(zip((posting.content for posting in postings), rows, strict=True))
        offers = {content.key: _record(content, row.get("level")) for content, row in read}
        self.names = {content.key: str(row["docid"]) for content, row in read}
        self.kinds = sorted(set(kinds))
        statistics = TermStatistics.from_contents(content for content, _ in read)
        self.matcher = Matcher(load_weights(), statistics, StandardTaxonomy())
        dims = encoder.dims if encoder else 0
        schemas = {kind: schema_of(kind, dims) for kind in self.kinds}
        for kind, schema in schemas.items():
            write(engine, schema, [posting for posting in postings if posting.content.kind == kind])
        self.source = JudgedSource(EngineSource(engine, schemas, postings), offers)

    def rank(self, query: Row, field: str, k: int) -> list[str]:
        """The best k documents for one query."""
        record = self._asked(query, field)
        found = self.matcher.match(record, "need", self.source, self.kinds, TODAY, top=k)
        return [self.names[pairing.offer.key] for pairing in found]

    def scored(self, query: Row, field: str) -> Iterator[tuple[Batch, Scored]]:
        """The candidates of each kind with everything their scores come from."""
        record = self._asked(query, field)
        for kind in self.kinds:
            batch = self.source.postings(self.source.contents(record, kind), record, kind)
            if len(batch):
                yield batch, self.matcher.evaluate(record, "need", kind, batch, TODAY)

    def _asked(self, query: Row, field: str) -> Record:
        probe = self._probe(query, field)
        self.source.engine.ask_for(probe)
        return _record(probe.content, query.get("degree"))

    def _probe(self, query: Row, field: str) -> Posting:
        """A need whose title is the query's text; asked for its long text, that is the body. Both cleaned as a posting's."""
        kind = NEED_KINDS.get(str(query.get("kind", "")), "talent_need")
        title = clean_title(str(query.get("text") or ""))
        body = str(query.get("long") or "") if field == "long" else ""
        body = clean_body(body) if kind in ADVERTISED else body
        return self.reader.read([kind], [(title, body)], first_key=0)[0]


def _with_majors(posting: Posting) -> Posting:
    """A document that is a major has its codes, as a posting of a major does."""
    if posting.content.kind != "major":
        return posting
    codes = frozenset(major.code for major in majors().named(posting.content.title))
    return replace(posting, content=replace(posting.content, majors=codes))


def _record(content: Content, level: object) -> Record:
    return Record(
        key=content.key,
        content=content,
        organisation=-1 - content.key,
        confirmed=TODAY,
        level=LEVELS.get(str(level or "")),
    )


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def grades_of(path: Path) -> dict[str, dict[str, int]]:
    """TREC judgements: query, 0, document, grade."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                query, _, document, grade = line.split()
                grades[query][document] = int(grade)
    return grades
