"""For operators: a dry run. Who would get what, why not the others, and how one letter would look."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import clock, params
from rongqiao.common.capabilities import OPERATE
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page, window

from .. import previewing, selectors
from ..kinds import KINDS
from ..planning import plan
from .serializers import DigestOutcomeSerializer, LetterPreviewSerializer, PlannedSerializer


class Planned(APIView):
    """Everybody with what they would get now, composed and not sent; `due=1`: those whose moment has come."""

    access = OPERATE

    @extend_schema(
        operation_id="digests_planned",
        parameters=[OpenApiParameter(name) for name in ("kind", "to", "due")],
        responses=listed(PlannedSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, "kind", "to", "due")
        due = params.choice(request, "due", {"0", "1"}) == "1"
        now = clock.now()
        rows = selectors.preferences(
            kind=params.choice(request, "kind", set(KINDS)), to=params.text(request, "to", 254), due_at=now if due else None
        )
        offset, size = window(request)
        planned = sorted(plan(rows[offset : offset + size], now, due=due), key=lambda each: each[0].pk)
        shown = [PlannedSerializer(each).data for each in planned]
        return Response(page(shown, rows.count(), offset, size))


class OnePlanned(APIView):
    """The letter that somebody would get now."""

    access = OPERATE

    @extend_schema(operation_id="digests_planned_letter", responses=LetterPreviewSerializer)
    def get(self, request: Request, preference_id: int) -> Response:
        ((preference, composed),) = plan([selectors.one_preference(preference_id)], clock.now(), due=False)
        return Response(LetterPreviewSerializer(previewing.shown(preference, composed)).data)


class Outcomes(APIView):
    """What came of the digests of the last seven days."""

    access = OPERATE

    @extend_schema(
        operation_id="digests_outcomes", parameters=[OpenApiParameter("kind")], responses=listed(DigestOutcomeSerializer)
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, "kind")
        rows = selectors.outcomes(clock.now(), params.choice(request, "kind", set(KINDS)))
        return Response(page(DigestOutcomeSerializer(rows, many=True).data, len(rows), 0, max(len(rows), 1)))
