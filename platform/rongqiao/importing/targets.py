"""What a column can mean for a kind of posting: a field, an owner, a number; each reads its own cells."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from rongqiao.common.language import Bilingual
from rongqiao.parties import uscc
from rongqiao.parties.vocabulary import PartyType
from rongqiao.postings.cleaning import BASE
from rongqiao.postings.field_types import (
    Choice,
    Code,
    Column,
    Day,
    FieldType,
    Many,
    Number,
    Refused,
    Rows,
    Words,
)
from rongqiao.postings.kind import Field, Kind
from rongqiao.postings.vocabulary import DEGREE

from . import cells, synonyms
from .cells import Doubt
from .pay import pay
from .synonyms import Names

Part = Literal["base", "detail", "row", "pay", "key", "owner"]
Reader = Callable[[str], Any]
PROSE = 1_000


class Doubts(Exception):
    """Some items of a list are in doubt; `kept` are the others."""

    def __init__(self, doubts: list[Doubt], kept: list[Any]) -> None:
        super().__init__(doubts)
        self.doubts = doubts
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a column can mean. `name` is how a mapping names it, `synonyms` how tables do."""

    name: str
    zh: str
    en: str
    part: Part
    read: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False

    @property
    def label(self) -> Bilingual:
        """The label of the field."""
        return Bilingual(self.zh, self.en)


def makes_owners(kind: Kind) -> bool:
    """Whether an operator's import makes organisations for those it does not know: employers, by name.
    Schools and experts' institutions are on record and are only found."""
    return kind.side == "need" and PartyType.ENTERPRISE in kind.parties


def targets_for(kind: Kind, *, own: bool) -> dict[str, Target]:
    """Everything a column can mean, by name. `own`: all rows belong to one organisation."""
    every = [*_base(), *_pay(kind), *_details(kind), _named("id", synonyms.KEY, "key")]
    if not own:
        every += _owners(kind)
    return {target.name: target for target in every}


def _base() -> list[Target]:
    return [
        _named(name, names, "base", _reader(name, BASE[name]), required=name == "title")
        for name, names in synonyms.BASE.items()
    ]


def _named(
    name: str, names: Names, part: Part, read: Reader = str.strip, *, required: bool = False
) -> Target:
    return Target(name, names.zh, names.en, part, read, names.others, required)


def _owners(kind: Kind) -> list[Target]:
    if makes_owners(kind):
        employer = _named("owner", synonyms.EMPLOYER, "owner", required=True)
        return [employer, _named("owner_uscc", synonyms.CREDIT_CODE, "owner", _credit_code)]
    school = synonyms.SCHOOL._replace(others=synonyms.SCHOOL.others + synonyms.EMPLOYER.others)
    return [_named("owner", school, "owner"), _named("school_code", synonyms.SCHOOL_CODE, "owner")]


def _credit_code(text: str) -> str:
    code = uscc.normalise(text)
    if not uscc.is_valid(code):
        raise Doubt("uscc", text.strip())
    return code


def _pay(kind: Kind) -> list[Target]:
    """薪资 becomes the two bounds of monthly pay; a column may say what its bare numbers are for."""
    if not {"pay_low", "pay_high"} <= kind.by_name.keys():
        return []
    return [
        _named("pay", synonyms.PAY, "pay", pay),
        _named("pay_monthly", synonyms.MONTHLY_PAY, "pay", partial(pay, period="month")),
        _named("pay_yearly", synonyms.YEARLY_PAY, "pay", partial(pay, period="year")),
    ]


def _details(kind: Kind) -> list[Target]:
    every = []
    for field in kind.fields:
        every.append(_detail(field))
        if isinstance(field.type, Rows):
            every += [_row_column(field, column) for column in field.type.columns]
    return every


def _detail(field: Field) -> Target:
    others = (*field.aliases, *synonyms.FURTHER.get(field.name, ()))
    read = _reader(field.name, field.type, field.unit)
    return Target(field.name, field.zh, field.en, "detail", read, others, field.required)


def _row_column(field: Field, column: Column) -> Target:
    """One column of a row field holds one row's value: 毕业数 of the year that the table is of."""
    name = f"{field.name}.{column.name}"
    bare = column.zh.removesuffix("数")
    others = (column.zh, column.name, f"{bare}人数", f"{bare}生数")
    return Target(
        name, f"{field.zh}：{column.zh}", column.en, "row", _reader(column.name, column.type), others
    )


def _reader(name: str, field_type: FieldType, unit: str = "") -> Reader:
    """How cells of a field are read."""
    if field_type is DEGREE:
        return cells.degree
    if name == "region_code":
        return cells.region
    if isinstance(field_type, Number):
        return cells.years if name == "years" else cells.amount(unit)
    if isinstance(field_type, Many):
        return _many(field_type)
    if isinstance(field_type, Day):
        return cells.day
    if isinstance(field_type, Rows):
        return _rows
    return _text(field_type)


def _text(field_type: FieldType) -> Reader:
    prose = isinstance(field_type, Words) and field_type.longest > PROSE

    def read(text: str) -> Any:
        plain = text.strip() if prose else cells.refuse_shifted(text)
        value = field_type.cell(plain)
        if isinstance(field_type, Choice | Code):
            _check(field_type, value, plain)
        return value

    return read


def _many(field_type: Many) -> Reader:
    allowed = frozenset({"language"})

    def read(text: str) -> list[Any]:
        doubts, kept = [], []
        for item in field_type.cell(text):
            try:
                kept.append(_check(field_type.of, item, cells.refuse_shifted(str(item), allowed)))
            except Doubt as doubt:
                doubts.append(doubt)
        if doubts:
            raise Doubts(doubts, kept)
        return kept

    return read


def _rows(text: str) -> Any:
    """Rows come as JSON (from JSON Lines); a single cell cannot hold a table otherwise."""
    try:
        return json.loads(text) if text.lstrip().startswith("[") else text
    except ValueError as error:
        raise Doubt("unreadable", text.strip()) from error


def _check(field_type: FieldType, value: Any, text: str) -> Any:
    try:
        return field_type.clean(value)
    except Refused as refused:
        raise Doubt(refused.code, text) from refused
