"""A neutral schema and its documents in Elasticsearch's terms.

Every field is prefixed by its use, so no name of a schema can meet one of ours. Text comes as terms, which the server
only splits on white space. The source is not kept: what is found is shown from the database.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from elasticsearch import dsl
from elasticsearch.dsl import field as types

from search.analysis import Tokens, analyse
from search.query import ANALYSES
from search.schema import Date, Document, Field, Keyword, Number, Place, Schema, Text, Vector

KEY = "meta_key"
CHECKSUM = "meta_checksum"
BURIED = "meta_buried"
"""On tombstones only: the Unix second of the deletion."""
PRESENT = "meta_present"
"""The names of the fields that have a value, and LIVE for every document that is no tombstone."""
LIVE = "*"
VALUE = "value_"
SETTINGS: dict[str, object] = {
    # One shard: term statistics, and with them the scores, are those of the whole index.
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Writers refresh when a batch is whole; in between nobody sees a part of it.
    "refresh_interval": "-1",
}
_DECIMALS = 6
_GRAPH = {"type": "int8_hnsw", "m": 16, "ef_construction": 100}
"""Set explicitly: the default changes with the version and the dimensions, and one-bit vectors lose neighbours."""


def text_field(name: str, analysis: str) -> str:
    return f"{analysis}_{name}"


def mapping(schema: Schema) -> dict[str, Any]:
    """The body of the mapping, the same for the same structure."""
    made = dsl.Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", enabled=False)
    made.field(KEY, types.Long())
    made.field(CHECKSUM, types.Long(index=False))
    made.field(BURIED, types.Long())
    made.field(PRESENT, types.Keyword(doc_values=False))
    for one in sorted(schema.fields, key=lambda one: one.name):
        for name, kind in _types(one).items():
            made.field(name, kind)
    return made.to_dict()


def _types(one: Field) -> dict[str, types.Field]:
    match one:
        case Text():
            text = types.Text(analyzer="whitespace", index_options="freqs")
            return {text_field(one.name, analysis): text for analysis in ANALYSES}
        case Keyword():
            kind: types.Field = types.Keyword()
        case Number():
            kind = types.Double()
        case Date():
            kind = types.Date(format="strict_date")
        case Place():
            kind = types.GeoPoint()
        case Vector():
            kind = types.DenseVector(dims=one.dims, index=True, similarity="cosine", index_options=_GRAPH)
    return {VALUE + one.name: kind}


@lru_cache(maxsize=256)
def fingerprint(schema: Schema) -> str:
    """16 hex digits that change whenever the mapping or the settings do."""
    whole = json.dumps([mapping(schema), SETTINGS], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def body(schema: Schema, document: Document, values: Mapping[str, Any]) -> str:
    """The document as it is sent; `values` come from `search.schema.checked`. Its version goes with the action."""
    made: dict[str, Any] = {KEY: document.key, CHECKSUM: document.checksum, PRESENT: [LIVE, *values]}
    for name, value in values.items():
        made.update(_value(schema.by_name[name], value))
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def tombstone(key: int, second: int) -> str:
    """What stays of a deleted document: enough to recognise a late write."""
    return json.dumps({KEY: key, BURIED: second})


def _value(one: Field, value: Any) -> dict[str, Any]:
    name = VALUE + one.name
    match one:
        case Text():
            tokens = analyse(value) if isinstance(value, str) else value
            assert isinstance(tokens, Tokens)
            return {
                text_field(one.name, analysis): " ".join(getattr(tokens, analysis)) for analysis in ANALYSES
            }
        case Date():
            return {name: value.isoformat()}
        case Place():
            latitude, longitude = value
            return {name: [longitude, latitude]}
        case Vector():
            return {name: np.round(value.astype(np.float64), _DECIMALS).tolist()}
        case _:
            return {name: value}
