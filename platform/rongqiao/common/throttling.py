"""Limits on how often one may ask. Counting needs the cache; when that is away everybody may pass."""

import logging
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

log = logging.getLogger(__name__)


class Forgiving:
    """Mix in first: a cache that does not answer must not turn every request into an error."""

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return bool(super().allow_request(request, view))  # type: ignore[misc]
        except Exception:
            log.exception("throttling: the cache is away; nobody is counted")
            return True


class Visitors(Forgiving, AnonRateThrottle):
    """Those who have not signed in, by address."""


class People(Forgiving, UserRateThrottle):
    """Those who have, by person."""
