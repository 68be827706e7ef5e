"""Why an organisation may be believed, as JSON."""

from typing import Any

from rest_framework import serializers

from rongqiao.common.strict import StrictSerializer

from ...models import Application, CreditFlag, PriorityTag
from ...vocabulary import VerifyStatus


class ApplicationSerializer(StrictSerializer, serializers.ModelSerializer[Application]):
    """What was handed in, and the answer."""

    purpose_label = serializers.CharField(source="get_purpose_display", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    person_name = serializers.CharField(source="person.name", default="", read_only=True)
    evidence = serializers.ListField(child=serializers.UUIDField(), max_length=10)

    class Meta:
        model = Application
        fields = [
            "id", "organisation", "person_name", "purpose", "purpose_label", "uscc", "note", "evidence", "state", "state_label",
            "created_at", "decided_at", "reasons", "remark",
        ]  # fmt: skip
        read_only_fields = ["organisation", "state", "decided_at", "reasons", "remark"]
        extra_kwargs = {"uscc": {"max_length": 40}, "note": {"max_length": 1_000}}


class TagSerializer(StrictSerializer, serializers.ModelSerializer[PriorityTag]):
    """A priority tag with its proof and the date until which it counts."""

    label = serializers.CharField(source="get_kind_display", read_only=True)  # type: ignore[assignment]

    class Meta:
        model = PriorityTag
        fields = ["id", "kind", "label", "proof", "expires_on"]


class FlagSerializer(StrictSerializer, serializers.ModelSerializer[CreditFlag]):
    """A standing entry of the credit record, with its source and date."""

    label = serializers.CharField(source="get_kind_display", read_only=True)  # type: ignore[assignment]

    class Meta:
        model = CreditFlag
        fields = ["id", "kind", "label", "source", "dated", "note"]


class ClearingSerializer(StrictSerializer, serializers.Serializer[Any]):
    """Why an entry no longer stands."""

    reason = serializers.CharField(max_length=300)


class VerificationSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A verification state, and why."""

    status = serializers.ChoiceField(choices=VerifyStatus.choices)
    reason = serializers.CharField(max_length=300)
