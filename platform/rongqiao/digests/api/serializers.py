"""Digests and what people want of them, as JSON."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rongqiao.common.strict import StrictSerializer
from rongqiao.parties.models.people import LANGUAGES

from .. import selectors
from ..chats import CHATS
from ..kinds import KINDS, Subject
from ..models import Digest, Preference
from ..planning import Plan
from ..services import FEWEST, MOST
from ..timing import MINUTES, Rhythm
from ..vocabulary import REASONS


@extend_schema_field(OpenApiTypes.STR)
class MinuteField(serializers.TimeField):
    """A minute of the day, written 08:17."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **more)

    def to_internal_value(self, value: Any) -> Any:
        time = super().to_internal_value(value)
        return time.hour * 60 + time.minute

    def to_representation(self, value: Any) -> Any:
        return "{:02}:{:02}".format(*divmod(value % MINUTES, 60))


class SubjectSerializer(serializers.Serializer[Any]):
    """An organisation or a kept search, and how often it is told of."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    rhythm = serializers.CharField()


class GroupSerializer(serializers.Serializer[Any]):
    """A group chat that a digest is posted to; its robot's keys are shown to nobody."""

    chat = serializers.CharField()
    chat_label = serializers.SerializerMethodField()
    name = serializers.CharField()

    def get_chat_label(self, group: Any) -> str:
        return str(CHATS[group.chat].label)


class ConnectSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A group chat to post to: the robot's address as the chat shows it, and the secret it signs with, if any."""

    chat = serializers.ChoiceField(choices=[(code, chat.label.zh) for code, chat in CHATS.items()])
    name = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=300)
    secret = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class PreferenceSerializer(serializers.Serializer[Preference]):
    """What is set for one kind. `due_at` is when the next one is composed, null for never."""

    kind = serializers.CharField()
    kind_label = serializers.CharField()
    explanation = serializers.CharField()
    rhythm = serializers.CharField()
    time = serializers.CharField()
    weekday = serializers.IntegerField()
    language = serializers.CharField()
    most = serializers.IntegerField()
    subjects = SubjectSerializer(many=True)
    due_at = serializers.DateTimeField(allow_null=True)
    told_at = serializers.DateTimeField(allow_null=True)
    group = GroupSerializer(allow_null=True)

    def to_representation(self, preference: Preference) -> dict[str, Any]:
        kind = KINDS[preference.kind]
        subjects: list[Subject] = self.context["subjects"][preference.kind]
        return {
            "kind": kind.code,
            "kind_label": str(kind.label),
            "explanation": str(kind.explanation),
            "rhythm": preference.rhythm,
            "time": MinuteField().to_representation(preference.minute),
            "weekday": preference.weekday,
            "language": preference.language,
            "most": preference.most,
            "subjects": [
                {"id": each.pk, "name": each.name, "rhythm": preference.rhythm_of(each.pk)} for each in subjects
            ],
            "due_at": preference.due_at,
            "told_at": preference.told_at,
            "group": GroupSerializer(group).data if (group := selectors.group_of(preference)) else None,
        }


class WishSerializer(StrictSerializer, serializers.Serializer[Any]):
    """What may be changed; what is left out stays. `own` gives single subjects a rhythm of their own, by id."""

    rhythm = serializers.ChoiceField(choices=Rhythm.choices, required=False)
    time = MinuteField(required=False, source="minute")
    weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False)
    most = serializers.IntegerField(min_value=FEWEST, max_value=MOST, required=False)
    own = serializers.DictField(child=serializers.ChoiceField(choices=Rhythm.choices), required=False)


class LetterPreviewSerializer(serializers.Serializer[Any]):
    """What the letter would be now, whole and in its parts; without one, why nothing would be sent."""

    sends = serializers.BooleanField()
    reason = serializers.CharField()
    reason_label = serializers.CharField()
    subject = serializers.CharField()
    changes = serializers.CharField()
    sections = serializers.ListField(child=serializers.DictField())
    text = serializers.CharField()
    html = serializers.CharField()


class PlannedSerializer(serializers.Serializer[Any]):
    """For operators: what somebody would get if it were composed now, or why they get nothing."""

    preference = serializers.IntegerField()
    email = serializers.CharField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    sends = serializers.BooleanField()
    reason = serializers.CharField()
    reason_label = serializers.CharField()
    subject = serializers.CharField()
    told = serializers.IntegerField()

    def to_representation(self, planned: Plan) -> dict[str, Any]:
        preference, composed = planned
        return {
            "preference": preference.pk,
            "email": preference.person.email,
            "kind": preference.kind,
            "kind_label": str(KINDS[preference.kind].label),
            "due_at": preference.due_at,
            "sends": not composed.reason,
            "reason": composed.reason,
            "reason_label": str(REASONS[composed.reason]) if composed.reason else "",
            "subject": composed.subject,
            "told": composed.told,
        }


class DigestOutcomeSerializer(serializers.Serializer[Any]):
    """How many digests of the last seven days were sent, or not and why."""

    kind = serializers.CharField()
    outcome = serializers.CharField()
    reason = serializers.CharField()
    reason_label = serializers.SerializerMethodField()
    count = serializers.IntegerField()

    def get_reason_label(self, row: dict[str, Any]) -> str:
        return str(REASONS[row["reason"]]) if row["reason"] in REASONS else ""


class DigestSerializer(serializers.ModelSerializer[Digest]):
    """One that was sent."""

    kind_label = serializers.SerializerMethodField()

    class Meta:
        model = Digest
        fields = ["id", "kind", "kind_label", "subject", "language", "composed_at", "told"]

    def get_kind_label(self, digest: Digest) -> str:
        return str(KINDS[digest.kind].label) if digest.kind in KINDS else digest.kind


class WholeDigestSerializer(DigestSerializer):
    """The same with what it said."""

    changes = serializers.CharField()
    sections = serializers.ListField(child=serializers.DictField())

    class Meta(DigestSerializer.Meta):
        fields = [*DigestSerializer.Meta.fields, "changes", "sections"]

    def to_representation(self, digest: Digest) -> dict[str, Any]:
        said = {name: digest.body[name] for name in ("changes", "sections")}
        return {**DigestSerializer(digest).data, **said}
