"""Keeping searches: save, rename, look at, delete."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.parties.models import Person

from . import saved
from .models import SavedSearch

MOST_SAVED = 50
"""Searches one person can keep: each is asked anew whenever the list is looked at."""


@transaction.atomic
def save_search(*, person: Person, name: str, words: str, filters: Mapping[str, str]) -> SavedSearch:
    """Keep a search; what is there now counts as seen. Raises Problem `empty_search`, `too_many` or `name_taken`."""
    if not words and not filters:
        raise Problem(from_code("empty_search", "q"))
    if SavedSearch.objects.filter(person=person).count() >= MOST_SAVED:
        raise Problem(from_code("too_many"))
    search = SavedSearch(person=person, name=name, words=words, filters=dict(filters), seen_at=clock.now())
    return _under_its_name(search)


@transaction.atomic
def rename_search(*, person: Person, search_id: int, name: str) -> SavedSearch:
    """Give a kept search another name. Raises Problem 404 or `name_taken`."""
    search = saved.own_search(person, search_id)
    search.name = name
    return _under_its_name(search)


@transaction.atomic
def see_search(*, person: Person, search_id: int) -> SavedSearch:
    """What is new has been seen. Raises Problem 404."""
    search = saved.own_search(person, search_id)
    search.seen_at = clock.now()
    search.save(update_fields=["seen_at", "updated_at"])
    return search


@transaction.atomic
def delete_search(*, person: Person, search_id: int) -> None:
    """Keep it no longer. Raises Problem 404."""
    saved.own_search(person, search_id).delete()


@transaction.atomic
def mark_told(*, search_ids: list[int], at: datetime) -> None:
    """A letter has told of what was new until then, so that the next one tells only of what came after."""
    SavedSearch.objects.filter(pk__in=search_ids).update(told_at=at)


def _under_its_name(search: SavedSearch) -> SavedSearch:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise Problem(from_code("name_taken", "name")) from error
    return search
