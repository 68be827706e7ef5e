"""One row of a table → a checked posting, or what is wrong with it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rongqiao.codes import checks
from rongqiao.common.language import Bilingual
from rongqiao.postings.cleaning import Cleaned, clean, lacking
from rongqiao.postings.field_types import Code
from rongqiao.postings.kind import Kind

from .cells import Doubt, says_nothing
from .models import Doubtful
from .owners import Owner
from .targets import Doubts, Target

LONGEST_KEY = 110


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: with `refused` it keeps the row out, without it a cell was left out."""

    row: int
    column: str
    target: str
    value: str
    code: str
    hint: str
    refused: bool


@dataclass(slots=True)
class Read:
    """A row read: what may be stored, under which key, whose it is, and what was wrong."""

    number: int
    key: str
    owner: Owner = field(default_factory=Owner)
    fields: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether the row stays out."""
        return any(finding.refused for finding in self.findings)

    def refuse(self, code: str, value: str = "", hint: str = "", column: str = "", target: str = "") -> None:
        """Keep the row out, for this reason."""
        self.findings.append(Finding(self.number, column, target, value, code, hint, refused=True))


class RowReader:
    """Reads the rows of a table by its mapping. `rectangular`: a row shorter than the headings is suspect."""

    def __init__(
        self, *, kind: Kind, header: Sequence[str], mapping: Mapping[str, str], targets: Mapping[str, Target],
        doubtful: str, rectangular: bool,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.width = len(header)
        self.refuses_doubtful = doubtful == Doubtful.REFUSE_ROW
        self.rectangular = rectangular
        self.columns = [
            (place, name, targets[mapping[name]]) for place, name in enumerate(header) if mapping.get(name)
        ]
        self.place_of = {target.name: place for place, _, target in self.columns}
        for place, _, target in self.columns:
            if target.part == "pay":
                self.place_of.update(pay_low=place, pay_high=place)
        self.header = header
        self.key_place = next((place for place, _, target in self.columns if target.part == "key"), None)

    def key_of(self, cells: Sequence[str]) -> str:
        """The row's own number, or a hash of all its cells where it has none."""
        if self.key_place is not None and self.key_place < len(cells):
            number = cells[self.key_place].strip()
            if number and len(number) <= LONGEST_KEY:
                return number
        content = [cell.strip() for cell in cells]
        while content and not content[-1]:
            content.pop()
        return "#" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:40]

    def read(self, number: int, cells: Sequence[str]) -> Read:
        """Everything about a row but whether its organisation exists."""
        row = Read(number, self.key_of(cells))
        if len(cells) > self.width or (self.rectangular and len(cells) < self.width):
            row.refuse("ragged", hint=f"{len(cells)} / {self.width}")
            return row
        base: dict[str, Any] = {}
        details: dict[str, Any] = {}
        for place, column, target in self.columns:
            text = cells[place] if place < len(cells) else ""
            if target.part != "key" and not says_nothing(text):
                self._put(self._value(row, column, target, text), target, row, base, details)
        self._finish(row, clean(self.kind, base, details), cells)
        return row

    def column_of(self, target: str) -> str:
        """The heading of the column that gives a field; "" when none does."""
        place = self.place_of.get(target)
        return "" if place is None else self.header[place]

    def _value(self, row: Read, column: str, target: Target, text: str) -> Any:
        try:
            return target.read(text)
        except Doubt as doubt:
            self._doubt(row, column, target.name, doubt)
        except Doubts as several:
            for each in several.doubts:
                self._doubt(row, column, target.name, each)
            return several.kept or None
        return None

    def _doubt(self, row: Read, column: str, target: str, doubt: Doubt) -> None:
        refused = self.refuses_doubtful
        value = doubt.value or ""
        row.findings.append(Finding(row.number, column, target, value, doubt.code, doubt.hint, refused))

    def _put(
        self, value: Any, target: Target, row: Read, base: dict[str, Any], details: dict[str, Any]
    ) -> None:
        if value is None:
            return
        if target.part == "base":
            base[target.name] = value
        elif target.part == "detail":
            details[target.name] = value
        elif target.part == "pay":
            details.update(zip(("pay_low", "pay_high"), value, strict=True))
        elif target.part == "owner":
            setattr(row.owner, target.name, value)
        else:
            name, _, column = target.name.partition(".")
            rows = details.setdefault(name, [{}])
            if isinstance(rows, list) and isinstance(rows[0], dict):
                rows[0][column] = value

    def _finish(self, row: Read, cleaned: Cleaned, cells: Sequence[str]) -> None:
        """What the kind's own types refuse is in doubt too; what it cannot do without keeps the row out."""
        for wrong in cleaned.faults:
            name, *within = wrong.field.removeprefix("details.").split(".")
            name = name if name in self.place_of or not within else f"{name}.{within[-1]}"
            place = self.place_of.get(name)
            text = cells[place].strip() if place is not None else ""
            self._doubt(row, self.column_of(name), name, Doubt(wrong.code, text))
        row.fields, row.details = cleaned.fields, cleaned.details
        row.fields.setdefault("title", default_title(self.kind, row.details))
        for wanting in lacking(self.kind, row.fields["title"], row.details):
            name = wanting.field.removeprefix("details.")
            row.refuse(wanting.code, column=self.column_of(name), target=name)


def default_title(kind: Kind, details: Mapping[str, Any]) -> str:
    """The name of the one major that a posting is about (a 专业点 needs no other title); "" otherwise."""
    part = kind.by_name.get(kind.majors)
    if part is None or not isinstance(part.type, Code) or not details.get(part.name):
        return ""
    return checks.name_of(part.type.system, details[part.name])


def titles_itself(kind: Kind) -> bool:
    """Whether rows of the kind have a title without a column for it."""
    part = kind.by_name.get(kind.majors)
    return part is not None and isinstance(part.type, Code)


def hint_words(hint: str) -> Bilingual | str:
    """A finding's hint for people: the name of a meaning, or the hint itself."""
    from .cells import MEANINGS

    return MEANINGS.get(hint, hint)
