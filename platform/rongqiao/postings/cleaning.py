"""From what a form, a program or an import sends to what is stored: every field checked, every fault named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rongqiao.codes import checks
from rongqiao.common.errors import Fault, from_code

from .field_types import MAX_PROSE, Code, FieldType, Refused, Words
from .kind import Kind

BASE: dict[str, FieldType] = {
    "title": Words(200),
    "description": Words(MAX_PROSE),
    "region_code": Code("region"),
    "contact_name": Words(60),
    "contact_phone": Words(40),
    "contact_email": Words(254),
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What may be stored, and what was wrong with the rest. A value that was wrong is not in `fields`."""

    fields: dict[str, Any]
    details: dict[str, Any]
    faults: tuple[Fault, ...]


def clean(kind: Kind, base: Mapping[str, Any], details: Mapping[str, Any]) -> Cleaned:
    """Check the base fields and the details of a kind. Absent and null values are left out."""
    faults: list[Fault] = []
    fields = _checked(BASE, base, "", faults)
    if not isinstance(details, Mapping):
        faults.append(from_code("not_object", "details"))
        details = {}
    types = {name: field.type for name, field in kind.by_name.items()}
    kept = _checked(types, details, "details.", faults)
    if "contact_email" in fields and "@" not in fields["contact_email"]:
        faults.append(from_code("invalid", "contact_email"))
    return Cleaned(fields, kept, tuple(faults))


def lacking(kind: Kind, title: str, details: Mapping[str, Any]) -> list[Fault]:
    """What must be filled in before publishing: the title and the kind's required fields."""
    faults = [] if title else [from_code("required", "title")]
    wanting = (field for field in kind.fields if field.required and details.get(field.name) is None)
    return faults + [from_code("required", f"details.{field.name}") for field in wanting]


def _checked(
    types: Mapping[str, FieldType], given: Mapping[str, Any], prefix: str, faults: list[Fault]
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if name not in types:
            faults.append(from_code("unknown_field", f"{prefix}{name}"))
        elif value is not None:
            _keep(types[name], name, value, prefix, kept, faults)
    return kept


def _keep(
    field_type: FieldType, name: str, value: Any, prefix: str, kept: dict[str, Any], faults: list[Fault]
) -> None:
    try:
        cleaned = field_type.clean(value)
    except Refused as refused:
        path = f"{prefix}{name}.{refused.path}" if refused.path else f"{prefix}{name}"
        faults.append(from_code(refused.code, path))
    else:
        if cleaned is not None:
            kept[name] = cleaned


def region_of(code: str) -> str:
    """A region with those above it, for people."""
    return checks.region_path(code)
