"""Audit entries as JSON."""

from typing import Any

from rest_framework import serializers

from ..models import Entry
from ..registry import label


class AuditEntrySerializer(serializers.Serializer[Entry]):
    """One entry: when, who, what, to which record, and what changed."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    action = serializers.CharField()
    action_label = serializers.CharField()
    person = serializers.IntegerField(allow_null=True)
    person_name = serializers.CharField()
    organisation = serializers.IntegerField(allow_null=True)
    organisation_name = serializers.CharField()
    subject_type = serializers.CharField()
    subject = serializers.IntegerField()
    changes = serializers.DictField()

    def to_representation(self, entry: Entry) -> dict[str, Any]:
        return {
            "id": entry.pk,
            "at": entry.at,
            "action": entry.action,
            "action_label": label(entry.action),
            "person": entry.person_id,
            "person_name": _person_of(entry),
            "organisation": entry.organisation_id,
            "organisation_name": _name_of(entry, "organisation"),
            "subject_type": entry.subject_type,
            "subject": entry.subject_id,
            "changes": entry.changes,
        }


def _person_of(entry: Entry) -> str:
    """The person's name. Who gave none is a number: their address is for those who know them."""
    person = entry._state.fields_cache.get("person")
    if not person:
        return ""
    return str(getattr(person, "name", "")) or f"#{entry.person_id}"


def _name_of(entry: Entry, field: str) -> str:
    """The name of what the entry points at; "" when it is gone (the list joins without a constraint)."""
    return str(getattr(entry, field)) if entry._state.fields_cache.get(field) else ""
