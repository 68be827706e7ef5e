"""Lists come in pages: `?page=1&page_size=20`, never more than 100 rows, with the total."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from .params import integer

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_PAGE = 10_000


def window(request: Request) -> tuple[int, int]:
    """(offset, size) asked for; a clear 400 for anything that is not a page."""
    size = integer(request, "page_size", PAGE_SIZE, 1, MAX_PAGE_SIZE)
    page = integer(request, "page", 1, 1, MAX_PAGE)
    return (page - 1) * size, size


def page_of(rows: QuerySet[Any], request: Request, serializer: Any, **context: Any) -> Response:
    """One page of a queryset through a serializer class: two queries plus what the queryset prefetches."""
    offset, size = window(request)
    shown = list(rows[offset : offset + size])
    total = rows.count() if offset or len(shown) == size else len(shown)
    data = serializer(shown, many=True, context={"request": request, **context}).data
    return Response(page(data, total, offset, size))


def page(results: Any, total: int, offset: int, size: int, **more: Any) -> dict[str, Any]:
    """The envelope of every list."""
    return {"count": total, "page": offset // size + 1, "page_size": size, "results": results, **more}
