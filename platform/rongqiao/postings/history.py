"""What was changed of a posting since somebody looked: read back from the audit trail."""

from collections.abc import Collection, Mapping
from typing import Any

from rongqiao.audit import selectors as audit_trail
from rongqiao.audit import services as audit
from rongqiao.common.language import Bilingual

from .cleaning import BASE
from .models import Posting

VERSION = "version"
STATUS = "status"
CONTACTS = frozenset({"contact_name", "contact_phone", "contact_email"})
LABELS = {
    "title": Bilingual("标题", "Title"),
    "description": Bilingual("描述", "Description"),
    "region_code": Bilingual("地区", "Region"),
    "contact_name": Bilingual("联系人", "Contact"),
    "contact_phone": Bilingual("联系电话", "Telephone"),
    "contact_email": Bilingual("联系邮箱", "E-mail"),
    "unit": Bilingual("院系", "Unit"),
    STATUS: Bilingual("状态", "State"),
}
LOOKED_BACK = 200


def snapshot(posting: Posting) -> dict[str, Any]:
    """The posting's values by the names that a form uses (details.headcount)."""
    return {
        STATUS: posting.status,
        "unit": posting.unit_id,
        **{name: getattr(posting, name) for name in BASE},
        **{f"details.{name}": value for name, value in posting.details.items()},
    }


def differences(before: Mapping[str, Any], posting: Posting) -> dict[str, Any]:
    """What differs now, for the audit trail: contacts and what others may not see only say that they changed."""
    after = snapshot(posting)
    visible = _visible(posting, before) & _visible(posting, after)
    names = {name for name in {**before, **after} if name.removeprefix("details.") not in visible}
    return audit.differences(before, after, frozenset(names - {STATUS, "unit", "region_code"}) | CONTACTS)


def _visible(posting: Posting, values: Mapping[str, Any]) -> frozenset[str]:
    """What others may see of a posting with these values; the secrecy may be among them. Of a draft it is nothing."""
    if values[STATUS] == "draft":
        return frozenset()
    details = {name.removeprefix("details."): value for name, value in values.items() if name.startswith("details.")}
    return posting.kind_of.visible(details)


def conflict(posting: Posting, version: int, mine: Collection[str]) -> dict[str, Any]:
    """For somebody who edits what `version` showed: the version now, each field that others have changed since
    (who, when, from what to what), and which of these they are about to change too."""
    now = snapshot(posting)
    theirs: dict[str, dict[str, Any]] = {}
    closed: set[str] = set()
    entries = list(audit_trail.of_subject("posting", posting.pk)[:LOOKED_BACK])
    for entry in reversed(entries):
        if entry.changes.get(VERSION, 0) <= version:
            continue
        for name, change in entry.changes.items():
            if name != VERSION:
                if not isinstance(change, list):
                    closed.add(name)
                first = theirs.get(name, {}).get("before", change[0] if isinstance(change, list) else None)
                theirs[name] = {
                    "field": name, "label": label(posting, name), "before": first, "after": now.get(name),
                    "by": str(entry.person or ""), "at": entry.at,
                }  # fmt: skip
    return {
        "version": posting.version,
        "changed": list(theirs.values()),
        "both": sorted(
            name for name in mine
            if name in theirs and (name in closed or theirs[name]["after"] != theirs[name]["before"])
        ),
    }


def label(posting: Posting, name: str) -> str:
    """What the form calls a field."""
    if name in LABELS:
        return str(LABELS[name])
    field = posting.kind_of.by_name.get(name.removeprefix("details."))
    return str(Bilingual(field.zh, field.en)) if field else name
