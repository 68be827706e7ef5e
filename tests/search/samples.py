"""A small index with every kind of field, and its documents."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from search.engine import Engine
from search.query import Hits, Query
from search.schema import Date, Document, Keyword, Number, Place, Schema, Text, Vector

SCHEMA = Schema(
    "majors",
    (
        Text("title", 2.0),
        Text("body"),
        Keyword("skills", many=True),
        Keyword("kind"),
        Number("level"),
        Date("confirmed"),
        Place("place"),
        Vector("meaning", 3),
    ),
)
NANJING, SUZHOU, WUHAN = (32.06, 118.80), (31.30, 120.58), (30.59, 114.31)

MAJORS: dict[int, dict[str, object]] = {
    1: {
        "title": "数控技术",
        "body": "数控机床的编程、操作和维修，掌握c++和plc。",
        "skills": ["编程", "机床"],
        "kind": "major",
        "level": 2,
        "confirmed": date(2025, 3, 1),
        "place": NANJING,
        "meaning": np.array([1, 0, 0]),
    },
    2: {
        "title": "焊接技术与自动化",
        "body": "焊接机器人的编程与调试。",
        "skills": ["焊接", "编程", "机器人"],
        "kind": "major",
        "level": 2,
        "confirmed": date(2025, 1, 15),
        "place": SUZHOU,
        "meaning": np.array([0.9, 0.4, 0]),
    },
    3: {
        "title": "护理",
        "body": "临床护理与老年照护。",
        "skills": ["护理"],
        "kind": "major",
        "level": 3,
        "confirmed": date(2025, 2, 20),
        "place": WUHAN,
        "meaning": np.array([0, 0, 1]),
    },
    4: {
        "title": "机器人实训基地",
        "body": "工业机器人的操作、维修与培训。",
        "skills": ["机器人", "机床"],
        "kind": "laboratory",
        "level": 4,
        "place": NANJING,
        "meaning": np.array([0.6, 0.8, 0]),
    },
    5: {"title": "校企合作咨询", "kind": "service"},
}


def document(key: int, version: int = 1, **values: object) -> Document:
    return Document(key, version, checksum=key * 10 + version, values=values)


def majors() -> list[Document]:
    return [document(key, **values) for key, values in MAJORS.items()]


def fill(engine: Engine, documents: Sequence[Document] | None = None, schema: Schema = SCHEMA) -> None:
    with engine.writer(schema) as writer:
        writer.apply(majors() if documents is None else documents)


def ask(engine: Engine, query: Query, schema: Schema = SCHEMA) -> Hits:
    (answer,) = engine.search(schema, [query])
    return answer


def keys(engine: Engine, query: Query, schema: Schema = SCHEMA) -> list[int]:
    return ask(engine, query, schema).keys


def titled(engine: Engine, text: str, schema: Schema = SCHEMA) -> set[int]:
    """Keys of the documents that contain any term of the text."""
    return set(keys(engine, Query(text=text, size=1000), schema))
