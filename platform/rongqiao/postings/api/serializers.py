"""Postings as JSON: to their owner whole, to others what the kind and its secrecy show."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rongqiao.common.language import Bilingual
from rongqiao.common.strict import StrictSerializer
from rongqiao.parties.models import Person

from .. import life_cycle, selectors
from ..cleaning import region_of
from ..content import public_title
from ..kind import Kind
from ..models import Posting

PRIVATE = ("contact_name", "contact_phone", "contact_email")


class PostingSerializer(serializers.Serializer[Posting]):
    """A posting as its reader may see it. `details` holds the fields that its kind lists at /api/v1/kinds."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)
    kind_label = serializers.CharField(read_only=True)
    side = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    description = serializers.CharField(read_only=True)
    details = serializers.DictField(read_only=True)
    computed = serializers.DictField(child=serializers.CharField(), read_only=True)
    region_code = serializers.CharField(read_only=True)
    region = serializers.CharField(read_only=True)
    organisation = serializers.IntegerField(read_only=True)
    organisation_name = serializers.CharField(read_only=True)
    unit = serializers.IntegerField(read_only=True, allow_null=True)
    status = serializers.CharField(read_only=True)
    status_label = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True, allow_null=True)
    confirmed_on = serializers.DateField(read_only=True, allow_null=True)
    expires_on = serializers.DateField(read_only=True, allow_null=True)
    hidden = serializers.ListField(child=serializers.CharField(), read_only=True)
    steps = serializers.ListField(child=serializers.DictField(), read_only=True, required=False)

    def to_representation(self, posting: Posting) -> dict[str, Any]:
        person = _reader(self.context)
        whole = selectors.sees_all(person, posting)
        shown = base_of(posting, whole)
        if whole and person is not None:
            parts = selectors.parts_played(person, posting)
            shown |= {name: getattr(posting, name) for name in PRIVATE}
            shown["steps"] = [
                {"code": step.code, "label": str(Bilingual(step.zh, step.en))}
                for step in life_cycle.possible(posting.status, parts)
            ]
        return shown


def base_of(posting: Posting, owner: bool) -> dict[str, Any]:
    """What a posting shows: everything to its owner, the visible fields to others."""
    kind = posting.kind_of
    visible = kind.visible(posting.details)
    details = posting.details if owner else _only(visible, posting.details)
    state = life_cycle.STATES[posting.status]
    return {
        "id": posting.pk,
        "kind": posting.kind,
        "kind_label": str(Bilingual(kind.zh, kind.en)),
        "side": kind.side,
        "title": posting.title if owner else public_title(kind, posting.title, posting.details),
        "description": posting.description if owner or "description" in visible else "",
        "details": details,
        "computed": kind.computed(details),
        "region_code": posting.region_code,
        "region": region_of(posting.region_code),
        "organisation": posting.organisation_id,
        "organisation_name": posting.organisation.name,
        "unit": posting.unit_id,
        "status": posting.status,
        "status_label": str(Bilingual(state.zh, state.en)),
        "version": posting.version,
        "published_at": posting.published_at,
        "confirmed_on": posting.confirmed_on,
        "expires_on": posting.expires_on,
        "hidden": [] if owner else sorted(name for name in posting.details if name not in visible),
    }


def _only(visible: frozenset[str], details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if name in visible}


def _reader(context: Mapping[str, Any]) -> Person | None:
    user = context["request"].user
    return user if isinstance(user, Person) else None


@extend_schema_field(OpenApiTypes.OBJECT)
class AnythingField(serializers.Field[Any, Any, Any, Any]):
    """A value that the kind's own field types check."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class DraftSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A draft as a form sends it. Base fields and details are checked by the kind."""

    kind = serializers.CharField(max_length=40)
    organisation = serializers.IntegerField(required=False, min_value=1)
    unit = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    title = AnythingField(required=False)
    description = AnythingField(required=False)
    region_code = AnythingField(required=False)
    contact_name = AnythingField(required=False)
    contact_phone = AnythingField(required=False)
    contact_email = AnythingField(required=False)
    details = AnythingField(required=False, default=dict)


class EditSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A change of a posting since `version`."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    unit = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    title = AnythingField(required=False)
    description = AnythingField(required=False)
    region_code = AnythingField(required=False)
    contact_name = AnythingField(required=False)
    contact_phone = AnythingField(required=False)
    contact_email = AnythingField(required=False)
    details = AnythingField(required=False)


class StepSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A step of the life cycle, taken on the version one saw."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class FieldSerializer(serializers.Serializer[Any]):
    """A field of a kind, for forms."""

    def to_representation(self, kind_field: Any) -> dict[str, Any]:
        return {
            "name": kind_field.name,
            "label": str(Bilingual(kind_field.zh, kind_field.en)),
            "required": kind_field.required,
            "private": kind_field.private,
            "unit": kind_field.unit,
            "help": str(kind_field.help),
            **kind_field.type.describe(),
        }


class KindSerializer(serializers.Serializer[Kind]):
    """A kind of posting: who may post it, what it pairs with, its fields."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    side = serializers.CharField()
    parties = serializers.ListField(child=serializers.CharField())
    shelf_life_days = serializers.IntegerField()
    fields = serializers.ListField(child=serializers.DictField())  # type: ignore[assignment]

    def to_representation(self, kind: Kind) -> dict[str, Any]:
        return {
            "code": kind.code,
            "label": str(Bilingual(kind.zh, kind.en)),
            "side": kind.side,
            "parties": sorted(kind.parties),
            "shelf_life_days": kind.shelf_life_days,
            "fields": FieldSerializer(kind.fields, many=True).data,
        }
