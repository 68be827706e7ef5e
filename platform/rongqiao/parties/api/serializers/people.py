"""People as JSON: oneself, the members of one's organisation, invitations, sign-ins."""

from typing import Any

from rest_framework import serializers

from rongqiao.common.strict import StrictSerializer

from ...models import Invitation, Membership, Person, SignIn
from ...models.people import LANGUAGES
from ...roles import Role


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)
    party_type = serializers.CharField(source="organisation.party_type", read_only=True)
    role_label = serializers.CharField(source="get_role_display", read_only=True)
    capabilities = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = [
            "organisation", "organisation_name", "party_type", "role", "role_label", "is_steward", "capabilities",
        ]  # fmt: skip

    def get_capabilities(self, membership: Membership) -> list[str]:
        return sorted(membership.capabilities)


class MeSerializer(serializers.Serializer[Any]):
    """Who is signed in."""

    email = serializers.EmailField()
    name = serializers.CharField()
    memberships = MembershipSerializer(many=True)
    language = serializers.CharField()
    current = serializers.IntegerField(allow_null=True)
    consent_due = serializers.CharField(allow_blank=True)
    second_factor = serializers.BooleanField()


class SelfSerializer(StrictSerializer, serializers.ModelSerializer[Person]):
    """What one may change of oneself."""

    language = serializers.ChoiceField(choices=LANGUAGES, required=False)

    class Meta:
        model = Person
        fields = ["name", "language"]
        extra_kwargs = {"name": {"max_length": 60, "required": False}}


class CurrentSerializer(StrictSerializer, serializers.Serializer[Any]):
    """The organisation one acts for by default."""

    organisation = serializers.IntegerField(min_value=1)


class ConsentSerializer(StrictSerializer, serializers.Serializer[Any]):
    """Agreeing to a version of the privacy notice."""

    version = serializers.CharField(max_length=20)


class PrivacyNoticeSerializer(serializers.Serializer[Any]):
    """The privacy notice in force, in the reader's language."""

    document = serializers.CharField(source="code")
    version = serializers.CharField()
    in_force = serializers.DateField()
    text = serializers.CharField()


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member, to those who manage the organisation."""

    person = serializers.IntegerField(source="person_id", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True)
    unit_name = serializers.CharField(source="unit.name", default="", read_only=True)
    role_label = serializers.CharField(source="get_role_display", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "person", "name", "email", "role", "role_label", "unit", "unit_name", "is_steward", "created_at"]


class MemberChangeSerializer(StrictSerializer, serializers.Serializer[Any]):
    """Another role, or being the data steward."""

    role = serializers.CharField(max_length=24, required=False)
    is_steward = serializers.BooleanField(required=False)

    def validate_is_steward(self, value: bool) -> bool:
        if not value:
            raise serializers.ValidationError(serializers.ErrorDetail("", code="name_another_steward"))
        return value


class InviteSerializer(StrictSerializer, serializers.Serializer[Any]):
    """Whom to invite, as what."""

    email = serializers.EmailField(max_length=254)
    role = serializers.CharField(max_length=24)
    unit = serializers.IntegerField(min_value=1, required=False, allow_null=True)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation; its link is in the letter and nowhere else."""

    role_label = serializers.CharField(source="get_role_display", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    invited_by = serializers.StringRelatedField[Person](read_only=True)

    class Meta:
        model = Invitation
        fields = [
            "id", "email", "role", "role_label", "unit", "invited_by", "state", "state_label", "created_at", "expires_at",
        ]  # fmt: skip


class RoleSerializer(serializers.Serializer[Role]):
    """A role that may be given here."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    capabilities = serializers.ListField(child=serializers.CharField())


class SignInSerializer(serializers.ModelSerializer[SignIn]):
    """One attempt to sign in to one's account."""

    outcome_label = serializers.CharField(source="get_outcome_display", read_only=True)

    class Meta:
        model = SignIn
        fields = ["at", "outcome", "outcome_label", "address", "agent"]
