"""Organisations as JSON. Contacts are in the form of one's own organisation only."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rongqiao.codes import checks as codes
from rongqiao.common.strict import StrictSerializer

from ...models import EnterpriseProfile, InstitutionProfile, Organisation, Unit
from ...vocabulary import SCHOOLS
from .trust import FlagSerializer, TagSerializer


class EnterpriseSerializer(StrictSerializer, serializers.ModelSerializer[EnterpriseProfile]):
    chain_nodes = serializers.ListField(child=serializers.CharField(max_length=60), max_length=20, required=False)

    class Meta:
        model = EnterpriseProfile
        exclude = ["organisation"]

    def validate_industry_code(self, value: str) -> str:
        return codes.checked("industry", value)


class InstitutionSerializer(StrictSerializer, serializers.ModelSerializer[InstitutionProfile]):
    class Meta:
        model = InstitutionProfile
        exclude = ["organisation"]


class PublicOrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """What everybody may see of an organisation."""

    party_type_label = serializers.CharField(source="get_party_type_display", read_only=True)
    verify_status_label = serializers.CharField(source="get_verify_status_display", read_only=True)
    region = serializers.SerializerMethodField()
    priority_tags = serializers.SerializerMethodField()
    credit_flags = serializers.SerializerMethodField()
    profile = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields = [
            "id", "name", "party_type", "party_type_label", "region_code", "region", "introduction",
            "verify_status", "verify_status_label", "verified_at", "claimable", "last_confirmed_at", "priority_tags",
            "credit_flags", "profile",
        ]  # fmt: skip

    def get_region(self, organisation: Organisation) -> str:
        return codes.region_path(organisation.region_code)

    @extend_schema_field(TagSerializer(many=True))
    def get_priority_tags(self, organisation: Organisation) -> Any:
        if self.get_credit_flags(organisation):
            return []
        return TagSerializer([tag for tag in organisation.priority_tags.all() if tag.in_force], many=True).data

    @extend_schema_field(FlagSerializer(many=True))
    def get_credit_flags(self, organisation: Organisation) -> Any:
        return FlagSerializer([flag for flag in organisation.credit_flags.all() if flag.stands], many=True).data

    def get_profile(self, organisation: Organisation) -> dict[str, Any] | None:
        return profile_of(organisation)


class OwnOrganisationSerializer(StrictSerializer, PublicOrganisationSerializer):
    """One's own organisation, to read and to change."""

    profile = serializers.DictField(required=False)  # type: ignore[assignment]
    trusted = serializers.SerializerMethodField()
    steward = serializers.SerializerMethodField()

    class Meta(PublicOrganisationSerializer.Meta):
        fields = [
            *PublicOrganisationSerializer.Meta.fields,
            "uscc", "address", "latitude", "longitude",
            "contact_name", "contact_phone", "contact_email", "recommendations_on", "trusted", "steward",
        ]  # fmt: skip
        read_only_fields = ["verify_status", "verified_at", "claimable", "last_confirmed_at", "recommendations_on"]
        extra_kwargs = {
            "uscc": {"validators": [], "required": False, "max_length": 40},
            "introduction": {"max_length": 5_000},
            "latitude": {"min_value": -90, "max_value": 90},
            "longitude": {"min_value": -180, "max_value": 180},
        }

    def get_trusted(self, organisation: Organisation) -> bool:
        return organisation.trusted_at is not None

    def get_steward(self, organisation: Organisation) -> str:
        named = organisation.memberships.filter(is_steward=True, is_active=True).select_related("person").first()
        return str(named.person) if named else ""

    def validate_region_code(self, value: str) -> str:
        return codes.checked("region", value)

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        given = attributes.pop("profile", {})
        party_type = attributes.get("party_type") or getattr(self.instance, "party_type", "")
        attributes["profile"] = self._checked_profile(str(party_type), given)
        return attributes

    def _checked_profile(self, party_type: str, given: dict[str, Any]) -> dict[str, Any]:
        serializer: Any
        if party_type in SCHOOLS:
            serializer = InstitutionSerializer(data=given)
        elif party_type == "enterprise":
            serializer = EnterpriseSerializer(data=given)
        elif given:
            raise serializers.ValidationError({"profile": serializers.ErrorDetail("", code="unknown_field")})
        else:
            return {}
        if not serializer.is_valid():
            raise serializers.ValidationError({"profile": serializer.errors})
        return dict(serializer.validated_data)

    def to_representation(self, organisation: Organisation) -> dict[str, Any]:
        shown = super().to_representation(organisation)
        shown["profile"] = profile_of(organisation)
        return shown


def profile_of(organisation: Organisation) -> dict[str, Any] | None:
    """The enterprise's or institution's profile, None where there is none."""
    if organisation.party_type in SCHOOLS and hasattr(organisation, "institution"):
        return dict(InstitutionSerializer(organisation.institution).data)
    if organisation.party_type == "enterprise" and hasattr(organisation, "enterprise"):
        return dict(EnterpriseSerializer(organisation.enterprise).data)
    return None


class UnitSerializer(StrictSerializer, serializers.ModelSerializer[Unit]):
    unit_type_label = serializers.CharField(source="get_unit_type_display", read_only=True)
    partners = serializers.ListField(child=serializers.CharField(max_length=120), max_length=50, required=False)

    class Meta:
        model = Unit
        fields = ["id", "name", "unit_type", "unit_type_label", "partners"]


class SwitchSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A switch that is on or off."""

    on = serializers.BooleanField()
