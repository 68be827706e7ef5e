"""What opens when both have agreed: contacts, the confidentiality note, secret fields."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.capabilities import POST
from rongqiao.parties.api.people import person_of

from .. import selectors, services
from .serializers import SideChoiceSerializer

ORGANISATION = OpenApiParameter("organisation", int)


class ContactSerializer(serializers.Serializer[Any]):
    """Whom to speak to."""

    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    contact_email = serializers.CharField()


class ContactsSerializer(serializers.Serializer[Any]):
    """One's own contact as the other side sees it, and the other's."""

    own = ContactSerializer()
    other = ContactSerializer()


class NoteSerializer(serializers.Serializer[Any]):
    """The confidentiality note in force."""

    version = serializers.CharField()
    text = serializers.CharField()


class SecretSerializer(serializers.Serializer[Any]):
    """A secret field; `value` when it is the other's and unlocked."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unlocked_at = serializers.DateTimeField(allow_null=True)
    value = serializers.JSONField(allow_null=True)


class SecretsSerializer(serializers.Serializer[Any]):
    """The note, who has accepted it, and the secret fields of both."""

    note = NoteSerializer()
    accepted_at = serializers.DateTimeField(allow_null=True)
    their_acceptance = serializers.DateTimeField(allow_null=True)
    own = SecretSerializer(many=True)
    other = SecretSerializer(many=True)


class AcceptanceSerializer(SideChoiceSerializer):
    """The version of the note that one has read."""

    version = serializers.CharField(max_length=20)


class UnlockSerializer(SideChoiceSerializer):
    """The fields to open, by name."""

    fields_to_open = serializers.ListField(child=serializers.CharField(max_length=40), max_length=60)


class Contacts(APIView):
    """Contacts of both sides. Each look is kept where the other side can see it."""

    access = POST

    @extend_schema(parameters=[ORGANISATION], responses=ContactsSerializer)
    def get(self, request: Request, introduction_id: int) -> Response:
        return Response(services.see_contacts(**asked(request, introduction_id)))


class Secrets(APIView):
    """Secret fields: what is unlocked, and unlocking one's own."""

    access = POST

    @extend_schema(parameters=[ORGANISATION], responses=SecretsSerializer)
    def get(self, request: Request, introduction_id: int) -> Response:
        return Response(services.read_secrets(**asked(request, introduction_id)))

    @extend_schema(request=UnlockSerializer, responses=SecretsSerializer)
    def post(self, request: Request, introduction_id: int) -> Response:
        about, words = given(UnlockSerializer, request, introduction_id)
        services.unlock(**about, fields=words["fields_to_open"])
        return Response(services.read_secrets(**about))


class ConfidentialityNote(APIView):
    """Accept the note for one's side."""

    access = POST

    @extend_schema(request=AcceptanceSerializer, responses=SecretsSerializer)
    def post(self, request: Request, introduction_id: int) -> Response:
        about, words = given(AcceptanceSerializer, request, introduction_id)
        services.accept_note(**about, version=words["version"])
        return Response(services.read_secrets(**about))


def asked(request: Request, introduction_id: int) -> dict[str, Any]:
    """Who asks about which introduction, for whom."""
    params.refuse_unknown(request, "organisation")
    person = person_of(request)
    selectors.one_for(person, introduction_id)
    organisation = params.integer(request, "organisation", 0, 1, 999_999_999) or None
    return {"person": person, "introduction_id": introduction_id, "organisation_id": organisation}


def given(serializer_class: Any, request: Request, introduction_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """As `asked`, with the organisation from the body, and the rest of the body."""
    person = person_of(request)
    selectors.one_for(person, introduction_id)
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    words = dict(serializer.validated_data)
    organisation = words.pop("organisation", None)
    return {"person": person, "introduction_id": introduction_id, "organisation_id": organisation}, words
