"""The audit trail: an organisation's own for those who manage it, all of it for the auditor. It has no writing side."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.capabilities import AUDIT, MANAGE
from rongqiao.common.errors import missing
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of

from .. import selectors
from ..models import Entry
from .serializers import AuditEntrySerializer

FILTERS = ("action", "subject_type", "subject", "person")
PAGE = listed(AuditEntrySerializer)


def filtered(rows: QuerySet[Entry], request: Request, *more: str) -> QuerySet[Entry]:
    """The rows that the request's filters leave. Problem for an unknown filter."""
    params.refuse_unknown(request, *FILTERS, *more)
    wanted: dict[str, Any] = {
        "action": params.text(request, "action", 40),
        "subject_type": params.text(request, "subject_type", 40),
        "subject_id": params.integer(request, "subject", 0, 1, 999_999_999),
        "person_id": params.integer(request, "person", 0, 1, 999_999_999),
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value})


class OwnTrail(APIView):
    """What was done in one's own organisation."""

    access = MANAGE

    @extend_schema(
        operation_id="organisation_audit", parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=PAGE,
    )  # fmt: skip
    def get(self, request: Request, organisation_id: int) -> Response:
        person: Any = request.user
        if not person.can_for(MANAGE, organisation_id):
            raise missing()
        return page_of(filtered(selectors.of_organisation(organisation_id), request), request, AuditEntrySerializer)


class WholeTrail(APIView):
    """What was done anywhere, for the auditor."""

    access = AUDIT

    @extend_schema(
        operation_id="audit", parameters=[OpenApiParameter(name) for name in (*FILTERS, "organisation")],
        responses=PAGE,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        rows = filtered(selectors.entries(), request, "organisation")
        organisation = params.integer(request, "organisation", 0, 1, 999_999_999)
        rows = rows.filter(organisation_id=organisation) if organisation else rows
        return page_of(rows, request, AuditEntrySerializer)
