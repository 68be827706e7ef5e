"""JSON Lines: one object to a line, its names the headings."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rest_framework.exceptions import ParseError

from rongqiao.common.errors import Problem
from rongqiao.common.parsers import parse_json

from ..faults import at_row, problem

LONGEST_LINE = 1 << 20


def records_of(source: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and the object's values as text. Raises Problem for a line that is not one plain object."""
    with source.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                raise problem("cell_too_long", hint=at_row(number))
            plain = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if plain.strip():
                yield number, _record(plain, number)


def _record(raw: bytes, number: int) -> dict[str, str]:
    if b"\0" in raw:
        raise problem("file_nul", hint=at_row(number))
    try:
        value = parse_json(raw)
    except Problem as error:
        code = error.faults[0].code
        words = {"bad_encoding": "file_encoding", "control_character": "file_nul"}
        raise problem(words.get(code, "line_broken"), hint=at_row(number)) from error
    except (ParseError, RecursionError) as error:
        raise problem("line_broken", hint=at_row(number)) from error
    if not isinstance(value, dict):
        raise problem("line_broken", hint=at_row(number))
    return {name: text_of(inner) for name, inner in value.items()}


def text_of(value: Any) -> str:
    """A value as a cell would show it: lists of words joined, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return "；".join(text_of(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
