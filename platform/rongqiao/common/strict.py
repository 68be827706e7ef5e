"""A serializer that says so when it is given a field it does not know."""

from typing import Any

from rest_framework import serializers


class StrictSerializer(serializers.BaseSerializer):  # type: ignore[type-arg]
    """Mix in first: an unknown field is an error that names it (a mistyped name must not be lost)."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))  # type: ignore[attr-defined]
            if unknown:
                detail = [serializers.ErrorDetail("", code="unknown_field")]
                raise serializers.ValidationError({name: detail for name in unknown})
        return super().to_internal_value(data)
