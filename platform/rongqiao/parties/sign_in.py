"""Signing in is allauth's; its errors get our shape here."""

import json
import logging
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework.exceptions import ParseError

from rongqiao.common.capabilities import STRONG
from rongqiao.common.errors import Fault, Problem, body, from_code, json_error
from rongqiao.common.parsers import parse_json

log = logging.getLogger(__name__)

PREFIX = "/api/auth/"

# allauth's codes that our table names differently; the others keep their own code.
SAME_AS = {"email_password_mismatch": "wrong_password", "too_many_login_attempts": "throttled"}


# Where a person who still lacks the second factor may go: to see who they are, and to read what they agreed to.
WITHOUT_SECOND_FACTOR = frozenset({"/api/v1/me", "/api/v1/privacy", "/api/v1/schema"})


class SecondFactor:
    """Middleware: where the setting asks for it, those who review, watch or operate need a one-time code (TOTP).

    Without one in this session their requests are refused; allauth's addresses, where it is set up, stay open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_guarded(request.path_info) and lacks_second_factor(request):
            return json_error(from_code("second_factor_required"), 403)
        return self.get_response(request)


def _is_guarded(path: str) -> bool:
    return path.startswith("/api/v1/") and path not in WITHOUT_SECOND_FACTOR


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the person needs a one-time code here and this session was opened without one."""
    person: Any = request.user
    if not settings.RONGQIAO_SECOND_FACTOR or not person.is_authenticated:
        return False
    if not any(person.can(capability) for capability in STRONG):
        return False
    return all(record.get("method") != "mfa" for record in get_authentication_records(request, person))


class SignInErrors:
    """Middleware: an answer of allauth's that is an error becomes `{"status", "errors": [...]}`.

    What it says of the sign-in's state (`data.flows`, `meta.is_authenticated`) is kept beside the errors.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX) and (refusal := _refusal(request)):
            return refusal
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX) or response.status_code < 400:
            return response
        given = _json_of(response)
        if given is None or "fault" in str(given.get("errors", "")):
            return response
        answer = body(_faults(given, response.status_code), response.status_code)
        answer.update({key: given[key] for key in ("data", "meta") if key in given})
        replaced = JsonResponse(
            answer, status=response.status_code, json_dumps_params={"ensure_ascii": False}
        )
        replaced.cookies = response.cookies
        return replaced

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """allauth takes some malformed input (a reset key without a person, a phone of nobody) to a TypeError:
        the caller's fault, logged in case it is not."""
        if not request.path_info.startswith(PREFIX) or not isinstance(error, AttributeError | TypeError | ValueError):
            return None
        log.warning("sign-in: %s was refused as malformed", request.path_info, exc_info=error)
        return json_error(from_code("invalid"), 400)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """allauth parses bodies itself and falls over deep ones: they pass the same guard as everybody's first."""
    if not request.body:
        return None
    try:
        parse_json(request.body)
    except Problem as problem:
        return json_error(problem.faults[0], problem.status)
    except ParseError:
        return json_error(from_code("parse_error"), 400)
    return None


def _json_of(response: HttpResponse) -> dict[str, Any] | None:
    if "json" not in response.headers.get("Content-Type", ""):
        return {}
    try:
        value = json.loads(response.content)
    except ValueError:
        return None
    return value if isinstance(value, dict) else {}


def _faults(given: dict[str, Any], status: int) -> list[Fault]:
    errors = given.get("errors") or []
    if not errors:
        return [from_code(_BY_STATUS.get(status, "invalid"))]
    return [_fault(error) for error in errors]


def _fault(error: dict[str, Any]) -> Fault:
    code = str(error.get("code", "invalid"))
    return from_code(SAME_AS.get(code, code), str(error.get("param", "")), str(error.get("message", "")) or None)


_BY_STATUS = {
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    409: "already_done",
    410: "not_authenticated",
    429: "throttled",
}
