"""Code entries as JSON."""

from rest_framework import serializers

from ..models import CodeEntry


class CodeSerializer(serializers.ModelSerializer[CodeEntry]):
    """One code: `path` names what lies above it; `valid_until` and `replaced_by` are "" while it is in
    force."""

    class Meta:
        model = CodeEntry
        fields = [
            "code", "name", "english", "level", "parent", "path", "valid_from", "valid_until", "replaced_by",
            "lat", "lng",
        ]  # fmt: skip


class SummarySerializer(serializers.Serializer[object]):
    """One table: how many codes are in force and how many are kept for their meaning only."""

    system = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    edition = serializers.CharField()
    count = serializers.IntegerField()
    retired = serializers.IntegerField()
