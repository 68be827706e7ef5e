"""Whose request it is."""

from rest_framework.request import Request

from ..models import Person


def person_of(request: Request) -> Person:
    """The signed-in person (the view's `access` has made sure that there is one)."""
    assert isinstance(request.user, Person)
    return request.user


def reader_of(request: Request) -> Person | None:
    """The person who reads, None for a visitor."""
    return request.user if isinstance(request.user, Person) else None
