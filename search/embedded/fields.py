"""A neutral schema and its documents in tantivy's terms.

Every field is prefixed by its use, so no name of a schema can meet one of ours.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import tantivy

from search.analysis import Tokens, analyse
from search.query import ANALYSES
from search.schema import Date, Document, Field, Keyword, Number, Place, Schema, Text, Vector

KEY = "meta_key"
VERSION = "meta_version"
CHECKSUM = "meta_checksum"
SEQUENCE = "meta_sequence"
"""Grows with every apply, so that a reader can ask what changed since it last looked."""
BURIED = "meta_buried"
"""On tombstones only: the Unix second of the deletion."""
PRESENT = "meta_present"
"""The names of the fields that have a value, and LIVE for every document that is no tombstone."""
LIVE = "*"
VALUE = "value_"


def text_field(name: str, analysis: str) -> str:
    return f"{analysis}_{name}"


def tantivy_schema(schema: Schema) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (KEY, SEQUENCE):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in (VERSION, CHECKSUM, BURIED):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field(PRESENT, tokenizer_name="raw", index_option="basic")
    for field in sorted(schema.fields, key=lambda field: field.name):
        _add_field(builder, field)
    return builder.build()


def _add_field(builder: tantivy.SchemaBuilder, field: Field) -> None:
    name = VALUE + field.name
    match field:
        case Text():
            for analysis in ANALYSES:
                builder.add_text_field(
                    text_field(field.name, analysis), tokenizer_name="whitespace", index_option="freq"
                )
        case Keyword():
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        case Number():
            builder.add_float_field(name, indexed=True, fast=True)
        case Date():
            builder.add_integer_field(name, indexed=True, fast=True)
        case Place():
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        case Vector():
            builder.add_bytes_field(name, stored=True)


def tantivy_document(
    schema: Schema, document: Document, values: Mapping[str, Any], sequence: int
) -> tantivy.Document:
    """The document in the form that is stored; `values` come from `search.schema.checked`."""
    made = _identity(document.key, document.version, sequence)
    made.add_unsigned(CHECKSUM, document.checksum)
    made.add_text(PRESENT, LIVE)
    for name, value in values.items():
        made.add_text(PRESENT, name)
        _add_value(made, schema.by_name[name], value)
    return made


def tombstone(key: int, version: int, sequence: int, second: int) -> tantivy.Document:
    """What stays of a deleted document: enough to recognise a late write."""
    made = _identity(key, version, sequence)
    made.add_unsigned(BURIED, second)
    return made


def _identity(key: int, version: int, sequence: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned(KEY, key)
    made.add_unsigned(VERSION, version)
    made.add_unsigned(SEQUENCE, sequence)
    return made


def _add_value(made: tantivy.Document, field: Field, value: Any) -> None:
    name = VALUE + field.name
    match field:
        case Text():
            words, grams = _joined(analyse(value) if isinstance(value, str) else value)
            made.add_text(text_field(field.name, "words"), words)
            made.add_text(text_field(field.name, "grams"), grams)
        case Keyword():
            for keyword in value:
                made.add_text(name, keyword)
        case Number():
            made.add_float(name, value)
        case Date():
            made.add_integer(name, day_number(value))
        case Place():
            made.add_text(name, place_term(*value))
        case Vector():
            made.add_bytes(name, value.astype(np.float16).tobytes())


@lru_cache(maxsize=2_048)
def _joined(tokens: Tokens) -> tuple[str, str]:
    """The words and the grams as the whitespace tokenizer reads them; made once for a text that many share."""
    return " ".join(tokens.words), " ".join(tokens.grams)


def day_number(day: date) -> int:
    return day.toordinal()


def place_term(lat: float, lng: float) -> str:
    """A point as a term, to about 0.1 m. Few distinct points serve many documents (district centres)."""
    return f"{lat:.6f},{lng:.6f}"
