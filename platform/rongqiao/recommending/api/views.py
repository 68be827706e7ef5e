"""Pairings of a posting, one pairing with its bill, and the preview of a draft."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.printing import as_page, as_text
from matching.taxonomy_protocol import Language
from matching.weights import BAND_CODES
from rongqiao.common import params
from rongqiao.common.access import SIGNED_IN
from rongqiao.common.capabilities import POST
from rongqiao.common.language import Bilingual, speaks_english
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window
from rongqiao.parties.api.people import person_of
from rongqiao.postings import kinds
from rongqiao.postings import selectors as postings
from rongqiao.postings.api.serializers import base_of

from .. import bills, lessons, previews, selectors, services
from ..models import Pairing
from .serializers import (
    BillSerializer,
    PairingSerializer,
    PreviewedSerializer,
    PreviewSerializer,
    scores_of,
    sentences,
)

PRINTED: dict[str, tuple[str, Callable[[Mapping[str, Any], Language], str]]] = {
    "text": ("text/plain", as_text),
    "page": ("text/html", as_page),
}
SWITCHED_OFF = Bilingual("本单位已关闭推荐，可在机构设置中打开", "Recommendations are switched off for this organisation")
RESTING = Bilingual(
    "本单位近期有三次对接未在期限内答复，推荐暂停；答复任一对接即恢复",
    "Recommendations rest because three introductions got no answer in time; any answer brings them back",
)
NOT_OPEN = Bilingual("发布后才会推荐", "Pairings appear after publishing")


class Pairings(APIView):
    """Who fits a posting of one's own, best first, with reasons."""

    access = POST

    @extend_schema(
        parameters=[OpenApiParameter("kind"), OpenApiParameter("band")],
        responses=listed(PairingSerializer, note=serializers.CharField()),
    )
    def get(self, request: Request, posting_id: int) -> Response:
        params.refuse_unknown(request, "kind", "band")
        person = person_of(request)
        posting = postings.own_one(person, posting_id)
        side = kinds.of(posting.kind).side
        services.ensure(posting_id)
        rows = selectors.of_posting(posting)
        kind = params.choice(request, "kind", {each.code for each in kinds.all_kinds()})
        band = params.choice(request, "band", frozenset(BAND_CODES))
        if kind:
            rows = rows.filter(offer_kind=kind) if side == "need" else rows.filter(need_kind=kind)
        rows = rows.filter(band=band) if band else rows
        offset, size = window(request)
        shown = bills.with_bills(list(rows[offset : offset + size]))
        services.expose(
            shown=shown, person=person, organisation_id=posting.organisation_id, place="list", first=offset + 1
        )
        context = {"request": request, "side": side, "lessons": lessons.of(posting)}
        data = [PairingSerializer(row, context=context).data for row in shown]
        for number, row in enumerate(data):
            row["rank"] = offset + number + 1
        return Response(page(data, rows.count(), offset, size, note=_note(posting)))


def _note(posting: Any) -> str:
    if not posting.is_open:
        return str(NOT_OPEN)
    if not posting.organisation.recommendations_on:
        return str(SWITCHED_OFF)
    return "" if posting.organisation.is_recommended else str(RESTING)


class OnePairing(APIView):
    """One pairing with its bill, for the two it concerns: as JSON, as plain text, or as a page to print."""

    access = POST

    @extend_schema(
        parameters=[OpenApiParameter("form", enum=["json", *PRINTED])],
        responses={
            (200, "application/json"): BillSerializer,
            **{(200, kind): OpenApiTypes.STR for kind, _ in PRINTED.values()},
        },
    )
    def get(self, request: Request, pairing_id: int) -> Response | HttpResponse:
        params.refuse_unknown(request, "form")
        form = params.choice(request, "form", {"json", *PRINTED})
        person = person_of(request)
        pairing = selectors.one_for(person, pairing_id)
        side = "need" if postings.is_owner(person, pairing.need) else "offer"
        own = pairing.need if side == "need" else pairing.offer
        shown = bills.with_bills([pairing])
        services.expose(shown=shown, person=person, organisation_id=own.organisation_id, place="bill", first=1)
        if form in PRINTED:
            return _printed(pairing, form)
        return Response(BillSerializer(pairing, context={"request": request, "side": side}).data)


def _printed(pairing: Pairing, form: str) -> HttpResponse:
    """The bill in the reader's language, for reading and printing only: a page of it may load and run nothing."""
    content_type, write = PRINTED[form]
    assert pairing.bill is not None
    answer = HttpResponse(write(pairing.bill, "en" if speaks_english() else "zh"), f"{content_type}; charset=utf-8")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


class MatchPreview(APIView):
    """Who would fit a draft that is not saved yet. Faults name the fields that were left out."""

    access = SIGNED_IN

    @extend_schema(request=PreviewSerializer, responses=PreviewedSerializer)
    def post(self, request: Request) -> Response:
        serializer = PreviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        person = person_of(request)
        own = person.organisation_ids()
        organisation = given.pop("organisation", None)
        found = previews.preview(
            kind_code=given.pop("kind"),
            details=given.pop("details"),
            base=given,
            organisation_id=organisation if organisation in own else (own[0] if own else 0),
        )
        shown = postings.shown_in_order(_other_key(pairing) for pairing in found.pairings)
        by_key = {posting.pk: posting for posting in shown}
        rows = [
            _previewed(pairing, by_key[_other_key(pairing)])
            for pairing in found.pairings
            if _other_key(pairing) in by_key
        ]
        faults = [fault.as_json() for fault in found.faults]
        return Response({"results": rows, "faults": faults, "note": found.note})


def _other_key(pairing: Any) -> int:
    return int(pairing.need.key or pairing.offer.key)


def _previewed(pairing: Any, other: Any) -> dict[str, Any]:
    bill = pairing.bill(counterfactuals=True)
    return {**scores_of(pairing), **sentences(bill), "other": base_of(other, owner=False)}
