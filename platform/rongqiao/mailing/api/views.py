"""One's own notices; for operators, what became of the letters."""

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of

from .. import selectors, services
from ..models import State
from .serializers import LetterSerializer, NoticeSerializer, ReadSerializer

OPERATE = "operate"  # as in parties.roles, a room above
SHOWN = "/demo/letters"


def person_id(request: Request) -> int:
    """The signed-in person (the view's `access` has made sure that there is one)."""
    assert request.user.pk is not None
    return int(request.user.pk)


class Notices(APIView):
    """One's own notices, newest first, with how many are unread; in a demo where its letters are shown, elsewhere ""."""

    access = SIGNED_IN

    @extend_schema(
        operation_id="notices_list",
        parameters=[OpenApiParameter("unread")],
        responses=listed(NoticeSerializer, unread=serializers.IntegerField(), letters=serializers.CharField()),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, "unread")
        unread = params.choice(request, "unread", {"0", "1"}) == "1"
        answer = page_of(selectors.notices(person_id(request), unread=unread), request, NoticeSerializer)
        answer.data["unread"] = selectors.notices(person_id(request), unread=True).count()
        answer.data["letters"] = SHOWN if settings.RONGQIAO_MAIL_SHOWN else ""
        return answer


class ReadNotice(APIView):
    """Mark one as read."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=NoticeSerializer)
    def post(self, request: Request, notice_id: int) -> Response:
        notice = services.read_notice(person_id=person_id(request), notice_id=notice_id)
        return Response(NoticeSerializer(notice).data)


class ReadAll(APIView):
    """Mark all as read."""

    access = SIGNED_IN

    @extend_schema(operation_id="notices_read_all", request=None, responses=ReadSerializer)
    def post(self, request: Request) -> Response:
        return Response({"read": services.read_all_notices(person_id=person_id(request))})


class Letters(APIView):
    """What was sent to whom, and what the mail server said."""

    access = OPERATE

    @extend_schema(
        operation_id="letters_list",
        parameters=[OpenApiParameter(name) for name in ("state", "kind", "to")],
        responses=listed(LetterSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, "state", "kind", "to")
        rows = selectors.letters(
            state=params.choice(request, "state", set(State.values)),
            kind=params.text(request, "kind", 40),
            to=params.text(request, "to", 254),
        )
        return page_of(rows, request, LetterSerializer)


class Retry(APIView):
    """Another try for a letter that failed."""

    access = OPERATE

    @extend_schema(request=None, responses=LetterSerializer)
    def post(self, request: Request, letter_id: int) -> Response:
        return Response(LetterSerializer(services.retry(letter_id=letter_id)).data)
