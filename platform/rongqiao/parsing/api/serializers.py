"""A text to be read, and what was read of it."""

from typing import Any

from rest_framework import serializers

from rongqiao.common.language import Bilingual
from rongqiao.common.strict import StrictSerializer
from rongqiao.postings.api.serializers import AnythingField

from ..form import Filled
from ..selectors import LONGEST, UNSURE_KIND, Parsed


class TextSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A pasted text; `kind` when the person has chosen one."""

    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    kind = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class SpanSerializer(serializers.Serializer[Any]):
    """A piece of the text: text[start:end], counted in characters (Unicode code points)."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()


class KindReadSerializer(serializers.Serializer[Any]):
    """The kind the text was read as."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    confidence = serializers.FloatField()
    ask = serializers.BooleanField()
    why = serializers.CharField()


class FilledSerializer(serializers.Serializer[Any]):
    """One field of the form: `value` as the form takes it, `words` for people, and where in the text it stands."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = AnythingField()
    words = serializers.CharField()
    spans = SpanSerializer(many=True)
    confidence = serializers.FloatField()
    ask = serializers.BooleanField()
    why = serializers.CharField()


class DraftReadSerializer(serializers.Serializer[Any]):
    """What POST /api/v1/postings takes, with what needs no asking."""

    kind = serializers.CharField()
    title = serializers.CharField(required=False)
    description = serializers.CharField(required=False)
    region_code = serializers.CharField(required=False)
    contact_name = serializers.CharField(required=False)
    contact_phone = serializers.CharField(required=False)
    contact_email = serializers.CharField(required=False)
    details = serializers.DictField()


class ParsedSerializer(serializers.Serializer[Parsed]):
    """A text as fields of a form. Fields with `ask` are not in the draft; `rest` are clauses nothing was read from."""

    kind = KindReadSerializer()
    fields = FilledSerializer(many=True)  # type: ignore[assignment]
    draft = DraftReadSerializer()
    rest = SpanSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())

    def to_representation(self, parsed: Parsed) -> dict[str, Any]:
        original = self.context["text"]
        return {
            "kind": {
                "value": parsed.kind.code,
                "label": str(Bilingual(parsed.kind.zh, parsed.kind.en)),
                "confidence": parsed.confidence,
                "ask": parsed.ask_kind,
                "why": str(UNSURE_KIND) if parsed.ask_kind else "",
            },
            "fields": [_filled(each, original) for each in parsed.form.filled],
            "draft": parsed.form.draft(),
            "rest": [_span(span, original) for span in parsed.rest],
            "notes": [str(note) for note in parsed.notes],
        }


def _filled(filled: Filled, original: str) -> dict[str, Any]:
    return {
        "field": filled.field,
        "label": str(filled.label),
        "value": filled.value,
        "words": filled.words,
        "spans": [_span(span, original) for span in filled.spans],
        "confidence": filled.confidence,
        "ask": filled.ask,
        "why": str(filled.why) if filled.ask and filled.why else "",
    }


def _span(span: tuple[int, int], original: str) -> dict[str, Any]:
    start, end = span
    return {"start": start, "end": end, "text": original[start:end]}
