"""Refuses, before any work, input that databases and parsers choke on (NUL bytes, bodies without end)."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from .errors import from_code, json_error

_MULTIPART = "multipart/form-data"


class InputGuard:
    """Middleware: 400 for NUL bytes (in address or cookies) or text that is not UTF-8 in the address, 413 for a
    body over the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.refusal(request) or self.get_response(request)

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        """An error answer, or None when the request may go on."""
        raw = unquote_to_bytes(request.META.get("QUERY_STRING", "").replace("+", " "))
        path = request.path_info.encode("utf-8", "surrogateescape")
        if b"\0" in raw or b"\0" in path or any("\0" in value for value in request.COOKIES.values()):
            return json_error(from_code("control_character"), 400)
        if not _is_utf8(raw) or not _is_utf8(path):
            return json_error(from_code("bad_encoding"), 400)
        if _length(request) > _limit(request):
            return json_error(from_code("body_too_large"), 413)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A database that is down is 503, not a crash."""
        if isinstance(error, OperationalError):
            return json_error(from_code("database_unavailable"), 503)
        return None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _limit(request: HttpRequest) -> int:
    if (request.META.get("CONTENT_TYPE") or "").startswith(_MULTIPART):
        return int(settings.RONGQIAO_UPLOAD_LIMIT)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
