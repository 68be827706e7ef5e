"""The reviewers' queue, one case with all it needs, and the decisions."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.capabilities import REVIEW
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window
from rongqiao.files import selectors as files
from rongqiao.parties import selectors as parties
from rongqiao.parties.api.people import person_of
from rongqiao.parties.api.serializers.organisations import OwnOrganisationSerializer
from rongqiao.parties.api.serializers.trust import ApplicationSerializer
from rongqiao.postings import kinds
from rongqiao.postings import selectors as postings
from rongqiao.postings.api.serializers import PostingSerializer

from .. import checks, selectors, services, subjects
from ..models import Case
from ..vocabulary import REASONS, Occasion, State
from .serializers import (
    ApprovalSerializer,
    CaseSerializer,
    DeclineSerializer,
    OutcomeSerializer,
    QueueSerializer,
    ReasonSerializer,
    WholeCaseSerializer,
)

FILTERS = ("occasion", "state", "organisation", "kind", "region")


class Queue(APIView):
    """What waits for a reviewer, the oldest first; with `state`, what was decided."""

    access = REVIEW

    @extend_schema(
        operation_id="reviews_list",
        parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=listed(CaseSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, *FILTERS)
        rows = self._filtered(request)
        offset, size = window(request)
        shown = list(rows[offset : offset + size])
        context = {"request": request, "subjects": selectors.subjects_of(shown)}
        data = CaseSerializer(shown, many=True, context=context).data
        return Response(page(data, rows.count(), offset, size))

    def _filtered(self, request: Request) -> Any:
        state = params.choice(request, "state", frozenset(State.values)) or State.WAITING
        occasion = params.choice(request, "occasion", frozenset(Occasion.values))
        organisation = params.integer(request, "organisation", 0, 1, 999_999_999)
        kind = params.choice(request, "kind", frozenset(each.code for each in kinds.all_kinds()))
        region = params.text(request, "region", 12)
        rows = selectors.cases().filter(state=state)
        rows = rows.filter(occasion=occasion) if occasion else rows
        rows = rows.filter(organisation_id=organisation) if organisation else rows
        rows = rows.filter(organisation__region_code__startswith=region.rstrip("0") or region) if region else rows
        return selectors.of_kind(rows, kind) if kind else rows


class OneCase(APIView):
    """A case with its subject, the evidence, what a program noticed, likely duplicates, and earlier decisions."""

    access = REVIEW

    @extend_schema(responses=WholeCaseSerializer)
    def get(self, request: Request, case_id: int) -> Response:
        case = selectors.one_case(case_id)
        services.see(case=case, by=person_of(request))
        return Response(_whole(case, request))


def _whole(case: Case, request: Request) -> dict[str, Any]:
    history = selectors.history_of(case)
    context: dict[str, Any] = {
        "request": request,
        "subjects": selectors.subjects_of([case, *history]),
        "history": history,
        "organisation_record": OwnOrganisationSerializer(parties.any_organisation(case.organisation_id)).data,
        "evidence": [],
    }
    subject = subjects.of(case)
    if isinstance(subject, subjects.ApplicationSubject):
        application = subject.application
        context["subject"] = ApplicationSerializer(application).data
        context["evidence"] = [_file(each) for each in files.these(application.evidence)]
        context["remarks"] = [_remark(each) for each in checks.of_application(application)]
        context["alike"] = [_organisation(each) for each in parties.similar_organisations(application.organisation)]
    elif isinstance(subject, subjects.PostingSubject):
        context["subject"] = PostingSerializer(subject.posting, context={"request": request}).data
        context["remarks"] = [_remark(each) for each in checks.of_posting(subject.posting)]
        context["alike"] = [_posting(*each) for each in postings.near_copies(subject.posting)]
    return dict(WholeCaseSerializer(case, context=context).data)


def _file(file: Any) -> dict[str, Any]:
    return {"uuid": str(file.uuid), "name": file.name, "media_type": file.media_type, "size": file.size, "pages": file.pages}


def _remark(remark: checks.Remark) -> dict[str, str]:
    return {"code": remark.code, "field": remark.field, "words": remark.words, "why": str(remark.why)}


def _organisation(alike: Any) -> dict[str, Any]:
    other = alike.organisation
    return {
        "organisation": other.pk, "name": other.name, "uscc": other.uscc or "", "verify_status": other.verify_status,
        "by": alike.by, "likeness": alike.likeness,
    }  # fmt: skip


def _posting(other: Any, likeness: int) -> dict[str, Any]:
    return {
        "posting": other.pk, "title": other.title, "organisation_name": other.organisation.name, "status": other.status,
        "likeness": likeness,
    }  # fmt: skip


class Approve(APIView):
    """Say yes to one or several cases at once."""

    access = REVIEW

    @extend_schema(request=ApprovalSerializer, responses=OutcomeSerializer(many=True))
    def post(self, request: Request) -> Response:
        serializer = ApprovalSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        done = services.approve(case_ids=given.pop("cases"), by=person_of(request), **given)
        return Response(OutcomeSerializer(done, many=True).data)


class Decline(APIView):
    """Say no to one or several cases at once, with reasons."""

    access = REVIEW

    @extend_schema(request=DeclineSerializer, responses=OutcomeSerializer(many=True))
    def post(self, request: Request) -> Response:
        serializer = DeclineSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        done = services.decline(case_ids=given.pop("cases"), by=person_of(request), **given)
        return Response(OutcomeSerializer(done, many=True).data)


class Undo(APIView):
    """Take a decision back within a day, while nothing has moved on."""

    access = REVIEW

    @extend_schema(request=None, responses=CaseSerializer)
    def post(self, request: Request, case_id: int) -> Response:
        services.undo(case_id=case_id, by=person_of(request))
        case = selectors.one_case(case_id)
        context = {"request": request, "subjects": selectors.subjects_of([case])}
        return Response(CaseSerializer(case, context=context).data)


class Reasons(APIView):
    """The reasons that may be given, for forms."""

    access = REVIEW

    @extend_schema(responses=listed(ReasonSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        rows = [{"code": each.code, "words": str(each.words), "of": sorted(each.of)} for each in REASONS.values()]
        return Response(page(rows, len(rows), 0, len(rows)))


class Summary(APIView):
    """How much waits for each occasion, since when, and how much was declined."""

    access = REVIEW

    @extend_schema(responses=listed(QueueSerializer))
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        rows = QueueSerializer(selectors.summary(), many=True).data
        return Response(page(rows, len(rows), 0, len(rows) or 1))
