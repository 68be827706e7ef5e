"""Code tables for everybody: to complete what is typed, to browse, to read a code."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC
from rongqiao.common.errors import missing
from rongqiao.common.openapi import listed
from rongqiao.common.paging import MAX_PAGE_SIZE, PAGE_SIZE, page

from .. import selectors
from ..models import System
from .serializers import CodeSerializer, SummarySerializer


class Systems(APIView):
    """The code tables and their editions."""

    access = PUBLIC

    @extend_schema(operation_id="codes_summaries", responses=SummarySerializer(many=True))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        return Response(SummarySerializer(selectors.summaries(), many=True).data)


class Codes(APIView):
    """One table: what `q` (code, name, pinyin, initials) may mean, or what lies below `parent`; the top
    rows without either. `limit` rows, the best first."""

    access = PUBLIC

    @extend_schema(
        operation_id="codes_list",
        parameters=[
            OpenApiParameter("q"),
            OpenApiParameter("parent"),
            OpenApiParameter("limit", int, description="1–100"),
        ],
        responses=listed(CodeSerializer),
    )
    def get(self, request: Request, system: str) -> Response:
        params.refuse_unknown(request, "q", "parent", "limit")
        limit = params.integer(request, "limit", PAGE_SIZE, 1, MAX_PAGE_SIZE)
        words = params.text(request, "q", 60)
        parent = params.text(request, "parent", 16)
        _known(system)
        found = selectors.search(system, words, parent or None) if words else selectors.children(system, parent)
        shown = list(found[:limit])
        total = found.count() if len(shown) == limit else len(shown)
        return Response(page(CodeSerializer(shown, many=True).data, total, 0, limit))


class OneCode(APIView):
    """One code, in force or retired."""

    access = PUBLIC

    @extend_schema(responses=CodeSerializer)
    def get(self, request: Request, system: str, code: str) -> Response:
        params.refuse_unknown(request)
        _known(system)
        return Response(CodeSerializer(selectors.get(system, code)).data)


def _known(system: str) -> None:
    if system not in System.values:
        raise missing()
