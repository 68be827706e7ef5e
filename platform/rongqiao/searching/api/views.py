"""`GET /api/v1/search`: the search box."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window

from .. import completing, selectors
from ..labels import labels_of
from .asked import FILTERS, LONGEST, asked_of
from .serializers import FoundSerializer, LoosenedSerializer, ProposalSerializer, TermSerializer

HELP = {
    "q": "关键词、代码、拼音或首字母 / words, codes, pinyin or first letters",
    "fresh": "7、30 或 90 天内确认过 / confirmed within 7, 30 or 90 days",
    "near": "纬度,经度 或行政区划代码 / latitude,longitude or the code of a division",
    "km": "与 near 的距离，默认 50 公里 / kilometres around it, 50 by default",
    "sort": "newest 或 nearest；不填为最相关 / newest or nearest; the best first when absent",
}


class Search(APIView):
    """Open postings by words and filters, with counts, what was understood, and help where nothing is found.

    Only what everybody may see is in the index, so nothing else can be found or counted.
    """

    access = PUBLIC

    @extend_schema(
        parameters=[OpenApiParameter(name, description=HELP.get(name, "")) for name in FILTERS],
        responses=listed(
            FoundSerializer,
            kinds=serializers.DictField(child=serializers.IntegerField()),
            facets=serializers.DictField(child=serializers.DictField(child=serializers.IntegerField())),
            labels=serializers.DictField(child=serializers.DictField(child=serializers.CharField())),
            note=serializers.CharField(),
            note_code=serializers.CharField(),
            understood=TermSerializer(many=True),
            left_out=serializers.ListField(child=serializers.CharField()),
            loosen=LoosenedSerializer(many=True),
            nearest=FoundSerializer(many=True),
        ),
    )
    def get(self, request: Request) -> Response:
        offset, size = window(request)
        answer = selectors.search(asked_of(request, offset, size))
        return Response(page(rows_of(answer, answer.postings, request), answer.total, offset, size, **_more(answer, request)))


class Complete(APIView):
    """What the beginning of a word may become: organisations, titles, majors, occupations, places and skills, by
    characters, pinyin or first letters; what there are postings of comes first."""

    access = PUBLIC

    @extend_schema(
        operation_id="search_complete",
        parameters=[OpenApiParameter("q"), OpenApiParameter("limit", int, description="1–20")],
        responses=listed(ProposalSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, "q", "limit")
        limit = params.integer(request, "limit", completing.MOST, 1, 20)
        found = completing.complete(params.text(request, "q", LONGEST), limit)
        return Response(page(ProposalSerializer(found, many=True).data, len(found), 0, limit))


def rows_of(answer: selectors.Answer, postings: Any, request: Request) -> Any:
    """Postings of an answer as rows."""
    return FoundSerializer(postings, many=True, context={"request": request, "answer": answer}).data


def _more(answer: selectors.Answer, request: Request) -> dict[str, Any]:
    terms: Any = answer.understood.terms
    return {
        "kinds": answer.kinds,
        "facets": answer.facets,
        "labels": labels_of(answer.facets),
        "note": str(answer.note.words) if answer.note else "",
        "note_code": answer.note.code if answer.note else "",
        "understood": TermSerializer(terms, many=True).data,
        "left_out": list(answer.understood.left_out),
        "loosen": [{"filter": way.filter, "label": str(way.label), "count": way.count} for way in answer.loosened],
        "nearest": rows_of(answer, answer.nearest, request),
    }
