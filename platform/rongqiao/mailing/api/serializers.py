"""Notices and letters as JSON. A letter's body is in neither."""

from typing import Any

from rest_framework import serializers

from .. import registry
from ..models import Letter, Notice


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """What was said to the person who is signed in."""

    lines = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Notice
        fields = ["id", "kind", "title", "lines", "url", "created_at", "read_at"]


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """What operators may know of a letter: to whom, when, what the mail server said; not what it says."""

    kind_label = serializers.SerializerMethodField()
    state_label = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Letter
        fields = [
            "id", "uuid", "kind", "kind_label", "to", "subject", "person", "organisation", "state", "state_label",
            "reason", "answer", "attempts", "created_at", "due_at", "sent_at",
        ]  # fmt: skip

    def get_kind_label(self, letter: Letter) -> str:
        kind = registry.get(letter.kind)
        return str(kind.label) if kind else letter.kind


class ReadSerializer(serializers.Serializer[Any]):
    """How many notices were marked as read."""

    read = serializers.IntegerField()
