"""Django's CSRF check with an answer in our shape."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from .errors import from_code, json_error


class Csrf(CsrfViewMiddleware):
    """As Django's, but the refusal is a JSON error with a remedy instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return json_error(from_code("csrf"), 403)

