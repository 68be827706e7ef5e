"""A pasted text → the fields of a posting's form."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common.access import SIGNED_IN

from .. import selectors
from .serializers import ParsedSerializer, TextSerializer


class Parse(APIView):
    """Read an advertisement, an R&D problem or a major's introduction. Nothing is stored."""

    access = SIGNED_IN

    @extend_schema(request=TextSerializer, responses=ParsedSerializer)
    def post(self, request: Request) -> Response:
        serializer = TextSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        text = serializer.validated_data["text"]
        parsed = selectors.parse(text, serializer.validated_data["kind"])
        return Response(ParsedSerializer(parsed, context={"text": text}).data)
