"""Which of ours: the pairings of all that one posts, in one ranked list."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.weights import BAND_CODES
from rongqiao.common import params
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem, from_code
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window
from rongqiao.parties.api.people import person_of
from rongqiao.parties.current import current_organisation
from rongqiao.postings import kinds

from .. import bills, lessons, selectors, services
from .serializers import OwnPairingSerializer

MOST_ID = 999_999_999_999
HELP = {
    "side": "自己这一边：offer（默认）或 need / one's own side: offer (the default) or need",
    "organisation": "自己的哪个单位，默认为当前单位 / which of one's own, by default the one acted for",
    "unit": "只看一个院系 / of one unit",
    "other": "只看与这一条的配对：我们谁合适 / with this posting alone: which of ours fit it",
    "kind": "对岸信息的类型 / the kind across",
    "band": "档次 / the band",
}


class OwnPairings(APIView):
    """The pairings of all open postings of one's own organisation, best first: of all, of a unit, or with one posting."""

    access = POST

    @extend_schema(
        operation_id="pairings_list",
        parameters=[OpenApiParameter(name, description=words) for name, words in HELP.items()],
        responses=listed(OwnPairingSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, *HELP)
        person = person_of(request)
        side: Any = params.choice(request, "side", {"need", "offer"}) or "offer"
        organisation = _organisation(request)
        ids = {f"{name}_id": params.integer(request, name, 0, 1, MOST_ID) for name in ("unit", "other")}
        rows = selectors.of_owner(person, side, organisation, **ids)
        kind = params.choice(request, "kind", {each.code for each in kinds.all_kinds()})
        band = params.choice(request, "band", frozenset(BAND_CODES))
        rows = rows.filter(**{f"{selectors.OTHER[side]}_kind": kind}) if kind else rows
        rows = rows.filter(band=band) if band else rows
        offset, size = window(request)
        shown = bills.with_bills(list(rows[offset : offset + size]))
        services.expose(shown=shown, person=person, organisation_id=organisation, place="ours", first=offset + 1)
        context = {"request": request, "side": side, "lessons": lessons.of_owner(organisation, side)}
        data = OwnPairingSerializer(shown, many=True, context=context).data
        for number, row in enumerate(data):
            row["rank"] = offset + number + 1
        return Response(page(data, rows.count(), offset, size))


def _organisation(request: Request) -> int:
    """The one that is named, or acted for."""
    found = params.integer(request, "organisation", 0, 1, MOST_ID) or current_organisation(request)
    if not found:
        raise Problem(from_code("required", "organisation"))
    return found
