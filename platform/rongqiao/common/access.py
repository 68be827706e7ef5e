"""Who may call an endpoint. Nothing is open by default: each view declares `access`, or everyone is refused.

`access` is one of PUBLIC, SIGNED_IN, or a capability such as "post" (see `parties.roles`), or a dictionary
from HTTP method to one of these.
"""

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

PUBLIC = "public"
SIGNED_IN = "signed in"


class SessionSignIn(SessionAuthentication):
    """Session cookies with CSRF; a missing sign-in answers 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class Declared(BasePermission):
    """Lets through only whom the view's `access` names. A method that the view does not serve is 405 for everybody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not hasattr(view, (request.method or "GET").lower()):
            return True
        needed = declared(view, request.method or "GET")
        if needed == PUBLIC:
            return True
        user: Any = request.user
        if needed is None or not user.is_authenticated:
            return False
        return needed == SIGNED_IN or user.can(needed)


def declared(view: Any, method: str) -> str | None:
    """What the view (class or instance) declares for a method; None means nobody."""
    access: str | dict[str, str] | None = getattr(view, "access", None)
    if isinstance(access, dict):
        return access.get("GET" if method in ("HEAD", "OPTIONS") else method)
    return access
