"""Organisations, their units and switches."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC, SIGNED_IN
from rongqiao.common.capabilities import MANAGE, POST, REVIEW
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of

from ... import selectors, services
from ...vocabulary import PartyType
from ..people import person_of, reader_of
from ..serializers.organisations import (
    OwnOrganisationSerializer,
    PublicOrganisationSerializer,
    SwitchSerializer,
    UnitSerializer,
)


class Organisations(APIView):
    """Everybody on the platform; registering one's own."""

    access = {"GET": PUBLIC, "POST": SIGNED_IN}

    @extend_schema(
        operation_id="organisations_list",
        parameters=[OpenApiParameter(name) for name in ("q", "party_type", "region")],
        responses=listed(PublicOrganisationSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, "q", "party_type", "region")
        found = selectors.find_organisations(
            params.text(request, "q"),
            params.choice(request, "party_type", frozenset(PartyType.values)),
            params.text(request, "region", 12),
        )
        return page_of(found, request, PublicOrganisationSerializer)

    @extend_schema(request=OwnOrganisationSerializer, responses={201: OwnOrganisationSerializer})
    def post(self, request: Request) -> Response:
        serializer = OwnOrganisationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        profile = fields.pop("profile")
        made = services.register_organisation(by=person_of(request), fields=fields, profile=profile)
        return Response(
            OwnOrganisationSerializer(selectors.one_organisation(made.pk)).data, status=status.HTTP_201_CREATED
        )


class OneOrganisation(APIView):
    """One organisation: its public face for everybody, the whole of it for its own people."""

    access = {"GET": PUBLIC, "PATCH": MANAGE}

    @extend_schema(responses=PublicOrganisationSerializer)
    def get(self, request: Request, organisation_id: int) -> Response:
        found = selectors.one_organisation(organisation_id)
        person = reader_of(request)
        if person is None or not (person.can_for(POST, organisation_id) or person.can(REVIEW)):
            return Response(PublicOrganisationSerializer(found).data)
        services.see_contacts(by=person, seen=[found])
        return Response(OwnOrganisationSerializer(found).data)

    @extend_schema(request=OwnOrganisationSerializer, responses=OwnOrganisationSerializer)
    def patch(self, request: Request, organisation_id: int) -> Response:
        organisation = selectors.own_organisation(person_of(request), organisation_id, MANAGE)
        serializer = OwnOrganisationSerializer(organisation, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        profile = fields.pop("profile")
        services.change_organisation(organisation=organisation, by=person_of(request), fields=fields, profile=profile)
        return Response(OwnOrganisationSerializer(selectors.one_organisation(organisation.pk)).data)


class Recommendations(APIView):
    """The switch that takes an organisation out of recommendations, on both sides."""

    access = MANAGE

    @extend_schema(request=SwitchSerializer, responses=SwitchSerializer)
    def put(self, request: Request, organisation_id: int) -> Response:
        organisation = selectors.own_organisation(person_of(request), organisation_id, MANAGE)
        serializer = SwitchSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.switch_recommendations(organisation=organisation, by=person_of(request), on=serializer.validated_data["on"])
        return Response(serializer.data)


class Units(APIView):
    """A college's units."""

    access = {"GET": PUBLIC, "POST": MANAGE}

    @extend_schema(responses=listed(UnitSerializer))
    def get(self, request: Request, organisation_id: int) -> Response:
        params.refuse_unknown(request)
        return page_of(selectors.units(organisation_id), request, UnitSerializer)

    @extend_schema(request=UnitSerializer, responses={201: UnitSerializer})
    def post(self, request: Request, organisation_id: int) -> Response:
        organisation = selectors.own_organisation(person_of(request), organisation_id, MANAGE)
        serializer = UnitSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = {"unit_type": "school", "partners": [], **serializer.validated_data}
        unit = services.add_unit(organisation=organisation, by=person_of(request), **given)
        return Response(UnitSerializer(unit).data, status=status.HTTP_201_CREATED)
