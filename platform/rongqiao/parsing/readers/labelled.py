"""What stands behind a field's own label (面积：120平方米; 学制：三年): serves every kind, those of a deployment too."""

import re
from collections.abc import Callable
from functools import cache, partial

from rongqiao.postings.field_types import Choice, Code, Day, FieldType, Flag, Many, Number, Refused, Words
from rongqiao.postings.kind import Field, Kind

from ..found import Found, Reader
from ..numerals import SMALL, numeral
from ..text import Text

_END_OF_LINE = re.compile(r"[\n。;]")
_PROSE = 1_000
_DAY = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?: ?日)?")
_AFTER_NUMBER = r" ?(?:约|左右|多)? ?"


def readers(kind: Kind, taken: frozenset[str]) -> tuple[Reader, ...]:
    """One reader for each field of the kind that has no reader of its own."""
    return tuple(
        Reader(
            field.name, partial(_find, kind, field), {"labelled": 0.95}, many=False, choose=_first_of_equal
        )
        for field in kind.fields
        if field.name not in taken and not field.private and _read(field.type) is not None
    )


def _first_of_equal(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in found:
        if all(one.value != other.value for other in kept):
            kept.append(one)
    return kept


def label_pattern(field: Field) -> re.Pattern[str]:
    """The field's label or one of its other names, boxed or with a colon."""
    names = "|".join(
        sorted({re.escape(name.lower()) for name in (field.zh, *field.aliases)}, key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![一-龥a-z])[【\[]?(?:{names})[】\]]? ?(?:[(][^()\n]{{1,12}}[)])? ?(?:[:】\]]|\n) ?"
    )


@cache
def _pattern(kind: str, name: str) -> re.Pattern[str]:
    from rongqiao.postings import kinds

    return label_pattern(kinds.of(kind).by_name[name])


@cache
def _any_label(kind: str) -> re.Pattern[str]:
    from rongqiao.postings import kinds

    names = {name.lower() for field in kinds.of(kind).fields for name in (field.zh, *field.aliases)}
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"(?<![一-龥a-z])[【\[]?(?:[一二三四五六七八九十\d]{{1,2}}[、.])?(?:{words})[】\]]? ?[:】\]]|\n\n"
    )


def _find(kind: Kind, field: Field, text: Text) -> list[Found]:
    read = _read(field.type)
    found = []
    for match in _pattern(kind.code, field.name).finditer(text.plain):
        start = match.end()
        end = _end(kind, field, text, start)
        trimmed = text.trim(start, end)
        value = read(field.type, text, *trimmed) if read and trimmed else None
        if value is not None and trimmed:
            found.append(Found(value, *trimmed, "labelled"))
    return found


def _end(kind: Kind, field: Field, text: Text, start: int) -> int:
    """A short value ends with its line or sentence, prose and lists before the next label."""
    following = _any_label(kind.code).search(text.plain, start)
    last = following.start() if following else len(text.plain)
    prose = isinstance(field.type, Words) and field.type.longest >= _PROSE
    line = None if prose else _END_OF_LINE.search(text.plain, start)
    return min(last, line.start()) if line else last


Read = Callable[[FieldType, Text, int, int], object]


def _read(field_type: FieldType) -> Read | None:
    for known, read in _READS.items():
        if isinstance(field_type, known):
            return read
    return None


def _words(field_type: FieldType, text: Text, start: int, end: int) -> object:
    return text.words(start, end)


def _number(field_type: FieldType, text: Text, start: int, end: int) -> object:
    """A number at the head of the value with at most a unit behind it; a range is none."""
    match = re.match(
        rf"{_AFTER_NUMBER}{SMALL} ?[一-龥a-z²㎡%/]{{0,6}}$", text.plain[start:end].replace(",", "")
    )
    return numeral(match[1]) if match else None


def _day(field_type: FieldType, text: Text, start: int, end: int) -> object:
    match = _DAY.match(text.plain, start, end)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def _cell(field_type: FieldType, text: Text, start: int, end: int) -> object:
    value = field_type.cell(text.words(start, end))
    try:
        return field_type.clean(value)
    except Refused:
        return None


_READS: dict[type[FieldType], Read] = {
    Words: _words, Number: _number, Day: _day, Choice: _cell, Flag: _cell, Many: _cell, Code: _cell,
}  # fmt: skip
