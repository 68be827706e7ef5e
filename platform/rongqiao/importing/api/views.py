"""Imports: upload, map, run, cancel, undo; what was wrong, as JSON and as a workbook."""

from collections.abc import Callable
from typing import IO, Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.capabilities import IMPORT, OPERATE
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of
from rongqiao.parties import selectors as parties
from rongqiao.parties.api.people import person_of
from rongqiao.parties.models import Organisation, Person
from rongqiao.postings import kinds

from .. import selectors, services, tables
from ..models import Batch, State
from .serializers import (
    BatchSerializer,
    MappingSerializer,
    ProposedBatchSerializer,
    RowErrorSerializer,
    UploadSerializer,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK = {(200, XLSX): OpenApiTypes.BINARY}
FILTERS = ("kind", "state")


class Imports(APIView):
    """One's own imports, newest first; a table to bring in."""

    access = {"GET": IMPORT, "POST": IMPORT}

    def get_parsers(self) -> list[Any]:
        """A table comes as multipart/form-data."""
        return [MultiPartParser()]

    @extend_schema(
        operation_id="imports_list",
        parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=listed(BatchSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, *FILTERS)
        rows = selectors.visible(person_of(request))
        kind = params.choice(request, "kind", {each.code for each in kinds.all_kinds()})
        state = params.choice(request, "state", set(State.values))
        rows = rows.filter(kind=kind) if kind else rows
        rows = rows.filter(state=state) if state else rows
        return page_of(rows, request, BatchSerializer)

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: ProposedBatchSerializer}
    )
    def post(self, request: Request) -> Response:
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        person = person_of(request)
        batch = services.upload(
            by=person,
            organisation=_owner(person, given.get("organisation")),
            kind_code=given["kind"],
            label=given["source"],
            file_name=given["file"].name,
            blocks=given["file"].chunks(),
        )
        return Response(ProposedBatchSerializer(batch).data, status=status.HTTP_201_CREATED)


class OneImport(APIView):
    """One import with its progress and what its columns seem to be."""

    access = IMPORT

    @extend_schema(responses=ProposedBatchSerializer)
    def get(self, request: Request, batch_id: int) -> Response:
        batch = selectors.one_for(person_of(request), batch_id)
        return Response(ProposedBatchSerializer(batch).data)


class Mapping(APIView):
    """Which field each column is."""

    access = IMPORT

    @extend_schema(request=MappingSerializer, responses=BatchSerializer)
    def put(self, request: Request, batch_id: int) -> Response:
        selectors.one_for(person_of(request), batch_id)
        serializer = MappingSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(
            BatchSerializer(services.map_columns(batch_id=batch_id, **serializer.validated_data)).data
        )


class _Step(APIView):
    """A step that needs nothing but the batch."""

    access = IMPORT
    take: Callable[..., Batch]

    @extend_schema(request=None, responses=BatchSerializer)
    def post(self, request: Request, batch_id: int) -> Response:
        selectors.one_for(person_of(request), batch_id)
        return Response(BatchSerializer(type(self).take(batch_id=batch_id, by=person_of(request))).data)


class Run(_Step):
    """Bring the good rows in; go on after a cancellation or a failure."""

    take = staticmethod(services.run)


class Cancel(_Step):
    """Stop; what was brought in stays until it is undone."""

    take = staticmethod(services.cancel)


class Undo(_Step):
    """Withdraw all that the import brought in."""

    take = staticmethod(services.undo)


class Errors(APIView):
    """What was wrong, by row."""

    access = IMPORT

    @extend_schema(parameters=[OpenApiParameter("refused")], responses=listed(RowErrorSerializer))
    def get(self, request: Request, batch_id: int) -> Response:
        params.refuse_unknown(request, "refused")
        batch = selectors.one_for(person_of(request), batch_id)
        rows = selectors.errors_of(batch)
        refused = params.choice(request, "refused", {"0", "1"})
        return page_of(rows.filter(refused=refused == "1") if refused else rows, request, RowErrorSerializer)


class WorkbookRenderer(BaseRenderer):
    """Lets a client ask for a workbook; the views write it themselves."""

    media_type = XLSX
    format = "xlsx"

    def render(self, data: Any, *args: Any, **more: Any) -> bytes:
        return JSONRenderer().render(data)


class ErrorsFile(APIView):
    """The table as it was read, with a column that says what was wrong in each row."""

    access = IMPORT
    renderer_classes = [JSONRenderer, WorkbookRenderer]

    @extend_schema(responses=WORKBOOK)
    def get(self, request: Request, batch_id: int) -> FileResponse:
        batch = selectors.one_for(person_of(request), batch_id)
        return _workbook(tables.with_errors(batch), f"import-{batch.pk}-errors.xlsx")


class Template(APIView):
    """An empty table with the headings of a kind, and a sheet that explains them."""

    access = IMPORT
    renderer_classes = [JSONRenderer, WorkbookRenderer]

    @extend_schema(responses=WORKBOOK)
    def get(self, request: Request, kind_code: str) -> FileResponse:
        kind = kinds.get(kind_code)
        if kind is None:
            raise missing()
        own = not person_of(request).can(OPERATE)
        return _workbook(tables.template(kind, own=own), f"{kind.code}.xlsx")


def _workbook(file: IO[bytes], name: str) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _owner(person: Person, organisation_id: int | None) -> Organisation | None:
    """The organisation named, the person's only one, or nobody in particular for an operator."""
    if organisation_id is not None:
        return parties.own_organisation(person, organisation_id, IMPORT)
    if person.can(OPERATE):
        return None
    own = sorted({each.organisation_id for each in person.active_memberships if IMPORT in each.capabilities})
    if len(own) != 1:
        raise Problem(from_code("required", "organisation"))
    return parties.own_organisation(person, own[0], IMPORT)
