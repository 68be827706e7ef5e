"""What an index holds: a neutral description that each engine turns into its own mapping."""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np

from search.analysis import Tokens
from search.errors import InvalidDocument, UnknownField

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
LARGEST_KEY = 2**63 - 1
LONGEST_KEYWORD = 512
"""Characters of a keyword value: codes and tags, not texts."""


@dataclass(frozen=True, slots=True)
class Text:
    """Searched by its words and grams (全文); `weight` is its share in a query that names no fields."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """Matched as it is (代码、标签): filters and facets; `many` when a document may have several."""

    name: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number (64-bit float): ranges and sort."""

    name: str


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day: ranges and sort."""

    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point (latitude, longitude) in degrees: distance filters."""

    name: str


@dataclass(frozen=True, slots=True)
class Vector:
    """A dense vector of `dims` numbers, compared by cosine; kept with 16-bit precision."""

    name: str
    dims: int


Field = Text | Keyword | Number | Date | Place | Vector
F = TypeVar("F", Text, Keyword, Number, Date, Place, Vector)


@dataclass(frozen=True)
class Schema:
    """One index: its name and its fields. Names are a-z, 0-9, _ and start with a letter."""

    name: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", tuple(self.fields))
        names = [self.name, *(field.name for field in self.fields)]
        for name in names:
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} cannot name an index or a field: use a-z, 0-9 and _")
        if len(self.by_name) != len(self.fields):
            raise ValueError(f"index {self.name!r} has two fields of one name")

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits that change whenever the stored structure does (weights and order do not count)."""
        parts = sorted(_structure(field) for field in self.fields)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def of_kind(self, kind: type[F]) -> list[F]:
        """The fields of one kind, in the schema's order."""
        return [field for field in self.fields if isinstance(field, kind)]

    def get(self, name: str, *kinds: type) -> Field:
        """The field of that name and of one of the kinds (any kind when none is given), or UnknownField."""
        found = self.by_name.get(name)
        if found is not None and (not kinds or isinstance(found, kinds)):
            return found
        known = [field.name for field in self.fields if not kinds or isinstance(field, kinds)]
        wanted = "/".join(kind.__name__.lower() for kind in kinds) or "such"
        raise UnknownField(self.name, name, wanted, known)


def _structure(field: Field) -> str:
    extra = {Keyword: "many", Vector: "dims"}.get(type(field))
    return f"{type(field).__name__} {field.name} {getattr(field, extra) if extra else ''}"


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One thing to find. An absent field (or None) is unknown.

    Values: Text str or Tokens · Keyword str or list of str · Number int or float · Date date ·
    Place (latitude, longitude) · Vector float array. `version` grows with every change of the
    thing; `checksum` (uint63) lets a reconciliation compare index and database cheaply.
    """

    key: int
    version: int
    checksum: int
    values: Mapping[str, object]


def checked(schema: Schema, document: Document) -> dict[str, Any]:
    """The document's values in their plain form, or InvalidDocument / UnknownField naming the field.

    Text stays str or Tokens, Keyword becomes a list without repeats, Number float, Vector float32.
    """
    for name in ("key", "version", "checksum"):
        check_uint63(document.key, name, getattr(document, name))
    plain: dict[str, Any] = {}
    for name, value in document.values.items():
        field = schema.get(name)
        if value is None:
            continue
        try:
            plain[name] = _PLAIN[type(field)](field, value)
        except (TypeError, ValueError) as problem:
            raise InvalidDocument(document.key, name, str(problem)) from None
    return plain


Deletes = Sequence[tuple[int, int]]
"""(key, version) of each."""
Checked = list[tuple[Document, dict[str, Any]]]


def prepared(schema: Schema, upserts: Sequence[Document], deletes: Deletes) -> Checked:
    """A batch with its plain values, checked whole before anything is written, so that a bad one changes nothing."""
    for key, version in deletes:
        check_uint63(key, "key", key)
        check_uint63(key, "version", version)
    return [(document, checked(schema, document)) for document in upserts]


def check_uint63(key: int, name: str, number: int) -> None:
    """Raises InvalidDocument when the number cannot be a key, version or checksum."""
    if not 0 <= number <= LARGEST_KEY:
        raise InvalidDocument(key, name, f"{number} is not between 0 and 2^63 - 1")


def _plain_text(field: Text, value: object) -> str | Tokens:
    if isinstance(value, str):
        return value
    if isinstance(value, Tokens):
        _check_tokens(value)
        return value
    raise TypeError(f"text is wanted, not {type(value).__name__}")


@lru_cache(maxsize=2_048)
def _check_tokens(tokens: Tokens) -> None:
    """Joined: one look at the whole text instead of one at each of a thousand terms; a text that many documents
    share is looked at once."""
    check_characters("".join(tokens.words))
    check_characters("".join(tokens.grams))


def _plain_keyword(field: Keyword, value: object) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, Iterable) or isinstance(values, bytes):
        raise TypeError(f"a string is wanted, not {type(value).__name__}")
    distinct = list(dict.fromkeys(values))
    if len(distinct) > 1 and not field.many:
        raise ValueError(f"one value is wanted, not {len(distinct)}")
    for keyword in distinct:
        if not isinstance(keyword, str):
            raise TypeError(f"strings are wanted, not {type(keyword).__name__}")
        check_characters(keyword)
        if not keyword or len(keyword) > LONGEST_KEYWORD:
            raise ValueError(f"a keyword has 1 to {LONGEST_KEYWORD} characters, this one {len(keyword)}")
    return distinct


def check_characters(text: str) -> None:
    """Raises ValueError for half a character (a lone surrogate), which no index can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("a lone surrogate is no character") from None


def _plain_number(field: Number, value: object) -> float:
    return finite(value)


def finite(value: object) -> float:
    """A finite float, or TypeError/ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"a number is wanted, not {type(value).__name__}")
    if not math.isfinite(value):
        raise ValueError("a finite number is wanted")
    return float(value)


def day(value: object) -> date:
    """A calendar day, or TypeError; a moment is refused, since its day depends on a time zone."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"a calendar day is wanted, not {type(value).__name__}")
    return value


def _plain_date(field: Date, value: object) -> date:
    return day(value)


def _plain_place(field: Place, value: object) -> tuple[float, float]:
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise TypeError("a pair of latitude and longitude is wanted")
    return point(value[0], value[1])


def point(latitude: object, longitude: object) -> tuple[float, float]:
    """A point on the globe in degrees, or TypeError/ValueError."""
    lat, lng = finite(latitude), finite(longitude)
    if abs(lat) > 90 or abs(lng) > 180:
        raise ValueError("latitude is within ±90 and longitude within ±180 degrees")
    return lat, lng


def _plain_vector(field: Vector, value: object) -> np.ndarray[Any, np.dtype[np.float32]]:
    return unit(value, field.dims)


def unit(value: object, dims: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The vector scaled to length 1 (float32), or TypeError/ValueError (wrong dims, not finite, all zero)."""
    vector = np.asarray(value, dtype=np.float32)
    if vector.shape != (dims,):
        raise ValueError(f"a vector of {dims} numbers is wanted, not of shape {vector.shape}")
    length = float(np.linalg.norm(vector))
    if not math.isfinite(length) or length == 0.0:
        raise ValueError("a vector of finite numbers, not all zero, is wanted")
    return vector / np.float32(length)


_PLAIN: dict[type, Any] = {
    Text: _plain_text,
    Keyword: _plain_keyword,
    Number: _plain_number,
    Date: _plain_date,
    Place: _plain_place,
    Vector: _plain_vector,
}
