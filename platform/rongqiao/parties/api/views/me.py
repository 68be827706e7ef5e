"""Oneself: who am I, for whom do I act, what did I agree to, who tried to sign in, what is kept about me."""

import json

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC, SIGNED_IN
from rongqiao.common.errors import Problem, from_code
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of

from ... import personal_data, privacy, selectors, services
from ...current import CURRENT_ORGANISATION, current_organisation
from ..people import person_of
from ..serializers.people import (
    ConsentSerializer,
    CurrentSerializer,
    MembershipSerializer,
    MeSerializer,
    PrivacyNoticeSerializer,
    SelfSerializer,
    SignInSerializer,
)


class Me(APIView):
    """Who is signed in, what they may do where, and what waits for them to agree to."""

    access = SIGNED_IN

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        person = person_of(request)
        return Response(
            {
                "email": person.email,
                "name": person.name,
                "memberships": MembershipSerializer(person.active_memberships, many=True).data,
                "language": person.language,
                "current": current_organisation(request),
                "consent_due": "" if privacy.has_consented(person) else privacy.CURRENT.version,
                "second_factor": selectors.has_second_factor(person),
            }
        )

    @extend_schema(request=SelfSerializer, responses=SelfSerializer)
    def patch(self, request: Request) -> Response:
        person = person_of(request)
        serializer = SelfSerializer(person, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = services.change_self(person=person, fields=dict(serializer.validated_data))
        return Response(SelfSerializer(changed).data)


class Current(APIView):
    """Switch to another of one's organisations: what one posts is then that one's, unless one says otherwise."""

    access = SIGNED_IN

    @extend_schema(request=CurrentSerializer, responses=CurrentSerializer)
    def put(self, request: Request) -> Response:
        serializer = CurrentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        chosen = serializer.validated_data["organisation"]
        if chosen not in person_of(request).organisation_ids():
            raise Problem(from_code("not_found", "organisation"), status=404)
        request.session[CURRENT_ORGANISATION] = chosen
        return Response({"organisation": chosen})


class Privacy(APIView):
    """The privacy notice in force."""

    access = PUBLIC

    @extend_schema(responses=PrivacyNoticeSerializer)
    def get(self, request: Request) -> Response:
        return Response(PrivacyNoticeSerializer(privacy.CURRENT).data)


class Consents(APIView):
    """Agree to the privacy notice."""

    access = SIGNED_IN

    @extend_schema(request=ConsentSerializer, responses={201: ConsentSerializer})
    def post(self, request: Request) -> Response:
        serializer = ConsentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        language = getattr(request, "LANGUAGE_CODE", "zh-hans")
        services.consent(person=person_of(request), version=serializer.validated_data["version"], language=language)
        return Response(serializer.data, status=201)


class SignIns(APIView):
    """Who tried to sign in to one's account, newest first."""

    access = SIGNED_IN

    @extend_schema(responses=listed(SignInSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        return page_of(person_of(request).sign_ins.order_by("-id"), request, SignInSerializer)


class Export(APIView):
    """All that is kept about oneself, as a JSON file (个人信息保护法 第四十五条)."""

    access = SIGNED_IN

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> HttpResponse:
        data = personal_data.export(by=person_of(request))
        answer = HttpResponse(json.dumps(data, ensure_ascii=False, indent=1, default=str), "application/json")
        answer["Content-Disposition"] = 'attachment; filename="rongqiao-my-data.json"'
        answer["Cache-Control"] = "no-store"
        return answer
