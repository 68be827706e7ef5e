"""Pairings as JSON: scores, band, reasons in the reader's language; the bill for who wants to recompute."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from matching.confidence import confidence
from matching.printing import CONFIDENCE
from matching.rendering import render
from rongqiao.common.language import Bilingual, speaks_english
from rongqiao.common.strict import StrictSerializer
from rongqiao.postings.api.serializers import AnythingField, base_of

from .. import lessons
from ..models import Pairing


def sentences(bill: Mapping[str, Any]) -> dict[str, Any]:
    """What a bill says in the reader's language."""
    said = render(bill, "en" if speaks_english() else "zh")
    return {
        "band_label": said.band,
        "reasons": said.reasons,
        "gaps": said.gaps,
        "unknown": said.unknown,
        "what_would_help": said.counterfactuals,
        "data_coverage": bill["data_coverage"],
    }


class PreviewedPairingSerializer(serializers.Serializer[Any]):
    """A pairing of a draft; `other` is the posting across, with its public fields."""

    forward = serializers.FloatField()
    reverse = serializers.FloatField()
    mutual = serializers.FloatField()
    band = serializers.CharField()
    band_label = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    gaps = serializers.ListField(child=serializers.CharField())
    unknown = serializers.ListField(child=serializers.CharField())
    what_would_help = serializers.ListField(child=serializers.CharField())
    data_coverage = serializers.FloatField()
    other = serializers.DictField()


class PairingSerializer(PreviewedPairingSerializer):
    """A stored pairing seen from one side (`context["side"]`)."""

    id = serializers.IntegerField()
    rank = serializers.IntegerField()
    need = serializers.IntegerField()
    offer = serializers.IntegerField()
    run = serializers.DictField()
    priority = serializers.BooleanField()
    lowered_because = serializers.ListField(child=serializers.CharField())

    def to_representation(self, pairing: Pairing) -> dict[str, Any]:
        side = self.context["side"]
        other = pairing.offer if side == "need" else pairing.need
        assert pairing.bill is not None
        return {
            "id": pairing.pk,
            "need": pairing.need_id,
            "offer": pairing.offer_id,
            **scores_of(pairing),
            **sentences(pairing.bill),
            "other": base_of(other, owner=False),
            "run": run_of(pairing),
            "priority": getattr(pairing, "priority", False),
            "lowered_because": lessons.said(self.context.get("lessons") or lessons.Lessons(), other),
        }


def scores_of(pairing: Any) -> dict[str, Any]:
    """The two directional scores, the mutual one and its band."""
    return {name: getattr(pairing, name) for name in ("forward", "reverse", "mutual", "band")}


def run_of(pairing: Pairing) -> dict[str, Any]:
    """Under which versions and when it was scored."""
    run = pairing.run
    return {
        "algorithm": run.algorithm,
        "weights_version": run.weights_version,
        "statistics_version": run.statistics_version,
        "index_version": run.index_version,
        "snapshot_at": run.snapshot_at,
    }


class OwnPairingSerializer(PairingSerializer):
    """A pairing in a list of all that one posts: `own` is which of one's own it is."""

    own = serializers.DictField()

    def to_representation(self, pairing: Pairing) -> dict[str, Any]:
        own = pairing.need if self.context["side"] == "need" else pairing.offer
        kind = own.kind_of
        named = {
            "id": own.pk,
            "title": own.title,
            "kind": own.kind,
            "kind_label": str(Bilingual(kind.zh, kind.en)),
            "unit": own.unit_id,
            "unit_name": own.unit.name if own.unit else "",
        }
        return {**super().to_representation(pairing), "own": named}


class ConfidenceSerializer(serializers.Serializer[Any]):
    """How sure the mutual score is (可信度): where it could lie once everything unknown were told."""

    code = serializers.ChoiceField(choices=list(CONFIDENCE))
    label = serializers.CharField()  # type: ignore[assignment]
    low = serializers.FloatField(min_value=0, max_value=1)
    high = serializers.FloatField(min_value=0, max_value=1)


class BillSerializer(PairingSerializer):
    """One pairing with its whole bill: every term, weight, value and input (可核查的匹配账单)."""

    confidence = ConfidenceSerializer()
    bill = serializers.DictField(read_only=True)

    def to_representation(self, pairing: Pairing) -> dict[str, Any]:
        assert pairing.bill is not None
        sure = confidence(pairing.bill)
        told = {
            "code": sure.code,
            "label": CONFIDENCE[sure.code]["en" if speaks_english() else "zh"],
            "low": sure.low,
            "high": sure.high,
        }
        return {**super().to_representation(pairing), "confidence": told, "bill": pairing.bill}


class PreviewSerializer(StrictSerializer, serializers.Serializer[Any]):
    """An unsaved draft: a kind and a title are enough."""

    kind = serializers.CharField(max_length=40)
    title = AnythingField()
    description = AnythingField(required=False)
    region_code = AnythingField(required=False)
    details = AnythingField(required=False, default=dict)
    organisation = serializers.IntegerField(required=False, min_value=1)


class PreviewedSerializer(serializers.Serializer[Any]):
    """The draft's pairings, and the fields that could not be read."""

    results = PreviewedPairingSerializer(many=True)
    faults = serializers.ListField(child=serializers.DictField())
    note = serializers.CharField()
