"""From what was read to the fields of a kind's form, cleaned by the kind's own field types, and to a draft."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rongqiao.common.language import Bilingual
from rongqiao.postings.cleaning import BASE, clean
from rongqiao.postings.field_types import FieldType, Many, Rows
from rongqiao.postings.kind import Kind

from .reading import Read

B = Bilingual
BASE_LABELS = {
    "title": B("标题", "Title"), "description": B("描述", "Description"), "region_code": B("地区", "Region"),
    "contact_name": B("联系人", "Contact"), "contact_phone": B("联系电话", "Telephone"),
    "contact_email": B("电子邮箱", "E-mail"),
}  # fmt: skip
NOT_IN_TABLE = B(
    "代码表中没有与“{words}”完全对应的条目，请选定",
    "No entry of the code table is exactly “{words}”: choose one",
)
NOT_ACCEPTED = B(
    "这一项不接受“{words}”，请核对后填写", "This field does not take “{words}”: check it and fill it in"
)

NOT_SAID = B("文中没有说明这一项，请填写", "The text does not say: fill it in")


@dataclass(frozen=True, slots=True)
class Filled:
    """One field of the form. `value` is cleaned unless it is asked about and the kind does not take it."""

    field: str
    label: Bilingual
    value: Any
    words: str
    spans: tuple[tuple[int, int], ...]
    confidence: float
    ask: bool
    why: Bilingual | None


@dataclass
class Form:
    """The filled fields, and the draft that holds those that need no asking."""

    kind: Kind
    filled: list[Filled] = field(default_factory=list)

    def draft(self) -> dict[str, Any]:
        """What POST /api/v1/postings takes."""
        given: dict[str, Any] = {"kind": self.kind.code, "details": {}}
        for each in self.filled:
            if not each.ask:
                name = each.field.removeprefix("details.")
                (given["details"] if name != each.field else given)[name] = each.value
        return given

    def fill(self, path: str, reads: Iterable[Read]) -> None:
        """Add what was read of a field: the firm values as one entry, each doubtful one as another."""
        field_type, label = self._of(path)
        if field_type is None:
            return
        if isinstance(field_type, Many | Rows):
            self._fill_list(path, label, field_type, list(reads))
        else:
            for read in reads:
                self.filled.append(self._entry(path, label, read, read.value))

    def ask_for_missing(self) -> None:
        """Ask for the title and the required fields of which nothing was read."""
        present = {each.field for each in self.filled}
        required = ["title", *(f"details.{each.name}" for each in self.kind.fields if each.required)]
        for path in required:
            if path not in present:
                self.filled.append(Filled(path, self._of(path)[1], None, "", (), 0.0, True, NOT_SAID))

    def _of(self, path: str) -> tuple[FieldType | None, Bilingual]:
        name = path.removeprefix("details.")
        if name == path:
            return BASE.get(name), BASE_LABELS[name]
        known = self.kind.by_name.get(name)
        return (known.type, B(known.zh, known.en)) if known else (None, B("", ""))

    def _cleaned(self, path: str, value: Any) -> Any:
        """The value as the kind stores it, None when it does not take it."""
        name = path.removeprefix("details.")
        base, details = ({name: value}, {}) if name == path else ({}, {name: value})
        cleaned = clean(self.kind, base, details)
        return None if cleaned.faults else {**cleaned.fields, **cleaned.details}.get(name)

    def _entry(self, path: str, label: Bilingual, read: Read, value: Any) -> Filled:
        cleaned = self._cleaned(path, value) if value is not None else None
        if cleaned is None:
            why = (read.why if value is None else None) or NOT_ACCEPTED.format(words=_short(value))
            words = "" if value is None else _short(value)
            return Filled(path, label, value, words, read.spans, 0.5, True, why)
        field_type, _ = self._of(path)
        words = field_type.words(cleaned) if field_type else str(cleaned)
        return Filled(
            path, label, cleaned, words, read.spans, read.confidence, read.ask, read.why if read.ask else None
        )

    def _fill_list(self, path: str, label: Bilingual, field_type: Many | Rows, reads: list[Read]) -> None:
        firm: list[tuple[Read, Any]] = []
        doubtful: list[tuple[Read, Any]] = []
        unknown: list[Filled] = []
        for read in reads:
            cleaned = self._cleaned(path, read.value if isinstance(read.value, list) else [read.value])
            if cleaned is None:
                why = NOT_IN_TABLE.format(words=_short(read.value))
                unknown.append(
                    Filled(path, label, read.value, _short(read.value), read.spans, 0.5, True, why)
                )
            else:
                (doubtful if read.ask else firm).extend((read, item) for item in cleaned)
        self._add_list(path, label, field_type, firm)
        self._add_list(path, label, field_type, doubtful)
        self.filled += unknown

    def _add_list(
        self, path: str, label: Bilingual, field_type: Many | Rows, items: list[tuple[Read, Any]]
    ) -> None:
        """One entry of all the items, each once, no more than the field takes."""
        unique = {repr(item): (read, item) for read, item in reversed(items)}
        chosen = list(reversed(unique.values()))[: field_type.most]
        if not chosen:
            return
        values = [item for _, item in chosen]
        spans = tuple(dict.fromkeys(span for read, _ in chosen for span in read.spans))
        confidence = min(read.confidence for read, _ in chosen)
        ask = chosen[0][0].ask
        why = next((read.why for read, _ in chosen if read.why), None) if ask else None
        self.filled.append(Filled(path, label, values, field_type.words(values), spans, confidence, ask, why))


def _short(value: Any) -> str:
    return str(value)[:40]
