"""Kept searches: one's own, with what is new."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window
from rongqiao.common.strict import StrictSerializer
from rongqiao.parties.api.people import person_of
from rongqiao.postings.api.serializers import PostingSerializer

from .. import saved, services
from ..models import SavedSearch
from ..selectors import PLAIN
from .asked import asked_from


class SavedSearchSerializer(serializers.Serializer[Any]):
    """A kept search, with how much is new since its owner last looked (at most 200 are counted of each kind)."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    q = serializers.CharField()
    filters = serializers.DictField(child=serializers.CharField())
    seen_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()
    new = serializers.IntegerField()
    note_code = serializers.CharField()
    note = serializers.CharField()

    def to_representation(self, new: saved.New) -> dict[str, Any]:
        search = new.search
        return {
            "id": search.pk,
            "name": search.name,
            "q": search.words,
            "filters": search.filters,
            "seen_at": search.seen_at,
            "created_at": search.created_at,
            "new": new.count,
            "note_code": PLAIN.code if new.away else "",
            "note": str(PLAIN.words) if new.away else "",
        }


class NameSerializer(StrictSerializer, serializers.Serializer[Any]):
    """What a search is called."""

    name = serializers.CharField(max_length=60)


class KeepSerializer(NameSerializer):
    """A search to keep: the parameters of /api/v1/search, without page and order."""

    q = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    filters = serializers.DictField(child=serializers.CharField(max_length=60), required=False, default=dict)


def row_of(search: SavedSearch) -> Any:
    """A kept search as its owner sees it."""
    return SavedSearchSerializer(saved.new_of(search)).data


class Searches(APIView):
    """One's own kept searches, the newest first, each with how much is new; keeping another."""

    access = SIGNED_IN

    @extend_schema(operation_id="saved_searches_list", responses=listed(SavedSearchSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        offset, size = window(request)
        rows = saved.own_searches(person_of(request))
        shown = saved.news(rows[offset : offset + size])
        return Response(page(SavedSearchSerializer(shown, many=True).data, rows.count(), offset, size))

    @extend_schema(operation_id="saved_searches_keep", request=KeepSerializer, responses={201: SavedSearchSerializer})
    def post(self, request: Request) -> Response:
        given = KeepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = asked_from({**given.validated_data["filters"], "q": given.validated_data["q"]})
        search = services.save_search(
            person=person_of(request), name=given.validated_data["name"], words=asked.words, filters=saved.kept(asked)
        )
        return Response(row_of(search), status=status.HTTP_201_CREATED)


class OneSearch(APIView):
    """One of them: what is new, another name, or away with it."""

    access = SIGNED_IN

    @extend_schema(
        operation_id="saved_searches_new",
        responses=listed(PostingSerializer, search=SavedSearchSerializer()),
    )
    def get(self, request: Request, search_id: int) -> Response:
        params.refuse_unknown(request)
        offset, size = window(request)
        new = saved.new_of(saved.own_search(person_of(request), search_id))
        postings: Any = saved.rows_of(new, offset, size)
        rows = PostingSerializer(postings, many=True, context={"request": request}).data
        return Response(page(rows, new.count, offset, size, search=SavedSearchSerializer(new).data))

    @extend_schema(operation_id="saved_searches_rename", request=NameSerializer, responses=SavedSearchSerializer)
    def patch(self, request: Request, search_id: int) -> Response:
        given = NameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        name = given.validated_data["name"]
        return Response(row_of(services.rename_search(person=person_of(request), search_id=search_id, name=name)))

    @extend_schema(operation_id="saved_searches_delete", request=None, responses={204: None})
    def delete(self, request: Request, search_id: int) -> Response:
        services.delete_search(person=person_of(request), search_id=search_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SeeSearch(APIView):
    """What is new has been seen."""

    access = SIGNED_IN

    @extend_schema(operation_id="saved_searches_see", request=None, responses=SavedSearchSerializer)
    def post(self, request: Request, search_id: int) -> Response:
        return Response(row_of(services.see_search(person=person_of(request), search_id=search_id)))
