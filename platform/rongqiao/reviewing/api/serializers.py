"""The queue as JSON."""

from typing import Any

from rest_framework import serializers

from rongqiao.common.language import Bilingual
from rongqiao.common.strict import StrictSerializer
from rongqiao.parties.vocabulary import VERIFIED, VerifyStatus
from rongqiao.postings import kinds

from ..models import Case
from ..services import MOST_AT_ONCE, words_of


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A row of the queue."""

    occasion_label = serializers.CharField(source="get_occasion_display", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)
    verify_status = serializers.CharField(source="organisation.verify_status", read_only=True)
    decided_by = serializers.CharField(source="decided_by.name", default="", read_only=True)
    reason_words = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    kind = serializers.SerializerMethodField()
    own = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id", "occasion", "occasion_label", "state", "state_label", "subject_type", "subject_id", "title", "kind",
            "organisation", "organisation_name", "verify_status", "opened_at", "decided_at", "decided_by", "reasons",
            "reason_words", "remark", "own",
        ]  # fmt: skip

    def get_reason_words(self, case: Case) -> list[str]:
        return words_of(case.reasons)

    def get_title(self, case: Case) -> str:
        subject = self.context["subjects"].get((case.subject_type, case.subject_id))
        return str(getattr(subject, "title", "") or case.organisation.name)

    def get_kind(self, case: Case) -> str:
        subject = self.context["subjects"].get((case.subject_type, case.subject_id))
        kind = kinds.get(getattr(subject, "kind", ""))
        return str(Bilingual(kind.zh, kind.en)) if kind else ""

    def get_own(self, case: Case) -> bool:
        return case.organisation_id in self.context["request"].user.organisation_ids()


class WholeCaseSerializer(CaseSerializer):
    """One case with all that a decision needs."""

    subject = serializers.DictField(read_only=True)
    organisation_record = serializers.DictField(read_only=True)
    evidence = serializers.ListField(child=serializers.DictField(), read_only=True)
    remarks = serializers.ListField(child=serializers.DictField(), read_only=True)
    alike = serializers.ListField(child=serializers.DictField(), read_only=True)
    history = CaseSerializer(many=True, read_only=True)

    class Meta(CaseSerializer.Meta):
        fields = [
            *CaseSerializer.Meta.fields, "subject", "organisation_record", "evidence", "remarks", "alike", "history",
        ]  # fmt: skip

    def to_representation(self, case: Case) -> dict[str, Any]:
        names = ("subject", "organisation_record", "evidence", "remarks", "alike")
        row = CaseSerializer(case, context=self.context).data
        history = CaseSerializer(self.context["history"], many=True, context=self.context).data
        return {**row, **{name: self.context[name] for name in names}, "history": history}


class ChosenSerializer(StrictSerializer, serializers.Serializer[Any]):
    """The cases that are decided on together."""

    cases = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=MOST_AT_ONCE)
    remark = serializers.CharField(max_length=1_000, required=False, allow_blank=True, default="")


class ApprovalSerializer(ChosenSerializer):
    """Yes, with the verification that an application gets, and perhaps with trust."""

    status = serializers.ChoiceField(
        choices=[(code, VerifyStatus(code).label) for code in sorted(VERIFIED)], default=VerifyStatus.DOCUMENTS
    )
    trust = serializers.BooleanField(default=False)
    versions = serializers.DictField(
        child=serializers.IntegerField(min_value=1), required=False, default=dict,
        help_text="case → version of its posting as it was read; an edited one is not approved unread",
    )  # fmt: skip

    def validate_versions(self, versions: dict[str, int]) -> dict[int, int]:
        """By case number."""
        if not all(case.isascii() and case.isdigit() and len(case) < 19 for case in versions):
            raise serializers.ValidationError(code="invalid")
        return {int(case): version for case, version in versions.items()}


class DeclineSerializer(ChosenSerializer):
    """No, and why."""

    reasons = serializers.ListField(child=serializers.CharField(max_length=24), max_length=10)


class OutcomeSerializer(serializers.Serializer[Any]):
    """What became of each case."""

    case = serializers.IntegerField(source="case_id")
    done = serializers.BooleanField()
    faults = serializers.SerializerMethodField()

    def get_faults(self, outcome: Any) -> list[dict[str, str]]:
        return [fault.as_json() for fault in outcome.faults]


class ReasonSerializer(serializers.Serializer[Any]):
    """A reason that may be given."""

    code = serializers.CharField()
    words = serializers.CharField()
    of = serializers.ListField(child=serializers.CharField())


class QueueSerializer(serializers.Serializer[Any]):
    """How much waits, and how much was declined."""

    occasion = serializers.CharField()
    waiting = serializers.IntegerField()
    oldest = serializers.DateTimeField(allow_null=True)
    decided = serializers.IntegerField()
    declined = serializers.IntegerField()
