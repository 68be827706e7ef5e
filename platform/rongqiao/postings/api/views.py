"""Kinds, postings, and the steps of their life."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem, from_code
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, page_of
from rongqiao.parties import selectors as parties
from rongqiao.parties.api.people import person_of, reader_of
from rongqiao.parties.current import current_organisation
from rongqiao.parties.models import Organisation, Person

from .. import kinds, life_cycle, selectors, services
from .serializers import DraftSerializer, EditSerializer, KindSerializer, PostingSerializer, StepSerializer

FILTERS = ("kind", "status", "region", "organisation", "mine")


class Kinds(APIView):
    """The kinds of posting with their fields: a form can be drawn from this alone."""

    access = PUBLIC

    @extend_schema(responses=listed(KindSerializer))
    def get(self, request: Request) -> Response:
        every = kinds.all_kinds()
        return Response(page([KindSerializer(kind).data for kind in every], len(every), 0, len(every) or 1))


class Postings(APIView):
    """What is open, newest first, or one's own in every state; writing a draft."""

    access = {"GET": PUBLIC, "POST": POST}

    @extend_schema(
        operation_id="postings_list",
        parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=listed(PostingSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, *FILTERS)
        mine = params.choice(request, "mine", {"1"})
        if mine and not isinstance(request.user, Person):
            raise Problem(from_code("not_authenticated"), status=401)
        rows = selectors.own(person_of(request)) if mine else selectors.latest_open()
        return page_of(self._filtered(rows, request), request, PostingSerializer)

    def _filtered(self, rows: Any, request: Request) -> Any:
        kind = params.choice(request, "kind", {each.code for each in kinds.all_kinds()})
        state = params.choice(request, "status", set(life_cycle.STATES))
        region = params.text(request, "region", 12)
        organisation = params.integer(request, "organisation", 0, 1, 999_999_999)
        rows = rows.filter(kind=kind) if kind else rows
        rows = rows.filter(status=state) if state else rows
        rows = rows.filter(region_code__startswith=_prefix(region)) if region else rows
        return rows.filter(organisation_id=organisation) if organisation else rows

    @extend_schema(request=DraftSerializer, responses={201: PostingSerializer})
    def post(self, request: Request) -> Response:
        serializer = DraftSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        person = person_of(request)
        posting = services.create_draft(
            organisation=_owner(request, given.pop("organisation", None)),
            by=person,
            kind_code=given.pop("kind"),
            unit_id=given.pop("unit", None),
            details=given.pop("details"),
            base=given,
        )
        data = PostingSerializer(posting, context={"request": request}).data
        return Response(data, status=status.HTTP_201_CREATED)


class OnePosting(APIView):
    """One posting: public fields for everybody while it is open, the whole of it for its owner."""

    access = {"GET": PUBLIC, "PATCH": POST}

    @extend_schema(responses=PostingSerializer)
    def get(self, request: Request, posting_id: int) -> Response:
        person = reader_of(request)
        posting = selectors.one_for(person, posting_id)
        if person is not None and selectors.sees_all(person, posting):
            services.see_contact(by=person, posting=posting)
        return Response(PostingSerializer(posting, context={"request": request}).data)

    @extend_schema(request=EditSerializer, responses=PostingSerializer)
    def patch(self, request: Request, posting_id: int) -> Response:
        selectors.own_one(person_of(request), posting_id)
        serializer = EditSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        try:
            services.edit(
                posting_id=posting_id, version=given.pop("version"), details=given.pop("details", None), base=given,
                by=person_of(request),
            )  # fmt: skip
        except Problem as problem:
            if problem.status == status.HTTP_409_CONFLICT:
                problem.more["posting"] = PostingSerializer(_again(posting_id), context={"request": request}).data
            raise
        return Response(PostingSerializer(_again(posting_id), context={"request": request}).data)


class PostingStep(APIView):
    """Take a step: submit, publish, confirm, withdraw and so on."""

    access = POST

    @extend_schema(request=StepSerializer, responses=PostingSerializer)
    def post(self, request: Request, posting_id: int, step: str) -> Response:
        person = person_of(request)
        posting = selectors.own_one(person, posting_id)
        serializer = StepSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.take_step(
            posting_id=posting_id,
            version=serializer.validated_data["version"],
            step_code=step,
            who=selectors.parts_played(person, posting),
            by=person,
        )
        return Response(PostingSerializer(_again(posting_id), context={"request": request}).data)


def _again(posting_id: int) -> Any:
    return selectors.with_owner().get(pk=posting_id)


def _owner(request: Request, organisation_id: int | None) -> Organisation:
    """The organisation to post for: the one named, or the one the person acts for."""
    chosen = organisation_id or current_organisation(request)
    if chosen is None:
        raise Problem(from_code("required", "organisation"))
    return parties.own_organisation(person_of(request), chosen, POST)


def _prefix(region: str) -> str:
    """A province's or a city's code without its trailing zeros covers everything below it."""
    while region.endswith("00"):
        region = region[:-2]
    return region
