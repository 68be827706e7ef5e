"""Is it alive, is it ready, and in detail for operators."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common.capabilities import OPERATE
from rongqiao.indexing import selectors as indexing
from rongqiao.mailing import selectors as mailing
from rongqiao.outbox import selectors as outbox


def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of anyone."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and has every migration; a search engine that is down does not count."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return JsonResponse({"status": "database unavailable"}, status=503)
    if waiting:
        return JsonResponse({"status": "migrations waiting", "count": len(waiting)}, status=503)
    return JsonResponse({"status": "ok"})


class Detail(APIView):
    """What an operator wants to know: the outbox of each consumer, the search engine and its indexes, letters by
    state."""

    access = OPERATE

    @extend_schema(responses=dict)
    def get(self, request: Request) -> Response:
        depths = [
            {"consumer": d.consumer, "waiting": d.waiting, "oldest": d.oldest, "set_aside": d.set_aside}
            for d in outbox.depths()
        ]
        letters = [{"state": d.state, "count": d.count, "oldest": d.oldest} for d in mailing.depths()]
        search = indexing.state()
        return Response({"outbox": depths, "search": search, "index": search.pop("sizes"), "letters": letters})
