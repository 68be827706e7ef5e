"""Errors outside REST views, in the same shape as those inside."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from rongqiao.common.errors import from_code, json_error


def bad_request(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """400."""
    return json_error(from_code("invalid"), 400)


def forbidden(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """403."""
    return json_error(from_code("permission_denied"), 403)


def not_found(request: HttpRequest, exception: Any = None) -> JsonResponse:
    """404."""
    return json_error(from_code("not_found"), 404)


def failed(request: HttpRequest) -> JsonResponse:
    """500: ours, and said so without inner details."""
    return json_error(from_code("error"), 500)
