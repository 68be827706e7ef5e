"""A small judged folder."""

import json
from pathlib import Path

import pytest

DOCUMENTS = [
    {
        "docid": "W",
        "title": "智能焊接技术",
        "text": "焊接工艺、焊接机器人操作与编程、焊接检验。",
        "level": "高职专科",
    },
    {"docid": "X", "title": "护理", "text": "基础护理、老年护理、急救护理。", "level": "高职专科"},
    {"docid": "Y", "title": "会计", "text": "出纳、成本核算、税务申报。", "kind": "major"},
    {"docid": "L", "title": "焊接检测实验室", "text": "无损检测、焊缝检测设备。", "kind": "lab"},
    {"docid": "Z", "title": "焊接技术应用", "text": "焊条电弧焊、气割、焊接识图。", "level": "中职"},
]
QUERIES = [
    {"qid": "1", "text": "焊工", "long": "负责焊接机器人的操作与编程", "kind": "talent"},
    {"qid": "2", "text": "护士（急聘）", "kind": "talent", "degree": "高职专科"},
    {"qid": "3", "text": "焊缝无损检测难题", "kind": "problem"},
    {"qid": "4", "text": "没有判断的查询"},
    {"qid": "5", "text": "焊接工程师", "kind": "talent", "degree": "本科"},
    {"qid": "6", "text": "做账报税", "kind": "talent"},
]
JUDGED = "1 0 W 2\n1 0 Y 0\n1 0 Z 2\n2 0 X 1\n3 0 L 3\n3 0 W 1\n5 0 W 1\n5 0 Z 0\n6 0 Y 2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("docs.jsonl", DOCUMENTS), ("queries.jsonl", QUERIES)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / name).write_text(lines, encoding="utf-8")
    (tmp_path / "qrels.txt").write_text(JUDGED, encoding="utf-8")
    return tmp_path
