"""The people of an organisation: members, their roles, the data steward, invitations."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.capabilities import MANAGE
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.common.language import Bilingual
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, page_of

from ... import roles, selectors, services
from ..people import person_of
from ..serializers.people import (
    InvitationSerializer,
    InviteSerializer,
    MemberChangeSerializer,
    MemberSerializer,
    RoleSerializer,
)


class Members(APIView):
    """Who belongs to an organisation, to those who manage it."""

    access = MANAGE

    @extend_schema(responses=listed(MemberSerializer))
    def get(self, request: Request, organisation_id: int) -> Response:
        params.refuse_unknown(request)
        selectors.own_organisation(person_of(request), organisation_id, MANAGE)
        return page_of(selectors.members(organisation_id), request, MemberSerializer)


class OneMember(APIView):
    """Change a member's role, name them data steward, or end their membership. Everybody may leave by themselves."""

    access = {"PATCH": MANAGE, "DELETE": SIGNED_IN}

    @extend_schema(request=MemberChangeSerializer, responses=MemberSerializer)
    def patch(self, request: Request, organisation_id: int, membership_id: int) -> Response:
        person = person_of(request)
        selectors.own_organisation(person, organisation_id, MANAGE)
        membership = selectors.one_member(organisation_id, membership_id)
        serializer = MemberChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        if "role" in serializer.validated_data:
            services.change_role(membership=membership, by=person, role=serializer.validated_data["role"])
        if serializer.validated_data.get("is_steward"):
            services.name_steward(membership=membership, by=person)
        return Response(MemberSerializer(membership).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, organisation_id: int, membership_id: int) -> Response:
        person = person_of(request)
        membership = selectors.one_member(organisation_id, membership_id)
        if membership.person_id != person.pk and not person.can_for(MANAGE, organisation_id):
            raise missing()
        services.end_membership(membership=membership, by=person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Invitations(APIView):
    """Whom the organisation has invited; inviting somebody. The link is in the letter alone."""

    access = MANAGE

    @extend_schema(responses=listed(InvitationSerializer))
    def get(self, request: Request, organisation_id: int) -> Response:
        params.refuse_unknown(request)
        selectors.own_organisation(person_of(request), organisation_id, MANAGE)
        return page_of(selectors.invitations(organisation_id), request, InvitationSerializer)

    @extend_schema(request=InviteSerializer, responses={201: InvitationSerializer})
    def post(self, request: Request, organisation_id: int) -> Response:
        person = person_of(request)
        organisation = selectors.own_organisation(person, organisation_id, MANAGE)
        serializer = InviteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        unit_id = given.pop("unit", None)
        unit = organisation.units.filter(pk=unit_id).first() if unit_id else None
        if unit_id and unit is None:
            raise Problem(from_code("not_found", "unit"))
        invitation = services.invite(organisation=organisation, by=person, unit=unit, **given)
        return Response(InvitationSerializer(invitation).data, status=status.HTTP_201_CREATED)


class OneInvitation(APIView):
    """Take an invitation back."""

    access = MANAGE

    @extend_schema(responses={204: None})
    def delete(self, request: Request, organisation_id: int, invitation_id: int) -> Response:
        person = person_of(request)
        selectors.own_organisation(person, organisation_id, MANAGE)
        services.revoke_invitation(invitation=selectors.one_invitation(organisation_id, invitation_id), by=person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Roles(APIView):
    """The roles that may be given in an organisation."""

    access = MANAGE

    @extend_schema(responses=listed(RoleSerializer))
    def get(self, request: Request, organisation_id: int) -> Response:
        params.refuse_unknown(request)
        person = person_of(request)
        organisation = selectors.own_organisation(person, organisation_id, MANAGE)
        rows = [
            {"code": role.code, "label": str(Bilingual(role.zh, role.en)), "capabilities": sorted(role.capabilities)}
            for role in roles.open_to(organisation.party_type, person.can("operate"))
        ]
        return Response(page(rows, len(rows), 0, len(rows) or 1))
