"""Files: what is accepted, upload, what a file is, its bytes, removal."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page

from .. import registry, selectors, services, store
from ..inspection.formats import FORMATS
from .serializers import FileUploadSerializer, PurposeSerializer, StoredFileSerializer

# Even a file that slipped through every check must not run as a page of ours, nor stay in a shared cache.
SHUT_IN = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class Files(APIView):
    """Upload a file."""

    access = SIGNED_IN

    def get_parsers(self) -> list[Any]:
        """A file comes as multipart/form-data."""
        return [MultiPartParser()]

    @extend_schema(
        request={"multipart/form-data": FileUploadSerializer}, responses={201: StoredFileSerializer}
    )
    def post(self, request: Request) -> Response:
        serializer = FileUploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        file = services.keep(
            upload=given["file"],
            purpose=given["purpose"],
            organisation_id=given.get("organisation"),
            by=request.user,
        )
        return Response(StoredFileSerializer(file).data, status=status.HTTP_201_CREATED)


class Purposes(APIView):
    """What is accepted for what: enough to draw a form with its limits beside it."""

    access = SIGNED_IN

    @extend_schema(responses=listed(PurposeSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        every = registry.purposes()
        return Response(
            page([PurposeSerializer(each).data for each in every], len(every), 0, len(every) or 1)
        )


class OneFile(APIView):
    """What a file is; taking it away."""

    access = {"GET": SIGNED_IN, "DELETE": SIGNED_IN}

    @extend_schema(responses=StoredFileSerializer)
    def get(self, request: Request, file_id: UUID) -> Response:
        return Response(StoredFileSerializer(selectors.one_for(request.user, file_id)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, file_id: UUID) -> Response:
        file = selectors.one_for(request.user, file_id)
        services.remove(file_id=file.pk, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AsItIs(BaseContentNegotiation):
    """The bytes have the type they have, whatever is asked for; errors are JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Content(APIView):
    """The bytes of a file, to be saved; with `?inline=1` a picture or PDF may be shown."""

    access = SIGNED_IN
    content_negotiation_class = AsItIs

    @extend_schema(
        parameters=[OpenApiParameter("inline", enum=["1"])], responses={(200, "*/*"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, file_id: UUID) -> FileResponse:
        params.refuse_unknown(request, "inline")
        inline = params.choice(request, "inline", {"1"})
        file = selectors.one_for(request.user, file_id)
        services.read(file=file, by=request.user)
        known = FORMATS.get(file.media_type)
        shown = bool(inline and known and known.inline)
        return FileResponse(
            store.opened(file.uuid),
            as_attachment=not shown,
            filename=file.name,
            content_type=file.media_type,
            headers=SHUT_IN,
        )
