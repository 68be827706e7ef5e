"""JSON in, with the depth and the characters that no field of ours has refused."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from .errors import Problem, from_code

MAX_DEPTH = 20


class GuardedJSONParser(JSONParser):
    """DRF's parser behind a depth check, so that 100,000 brackets cost a scan and not the stack."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return parse_json(stream.read())


def parse_json(raw: bytes) -> Any:
    """The value of a JSON body; ParseError or Problem for anything that is not safe, plain JSON."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(from_code("bad_encoding")) from error
    if _too_deep(text):
        raise Problem(from_code("too_deep"))
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ParseError() from error
    if "\\u0000" in text or "\0" in text or "\\ud" in text.lower():
        _refuse_unstorable(value, "")
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _too_deep(text: str) -> bool:
    """Whether brackets outside strings are nested too deep; read no further than to the one that is."""
    depth = 0
    inside = escaped = False
    for character in text if text.count("[") + text.count("{") > MAX_DEPTH else "":
        if inside:
            inside, escaped = (escaped or character != '"'), (character == "\\" and not escaped)
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif character in "]}":
            depth -= 1
    return False


def _refuse_unstorable(value: Any, path: str) -> None:
    """NUL and lone surrogates cannot be stored by PostgreSQL or sent as UTF-8: name the field that has one."""
    if isinstance(value, str):
        if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value):
            raise Problem(from_code("control_character", path))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_unstorable(key, path)
            _refuse_unstorable(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _refuse_unstorable(inner, f"{path}.{number}")
