"""The one shape of an error: which field, what is wrong, what to do — in the reader's language.

`{"status": 400, "errors": [{"field": "details.headcount", "code": "too_small", "fault": "…", "remedy": "…"}]}`
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response

from .language import Bilingual, speaks_english
from .remedies import FALLBACK, REMEDIES


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `field` as the caller named it ("" for the request as a whole)."""

    field: str
    code: str
    fault: Bilingual | str
    remedy: Bilingual | str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "fault": str(self.fault), "remedy": str(self.remedy)}


class Problem(Exception):
    """Raised by services and views; becomes an answer with `status`, the faults, and what else helps (`more`)."""

    def __init__(
        self, *faults: Fault, status: int = status.HTTP_400_BAD_REQUEST, more: dict[str, Any] | None = None
    ) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults
        self.status = status
        self.more = more or {}


def missing() -> Problem:
    """What is foreign looks like what is not there: the same body for both."""
    return Problem(from_code("not_found"), status=404)


def from_code(code: str, field: str = "", fault: str | None = None) -> Fault:
    """A fault whose words stand in the table of remedies; `fault`, a framework's sentence, replaces the first
    unless it is not in the reader's language (some of theirs were never translated)."""
    words, remedy = REMEDIES.get(code, FALLBACK)
    ours = not fault or (fault.isascii() and not speaks_english())
    return Fault(field, code, words if ours else str(fault), remedy)


def body(faults: Iterable[Fault], code: int) -> dict[str, Any]:
    """The JSON of an error answer."""
    return {"status": code, "errors": [fault.as_json() for fault in faults]}


def json_error(fault: Fault, code: int) -> JsonResponse:
    """An error answer for code outside REST views (middleware, handlers)."""
    return JsonResponse(body([fault], code), status=code, json_dumps_params={"ensure_ascii": False})


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error that is a caller's becomes our shape; others stay errors."""
    if isinstance(error, Problem):
        return Response({**body(error.faults, error.status), **error.more}, status=error.status)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, ModelError):
        error = exceptions.ValidationError(error.messages)
    if not isinstance(error, exceptions.APIException):
        return None
    wait = getattr(error, "wait", None)
    headers = {"Retry-After": f"{wait:.0f}"} if wait else None
    return Response(body(_faults(error), error.status_code), status=error.status_code, headers=headers)


def _faults(error: exceptions.APIException) -> list[Fault]:
    if isinstance(error, exceptions.ValidationError):
        return list(_flatten(error.detail, ""))
    return [from_code(_code_of(error.detail, error.default_code))]


def _flatten(detail: Any, path: str) -> Iterable[Fault]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flatten(inner, path if name == "non_field_errors" else _join(path, str(name)))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _flatten(inner, _join(path, str(number)) if nested else path)
    else:
        code = _code_of(detail, "invalid")
        yield from_code(code, path, str(detail))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _code_of(detail: Any, default: str) -> str:
    return getattr(detail, "code", None) or default
