"""Messages between the two, and the conversation as a file."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.capabilities import POST
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of
from rongqiao.parties.api.people import person_of

from .. import selectors, services
from ..models import Message
from .opened import ORGANISATION, asked, given
from .serializers import SideChoiceSerializer


class AttachedSerializer(serializers.Serializer[Any]):
    """A file that goes with a message; its bytes are at /api/v1/files/<uuid>/content."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    media_type = serializers.CharField()


class MessageSerializer(serializers.Serializer[Message]):
    """A message with who wrote it."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    side = serializers.CharField()
    organisation = serializers.CharField()
    person = serializers.CharField()
    text = serializers.CharField()
    files = AttachedSerializer(many=True)

    def to_representation(self, row: Message) -> dict[str, Any]:
        return services.message_told(row)


class WritingSerializer(SideChoiceSerializer):
    """What to write, with files uploaded before for the purpose `introduction`."""

    text = serializers.CharField(max_length=5_000, allow_blank=True, required=False, default="")
    attachments = serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False, default=list)


class Messages(APIView):
    """What was written, the first one first; writing. While both are agreed."""

    access = POST

    @extend_schema(parameters=[ORGANISATION], responses=listed(MessageSerializer))
    def get(self, request: Request, introduction_id: int) -> Response:
        about = asked(request, introduction_id)
        rows = services.read_messages(person=about["person"], introduction_id=introduction_id)
        return page_of(rows, request, MessageSerializer)

    @extend_schema(request=WritingSerializer, responses={201: MessageSerializer})
    def post(self, request: Request, introduction_id: int) -> Response:
        about, words = given(WritingSerializer, request, introduction_id)
        attachments = [str(each) for each in words["attachments"]]
        message = services.write(**about, text=words["text"], attachments=attachments)
        return Response(MessageSerializer(message).data, status=status.HTTP_201_CREATED)


class Export(APIView):
    """The whole course of an introduction as a file: JSON, or lines of text."""

    access = POST

    @extend_schema(
        parameters=[ORGANISATION, OpenApiParameter("as", enum=["json", "text"])], responses={200: OpenApiTypes.OBJECT}
    )
    def get(self, request: Request, introduction_id: int) -> HttpResponse:
        params.refuse_unknown(request, "organisation", "as")
        person = person_of(request)
        selectors.one_for(person, introduction_id)
        organisation = params.integer(request, "organisation", 0, 1, 999_999_999) or None
        chosen = params.choice(request, "as", {"json", "text"})
        told = services.export(person=person, introduction_id=introduction_id, organisation_id=organisation)
        if chosen != "text":
            return Response(told)
        name = f"introduction-{introduction_id}.txt"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(services.as_text(told), content_type="text/plain; charset=utf-8", headers=headers)
