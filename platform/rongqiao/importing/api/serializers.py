"""Imports as JSON."""

from typing import Any

from rest_framework import serializers

from rongqiao.common.language import Bilingual
from rongqiao.common.strict import StrictSerializer

from .. import selectors
from ..faults import fault
from ..mapping import Proposal
from ..models import Batch, Doubtful, RowError, State
from ..rows import hint_words
from ..targets import Target

STATE_LABELS = {
    State.UPLOADED: Bilingual("已上传", "Uploaded"),
    State.MAPPED: Bilingual("已对应列", "Columns mapped"),
    State.RUNNING: Bilingual("导入中", "Running"),
    State.DONE: Bilingual("已完成", "Done"),
    State.CANCELLED: Bilingual("已取消", "Cancelled"),
    State.UNDOING: Bilingual("撤销中", "Undoing"),
    State.UNDONE: Bilingual("已撤销", "Undone"),
    State.FAILED: Bilingual("失败", "Failed"),
}


class BatchSerializer(serializers.ModelSerializer[Batch]):
    """A batch with its progress: `done` of `total` rows, and what became of them."""

    state_label = serializers.SerializerMethodField()
    organisation_name = serializers.SerializerMethodField()
    source = serializers.CharField(source="label", read_only=True)  # type: ignore[assignment]
    unmapped = serializers.SerializerMethodField()
    notes = serializers.DictField(read_only=True)
    mapping = serializers.DictField(child=serializers.CharField(), read_only=True)
    header = serializers.ListField(child=serializers.CharField(), read_only=True)
    failure = serializers.SerializerMethodField()

    class Meta:
        model = Batch
        fields = [
            "id", "kind", "organisation", "organisation_name", "file_name", "source", "state", "state_label",
            "header", "mapping", "unmapped", "doubtful", "notes", "total", "done", "new", "updated",
            "unchanged", "refused", "warnings", "taken_back", "cancel_asked", "failure", "created_at",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_state_label(self, batch: Batch) -> str:
        return str(STATE_LABELS[State(batch.state)])

    def get_organisation_name(self, batch: Batch) -> str:
        return batch.organisation.name if batch.organisation else ""

    def get_unmapped(self, batch: Batch) -> list[str]:
        return selectors.unmapped(batch)

    def get_failure(self, batch: Batch) -> dict[str, str] | None:
        return fault(batch.failure).as_json() if batch.failure else None


class ProposedBatchSerializer(BatchSerializer):
    """A batch with what its columns seem to be, and all they can be: enough to draw the mapping form."""

    columns = serializers.SerializerMethodField()
    targets = serializers.SerializerMethodField()

    class Meta(BatchSerializer.Meta):
        fields = [*BatchSerializer.Meta.fields, "columns", "targets"]
        read_only_fields = fields

    def get_columns(self, batch: Batch) -> list[dict[str, Any]]:
        return [proposal_json(each) for each in selectors.proposals_of(batch)]

    def get_targets(self, batch: Batch) -> list[dict[str, Any]]:
        given = selectors.given_for(batch)
        return [target_json(each, given) for each in selectors.targets_of(batch).values()]


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """A column: what it seems to be, how sure, what else it may be, its first values."""
    return {
        "column": proposal.column,
        "target": proposal.target,
        "exact": proposal.exact,
        "asked": proposal.asked,
        "fit": proposal.fit,
        "suggestions": [{"target": each.target, "score": each.score} for each in proposal.suggestions],
        "samples": list(proposal.samples),
    }


def target_json(target: Target, given: frozenset[str]) -> dict[str, Any]:
    """A field that a column can be."""
    return {
        "name": target.name,
        "label": str(target.label),
        "required": target.required and target.name not in given,
    }


class UploadSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A table to bring in. `source` names where it comes from: importing the same source again updates."""

    file = serializers.FileField(max_length=200)
    kind = serializers.CharField(max_length=40)
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]
    organisation = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class MappingSerializer(StrictSerializer, serializers.Serializer[Any]):
    """Column → field ("" leaves it out), and what to do with doubtful cells."""

    mapping = serializers.DictField(child=serializers.CharField(max_length=80, allow_blank=True))
    doubtful = serializers.ChoiceField(choices=Doubtful.choices, default=Doubtful.REFUSE_ROW)


class RowErrorSerializer(serializers.Serializer[RowError]):
    """What was wrong: row, column, the value as it stood, and in the reader's language fault and remedy."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    target = serializers.CharField()
    value = serializers.CharField()
    code = serializers.CharField()
    refused = serializers.BooleanField()
    fault = serializers.CharField()
    remedy = serializers.CharField()

    def to_representation(self, error: RowError) -> dict[str, Any]:
        words = fault(error.code, value=error.value, hint=hint_words(error.hint))
        return {
            "row": error.row, "column": error.column, "target": error.target, "value": error.value,
            "code": error.code, "refused": error.refused, "fault": str(words.fault),
            "remedy": str(words.remedy),
        }  # fmt: skip
