"""One's own digests: what one wants, what the next one would say, what was sent."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, page_of
from rongqiao.parties.api.people import person_of
from rongqiao.parties.models import Person

from .. import groups, previewing, selectors, services
from ..kinds import KINDS
from ..models import Preference
from .serializers import (
    ConnectSerializer,
    DigestSerializer,
    GroupSerializer,
    LetterPreviewSerializer,
    PreferenceSerializer,
    WholeDigestSerializer,
    WishSerializer,
)


def wish_of(request: Request) -> dict[str, Any]:
    """The changes that were sent."""
    given = WishSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def rows_of(person: Person, preferences: list[Preference]) -> Any:
    """Preferences with what each can be about."""
    subjects = {code: kind.subjects([person]).get(person.pk, []) for code, kind in KINDS.items()}
    shown: Any = preferences
    return PreferenceSerializer(shown, many=True, context={"subjects": subjects}).data


class Preferences(APIView):
    """What one wants to be told, kind by kind."""

    access = SIGNED_IN

    @extend_schema(operation_id="digest_preferences_list", responses=listed(PreferenceSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        person = person_of(request)
        rows = rows_of(person, [services.preference_of(person, kind) for kind in KINDS.values()])
        return Response(page(rows, len(rows), 0, max(len(rows), 1)))


class OnePreference(APIView):
    """Change what one wants of a kind."""

    access = SIGNED_IN

    @extend_schema(operation_id="digest_preferences_set", request=WishSerializer, responses=PreferenceSerializer)
    def patch(self, request: Request, digest_kind: str) -> Response:
        person = person_of(request)
        preference = services.set_preference(person=person, kind_code=digest_kind, changes=wish_of(request))
        return Response(rows_of(person, [preference])[0])


class OneGroup(APIView):
    """The group chat that a digest is posted to as well: connect it, or no longer."""

    access = SIGNED_IN

    @extend_schema(operation_id="digest_group_set", request=ConnectSerializer, responses=GroupSerializer)
    def put(self, request: Request, digest_kind: str) -> Response:
        given = ConnectSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        group = groups.set_group(person=person_of(request), kind_code=digest_kind, chat_code=data.pop("chat"), **data)
        return Response(GroupSerializer(group).data)

    @extend_schema(operation_id="digest_group_remove", request=None, responses={204: None})
    def delete(self, request: Request, digest_kind: str) -> Response:
        groups.remove_group(person=person_of(request), kind_code=digest_kind)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Preview(APIView):
    """What the next digest of a kind would say if it were sent now, under these changes; nothing is kept."""

    access = SIGNED_IN

    @extend_schema(operation_id="digest_preview", request=WishSerializer, responses=LetterPreviewSerializer)
    def post(self, request: Request, digest_kind: str) -> Response:
        shown = previewing.preview(person=person_of(request), kind_code=digest_kind, changes=wish_of(request))
        return Response(LetterPreviewSerializer(shown).data)


class Archive(APIView):
    """The digests one was sent, newest first."""

    access = SIGNED_IN

    @extend_schema(operation_id="digests_list", responses=listed(DigestSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        return page_of(selectors.archive(person_of(request)), request, DigestSerializer)


class OneDigest(APIView):
    """One of them, whole."""

    access = SIGNED_IN

    @extend_schema(responses=WholeDigestSerializer)
    def get(self, request: Request, digest_id: int) -> Response:
        return Response(WholeDigestSerializer(selectors.one_of(person_of(request), digest_id)).data)
