"""Verification, claims, trust, priority tags, credit flags."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.capabilities import MANAGE, REVIEW
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of
from rongqiao.files import selectors as files

from ... import selectors, services
from ...evidence import EVIDENCE
from ...models import Application, Organisation
from ..people import person_of
from ..serializers.organisations import PublicOrganisationSerializer, SwitchSerializer
from ..serializers.trust import (
    ApplicationSerializer,
    ClearingSerializer,
    FlagSerializer,
    TagSerializer,
    VerificationSerializer,
)


class Applications(APIView):
    """Hand in evidence to have one's organisation verified, or to claim one that an import made; see the answers."""

    access = SIGNED_IN

    @extend_schema(responses=listed(ApplicationSerializer))
    def get(self, request: Request, organisation_id: int) -> Response:
        params.refuse_unknown(request)
        selectors.one_organisation(organisation_id)
        rows = selectors.applications_of(person_of(request), organisation_id)
        return page_of(rows, request, ApplicationSerializer)

    @extend_schema(request=ApplicationSerializer, responses={201: ApplicationSerializer})
    def post(self, request: Request, organisation_id: int) -> Response:
        person = person_of(request)
        organisation = selectors.one_organisation(organisation_id)
        serializer = ApplicationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        if given["purpose"] != Application.Purpose.CLAIM and not person.can_for(MANAGE, organisation_id):
            raise missing()
        evidence = [str(each) for each in given.pop("evidence")]
        strange = set(evidence) - set(files.own(person.pk, evidence, EVIDENCE))
        if strange:
            raise Problem(*(from_code("not_found", f"evidence.{evidence.index(each)}") for each in sorted(strange)))
        made = services.apply(organisation=organisation, by=person, evidence=evidence, **given)
        return Response(ApplicationSerializer(made).data, status=status.HTTP_201_CREATED)


class OneApplication(APIView):
    """Take back what one handed in."""

    access = SIGNED_IN

    @extend_schema(responses={204: None})
    def delete(self, request: Request, organisation_id: int, application_id: int) -> Response:
        person = person_of(request)
        rows = selectors.applications_of(person, organisation_id)
        application = rows.filter(pk=application_id, person=person).first()
        if application is None:
            raise missing()
        services.withdraw_application(application=application, by=person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Verification(APIView):
    """A reviewer says how far an organisation may be believed, outside any application: in doubt, suspended."""

    access = REVIEW

    @extend_schema(request=VerificationSerializer, responses=PublicOrganisationSerializer)
    def put(self, request: Request, organisation_id: int) -> Response:
        organisation = _judged(request, organisation_id)
        serializer = VerificationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.set_verification(organisation=organisation, by=person_of(request), **serializer.validated_data)
        return Response(PublicOrganisationSerializer(organisation).data)


class Trust(APIView):
    """A reviewer lets an organisation's postings pass by themselves, or no longer."""

    access = REVIEW

    @extend_schema(request=SwitchSerializer, responses=SwitchSerializer)
    def put(self, request: Request, organisation_id: int) -> Response:
        organisation = _judged(request, organisation_id)
        serializer = SwitchSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.set_trust(organisation=organisation, by=person_of(request), on=serializer.validated_data["on"])
        return Response(serializer.data)


class Tags(APIView):
    """A reviewer grants a priority tag on a proof, until a date."""

    access = REVIEW

    @extend_schema(request=TagSerializer, responses={201: TagSerializer})
    def post(self, request: Request, organisation_id: int) -> Response:
        return _recorded(request, organisation_id, TagSerializer, services.grant_tag)


class OneTag(APIView):
    """A reviewer takes a priority tag away."""

    access = REVIEW

    @extend_schema(responses={204: None})
    def delete(self, request: Request, organisation_id: int, tag_id: int) -> Response:
        tag = _judged(request, organisation_id).priority_tags.filter(pk=tag_id).first()
        if tag is None:
            raise missing()
        services.revoke_tag(tag=tag, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Flags(APIView):
    """A reviewer records an entry of the credit record, with its source and date."""

    access = REVIEW

    @extend_schema(request=FlagSerializer, responses={201: FlagSerializer})
    def post(self, request: Request, organisation_id: int) -> Response:
        return _recorded(request, organisation_id, FlagSerializer, services.record_flag)


class OneFlag(APIView):
    """A reviewer clears an entry of the credit record, for a reason."""

    access = REVIEW

    @extend_schema(request=ClearingSerializer, responses={200: ClearingSerializer})
    def post(self, request: Request, organisation_id: int, flag_id: int) -> Response:
        flag = _judged(request, organisation_id).credit_flags.filter(pk=flag_id).first()
        if flag is None:
            raise missing()
        serializer = ClearingSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.clear_flag(flag=flag, by=person_of(request), reason=serializer.validated_data["reason"])
        return Response(serializer.data)


def _judged(request: Request, organisation_id: int) -> Organisation:
    """An organisation that the reviewer may judge: not one of their own. Raises Problem `conflict_of_interest`."""
    organisation = selectors.any_organisation(organisation_id)
    if organisation_id in person_of(request).organisation_ids():
        raise Problem(from_code("conflict_of_interest"), status=403)
    return organisation


def _recorded(request: Request, organisation_id: int, serializer_class: Any, service: Any) -> Response:
    organisation = _judged(request, organisation_id)
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    made = service(organisation=organisation, by=person_of(request), **serializer.validated_data)
    return Response(serializer_class(made).data, status=status.HTTP_201_CREATED)
