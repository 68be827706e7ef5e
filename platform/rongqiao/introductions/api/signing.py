"""Terms, signatures, the printable record, and the check of a paper that carries its number."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem, from_code
from rongqiao.parties import selectors as parties
from rongqiao.parties.api.people import person_of

from .. import record, reputation, selectors, services
from ..vocabulary import Form, Item, Level, Mode, Participation
from .opened import given
from .serializers import SideChoiceSerializer


class SignatureSerializer(serializers.Serializer[Any]):
    """Who signed for a side."""

    side = serializers.CharField()
    organisation = serializers.CharField()
    signatory = serializers.CharField()
    position = serializers.CharField()
    signed_at = serializers.DateTimeField()


class CheckedSerializer(serializers.Serializer[Any]):
    """What a paper with this number should say."""

    number = serializers.CharField()
    url = serializers.CharField()
    level = serializers.CharField()
    level_label = serializers.CharField()
    form = serializers.CharField()
    form_label = serializers.CharField()
    signed = serializers.BooleanField()
    digest = serializers.CharField()
    signatures = SignatureSerializer(many=True)


class RecordSerializer(CheckedSerializer):
    """Everything that is printed."""

    title = serializers.CharField()
    summary = serializers.CharField()
    mode = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    participation = serializers.ListField(child=serializers.CharField())
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    places = serializers.IntegerField()
    brokers = serializers.ListField(child=serializers.DictField())
    need = serializers.IntegerField()
    offer = serializers.IntegerField()
    score = serializers.DictField()


class NameSerializer(SideChoiceSerializer):
    """Who signs for one's side."""

    signatory = serializers.CharField(max_length=60)
    position = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)


class TermsSerializer(NameSerializer):
    """What was agreed, in the policy's terms."""

    title = serializers.CharField(max_length=120)
    level = serializers.ChoiceField(choices=Level.choices)
    form = serializers.ChoiceField(choices=Form.choices)
    mode = serializers.ChoiceField(choices=Mode.choices, required=False, default="", allow_blank=True)
    items = serializers.ListField(child=serializers.ChoiceField(choices=Item.choices), max_length=7, required=False, default=list)
    participation = serializers.ListField(
        child=serializers.ChoiceField(choices=Participation.choices), max_length=5, required=False, default=list
    )
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)
    summary = serializers.CharField(max_length=4_000, required=False, default="", allow_blank=True)


class SigningSerializer(NameSerializer):
    """The number of the terms that one has read."""

    number = serializers.UUIDField()


class Terms(APIView):
    """Put down the terms, signed for one's own side."""

    access = POST

    @extend_schema(request=TermsSerializer, responses=RecordSerializer)
    def put(self, request: Request, introduction_id: int) -> Response:
        about, terms = given(TermsSerializer, request, introduction_id)
        name = {"signatory": terms.pop("signatory"), "position": terms.pop("position")}
        services.propose(**about, **name, terms=terms)
        return _record(introduction_id)


class Sign(APIView):
    """Sign the terms that the other side has put down."""

    access = POST

    @extend_schema(request=SigningSerializer, responses=RecordSerializer)
    def post(self, request: Request, introduction_id: int) -> Response:
        about, words = given(SigningSerializer, request, introduction_id)
        services.sign(**about, **{**words, "number": str(words["number"])})
        return _record(introduction_id)


class PrintableRecord(APIView):
    """The record, for the two."""

    access = POST

    @extend_schema(responses=RecordSerializer)
    def get(self, request: Request, introduction_id: int) -> Response:
        params.refuse_unknown(request)
        selectors.one_for(person_of(request), introduction_id)
        return _record(introduction_id)


class CheckRecord(APIView):
    """Whether a paper with this number is genuine: who signed which form when. Its number is the key."""

    access = PUBLIC

    @extend_schema(responses=CheckedSerializer)
    def get(self, request: Request, number: UUID) -> Response:
        params.refuse_unknown(request)
        return Response(record.checked(selectors.signed_record(number)))


class ReputationSerializer(serializers.Serializer[Any]):
    """How an organisation answers: the rate is (answered + 2) / (asked + 4) over 180 days."""

    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    expired = serializers.IntegerField()
    rate = serializers.FloatField()
    median_hours = serializers.FloatField(allow_null=True)
    paused = serializers.BooleanField()


class Responses(APIView):
    """How an organisation answers those who ask it."""

    access = PUBLIC

    @extend_schema(responses=ReputationSerializer)
    def get(self, request: Request, organisation_id: int) -> Response:
        params.refuse_unknown(request)
        parties.one_organisation(organisation_id)
        return Response(ReputationSerializer(reputation.reputation_of(organisation_id)).data)


def _record(introduction_id: int) -> Response:
    agreement = selectors.agreement_of(introduction_id)
    if agreement is None:
        raise Problem(from_code("not_signed"), status=409)
    return Response(record.record_of(agreement))
