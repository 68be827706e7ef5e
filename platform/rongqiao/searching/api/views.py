"""`GET /api/v1/search`: the search box."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window
from rongqiao.postings import kinds
from rongqiao.postings.api.serializers import PostingSerializer

from .. import selectors

FILTERS = ("q", "kind", "region", "level", "major", "field", "organisation")


class Search(APIView):
    """Open postings by words and filters, with counts by kind, region, level and major.

    Only what everybody may see is in the index, so nothing else can be found or counted.
    """

    access = PUBLIC

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=listed(
            PostingSerializer,
            kinds=serializers.DictField(child=serializers.IntegerField()),
            facets=serializers.DictField(child=serializers.DictField(child=serializers.IntegerField())),
            note=serializers.CharField(),
        ),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, *FILTERS)
        offset, size = window(request)
        asked = selectors.Asked(
            words=params.text(request, "q", 2_000),
            kind=params.choice(request, "kind", {kind.code for kind in kinds.all_kinds()}),
            region=params.text(request, "region", 12),
            level=params.choice(request, "level", {"1", "2", "3", "4", "5"}),
            major=params.text(request, "major", 10),
            field=params.text(request, "field", 10),
            organisation=params.text(request, "organisation", 12),
            offset=offset,
            size=size,
        )
        answer = selectors.search(asked)
        rows = [PostingSerializer(posting, context={"request": request}).data for posting in answer.postings]
        more = {"kinds": answer.kinds, "facets": answer.facets, "note": answer.note}
        return Response(page(rows, answer.total, offset, size, **more))
