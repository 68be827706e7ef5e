"""The bench ranks a folder with the product's own retrieval and scoring."""

import json
from pathlib import Path

import pytest

from matching.bench.quality import judge

DOCUMENTS = [
    {
        "docid": "W",
        "title": "智能焊接技术",
        "text": "焊接工艺、焊接机器人操作与编程、焊接检验。",
        "level": "高职专科",
    },
    {"docid": "N", "title": "护理", "text": "基础护理、老年护理、急救护理。", "level": "高职专科"},
    {"docid": "A", "title": "会计", "text": "出纳、成本核算、税务申报。", "kind": "major"},
    {"docid": "L", "title": "焊接检测实验室", "text": "无损检测、焊缝检测设备。", "kind": "lab"},
]
QUERIES = [
    {"qid": "1", "text": "焊工", "long": "负责焊接机器人的操作与编程", "kind": "talent"},
    {"qid": "2", "text": "护士（急聘）", "kind": "talent", "degree": "高职专科"},
    {"qid": "3", "text": "焊缝无损检测难题", "kind": "problem"},
    {"qid": "4", "text": "没有判断的查询"},
]
JUDGED = "1 0 W 2\n1 0 A 0\n2 0 N 1\n3 0 L 3\n3 0 W 1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("docs.jsonl", DOCUMENTS), ("queries.jsonl", QUERIES)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / name).write_text(lines, encoding="utf-8")
    (tmp_path / "qrels.txt").write_text(JUDGED, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("field", ["text", "long"])
def test_a_folder_is_ranked_well_and_only_judged_queries_count(folder: Path, field: str) -> None:
    found = judge(folder, folder / "docs.jsonl", field, 3, "none")
    assert set(found) == {"queries", "recall@3", "ndcg@3", "mrr@3", "ms_p50", "ms_p95"}
    assert found["queries"] == 3
    assert found["ndcg@3"] > 0.9
    assert found["mrr@3"] == 1.0
