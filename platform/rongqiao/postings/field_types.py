"""The types of a posting's fields: each cleans what a form or an import gives, and says its value in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rongqiao.codes import checks

MAX_WORDS = 200
MAX_PROSE = 20_000


class Refused(Exception):
    """The value is not of the type; `code` stands in the table of remedies, `path` leads into a list or row."""

    def __init__(self, code: str, path: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.path = path


class FieldType:
    """Cleans a JSON value into what is stored; refuses with a code. `cell` reads the same from a table's cell."""

    name = ""

    def clean(self, value: Any) -> Any:
        """The stored value, None for an empty one. Raises Refused."""
        raise NotImplementedError

    def cell(self, text: str) -> Any:
        """What a form would have sent for a cell's text."""
        return text

    def words(self, value: Any) -> str:
        """The value as a reader or the search index sees it."""
        return str(value)

    def describe(self) -> dict[str, Any]:
        """What a form needs to know of the type."""
        return {"type": self.name}


@dataclass(frozen=True)
class Words(FieldType):
    """Text: one line, or prose when `longest` is large."""

    longest: int = MAX_WORDS
    name = "text"

    def clean(self, value: Any) -> str | None:
        if not isinstance(value, str):
            raise Refused("not_text")
        text = value.strip()
        if any(ord(character) < 32 and character not in "\t\n\r" for character in text):
            raise Refused("control_character")
        if len(text) > self.longest:
            raise Refused("too_long")
        return text or None

    def describe(self) -> dict[str, Any]:
        return {"type": "prose" if self.longest > 1_000 else "text", "longest": self.longest}


@dataclass(frozen=True)
class Number(FieldType):
    """A number within bounds; whole unless `decimals`."""

    low: float = 0
    high: float = 1_000_000
    decimals: bool = False
    name = "number"

    def clean(self, value: Any) -> float | int | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused("not_number")
        if isinstance(value, float) and (not math.isfinite(value) or not (self.decimals or value.is_integer())):
            raise Refused("not_number")
        if value > self.high:
            raise Refused("too_large")
        if value < self.low:
            raise Refused("too_small")
        return value if self.decimals else int(value)

    def cell(self, text: str) -> Any:
        plain = text.replace(",", "").replace("，", "").strip()
        try:
            return float(plain)
        except ValueError:
            return text

    def words(self, value: Any) -> str:
        return f"{value:g}"

    def describe(self) -> dict[str, Any]:
        return {"type": "number", "low": self.low, "high": self.high, "decimals": self.decimals}


@dataclass(frozen=True)
class Day(FieldType):
    """A date, ISO 8601."""

    name = "date"

    def clean(self, value: Any) -> str | None:
        if value == "":
            return None
        if not isinstance(value, str):
            raise Refused("not_date")
        try:
            day = date.fromisoformat(value.strip())
        except ValueError as error:
            raise Refused("not_date") from error
        if not 1950 <= day.year <= 2100:
            raise Refused("not_date")
        return day.isoformat()

    def cell(self, text: str) -> Any:
        return text.strip().split(" ")[0].replace("/", "-").replace(".", "-")


@dataclass(frozen=True)
class Flag(FieldType):
    """Yes or no."""

    name = "flag"

    def clean(self, value: Any) -> bool | None:
        if not isinstance(value, bool):
            raise Refused("invalid")
        return value

    def cell(self, text: str) -> Any:
        return {"是": True, "有": True, "否": False, "无": False}.get(text.strip(), text)

    def words(self, value: Any) -> str:
        return "是" if value else "否"


@dataclass(frozen=True)
class Option:
    """One value of an enumeration with its labels."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Choice(FieldType):
    """One of the policy's terms."""

    options: tuple[Option, ...]
    name = "choice"

    def clean(self, value: Any) -> str | None:
        if value == "":
            return None
        if not isinstance(value, str) or value not in {option.code for option in self.options}:
            raise Refused("invalid_choice")
        return value

    def cell(self, text: str) -> Any:
        plain = text.strip()
        return next((option.code for option in self.options if plain in (option.zh, option.en, option.code)), plain)

    def words(self, value: Any) -> str:
        return next((option.zh for option in self.options if option.code == value), str(value))

    def describe(self) -> dict[str, Any]:
        return {"type": "choice", "options": [vars(option) for option in self.options]}


@dataclass(frozen=True)
class Code(FieldType):
    """One code of a national table; a name is resolved to its code."""

    system: str
    name = "code"

    def clean(self, value: Any) -> str | None:
        text = Words().clean(value)
        if text is None:
            return None
        found = checks.resolve(self.system, text)
        if found is None:
            raise Refused("ambiguous_code" if checks.is_ambiguous(self.system, text) else "unknown_code")
        return found.code

    def words(self, value: Any) -> str:
        return checks.name_of(self.system, value)

    def describe(self) -> dict[str, Any]:
        return {"type": "code", "system": self.system}


@dataclass(frozen=True)
class Many(FieldType):
    """A list of values of one type, without repeats."""

    of: FieldType
    most: int = 30
    name = "many"

    def clean(self, value: Any) -> list[Any] | None:
        if not isinstance(value, list):
            raise Refused("not_list")
        if len(value) > self.most:
            raise Refused("too_many")
        kept: list[Any] = []
        for number, item in enumerate(value):
            cleaned = _within(self.of, item, str(number))
            if cleaned is not None and cleaned not in kept:
                kept.append(cleaned)
        return kept or None

    def cell(self, text: str) -> Any:
        for mark in "；;，,、|\n":
            text = text.replace(mark, "\x1f")
        return [self.of.cell(part.strip()) for part in text.split("\x1f") if part.strip()]

    def words(self, value: Any) -> str:
        return "、".join(self.of.words(item) for item in value)

    def describe(self) -> dict[str, Any]:
        return {"type": "many", "of": self.of.describe(), "most": self.most}


@dataclass(frozen=True)
class Column:
    """One column of a row field."""

    name: str
    zh: str
    en: str
    type: FieldType


@dataclass(frozen=True)
class Rows(FieldType):
    """A small table inside a posting, such as intake and graduates by year."""

    columns: tuple[Column, ...]
    most: int = 30
    name = "rows"

    def clean(self, value: Any) -> list[dict[str, Any]] | None:
        if not isinstance(value, list):
            raise Refused("not_list")
        if len(value) > self.most:
            raise Refused("too_many")
        rows = [self._row(item, str(number)) for number, item in enumerate(value)]
        return [row for row in rows if row] or None

    def _row(self, item: Any, path: str) -> dict[str, Any]:
        if not isinstance(item, dict):
            raise Refused("not_object", path)
        known = {column.name: column for column in self.columns}
        for name in item:
            if name not in known:
                raise Refused("unknown_field", f"{path}.{name}")
        cleaned = {
            name: _within(known[name].type, given, f"{path}.{name}")
            for name, given in item.items()
            if given is not None
        }
        return {name: value for name, value in cleaned.items() if value is not None}

    def words(self, value: Any) -> str:
        return "；".join(self._row_words(row) for row in value)

    def _row_words(self, row: dict[str, Any]) -> str:
        parts = ((column, row.get(column.name)) for column in self.columns)
        return " ".join(column.type.words(value) for column, value in parts if value is not None)

    def describe(self) -> dict[str, Any]:
        columns = [
            {"name": column.name, "zh": column.zh, "en": column.en, **column.type.describe()}
            for column in self.columns
        ]
        return {"type": "rows", "columns": columns, "most": self.most}


def _within(inner: FieldType, value: Any, path: str) -> Any:
    try:
        return inner.clean(value)
    except Refused as refused:
        raise Refused(refused.code, f"{path}.{refused.path}" if refused.path else path) from refused


def options(*triples: Sequence[str]) -> tuple[Option, ...]:
    """Options from (code, Chinese, English) triples."""
    return tuple(Option(*triple) for triple in triples)
