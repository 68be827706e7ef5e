"""The organisation somebody acts for by default, when they belong to several: kept in their session."""

from typing import Any

from rest_framework.request import Request

from .models import Person

CURRENT_ORGANISATION = "current organisation"


def current_organisation(request: Request) -> int | None:
    """The one chosen, the only one, or None. One that the person has left is forgotten."""
    person: Any = request.user
    if not isinstance(person, Person):
        return None
    own = sorted(set(person.organisation_ids()))
    chosen = request.session.get(CURRENT_ORGANISATION)
    if chosen in own:
        return int(chosen)
    return own[0] if len(own) == 1 else None
