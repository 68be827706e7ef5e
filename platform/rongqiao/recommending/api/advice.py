"""Advice on a draft as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common.access import SIGNED_IN
from rongqiao.parties.api.people import person_of

from .. import advice
from .serializers import PreviewSerializer


class ExampleSerializer(serializers.Serializer[Any]):
    """A value that the best candidates have, in words, and how many of them."""

    value = serializers.JSONField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class AdviceSerializer(serializers.Serializer[Any]):
    """One thing to add or to relax, and where it is known from."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind_of_reason = serializers.ChoiceField(choices=advice.ORDER)
    sentence = serializers.CharField()
    gain = serializers.FloatField()
    basis = serializers.DictField()
    examples = ExampleSerializer(many=True)


class AdvisedSerializer(serializers.Serializer[Any]):
    """At most three pieces of advice, how complete the draft is, and a note when nobody could look."""

    advice = AdviceSerializer(many=True)
    complete = serializers.FloatField(min_value=0, max_value=1)
    note = serializers.CharField()


class MatchAdvice(APIView):
    """What a draft should still say, and what it would bring: the same body as for a preview."""

    access = SIGNED_IN

    @extend_schema(request=PreviewSerializer, responses=AdvisedSerializer)
    def post(self, request: Request) -> Response:
        serializer = PreviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        own = person_of(request).organisation_ids()
        organisation = given.pop("organisation", None)
        found = advice.advise(
            kind_code=given.pop("kind"),
            details=given.pop("details"),
            base=given,
            organisation_id=organisation if organisation in own else (own[0] if own else 0),
        )
        return Response(AdvisedSerializer(found).data)
