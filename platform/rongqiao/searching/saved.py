"""Reading kept searches, and what is new for each: for their owner, and for who writes letters about it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from rongqiao.common.errors import missing
from rongqiao.parties.models import Person
from rongqiao.postings import selectors as postings
from rongqiao.postings.models import Posting

from . import answering, plain
from .asking import KEYWORDS, Asked, Place
from .models import SavedSearch
from .selectors import understood_of

log = logging.getLogger(__name__)

KEPT = frozenset({"kind", *KEYWORDS, "fresh", "lat", "lng", "km"})
"""The filters that are kept with a search; a place as degrees and kilometres."""
MOST_NEW = 200
"""New postings that are looked at for one search, the newest first."""


@dataclass(frozen=True, slots=True)
class New:
    """What is new for a kept search: its ids, the newest first, at most MOST_NEW. `away`: found by title and owner alone,
    while the index was away."""

    search: SavedSearch
    ids: list[int]
    away: bool = False

    @property
    def count(self) -> int:
        return len(self.ids)


def own_searches(person: Person) -> "QuerySet[SavedSearch]":
    """The person's kept searches, the newest first."""
    return SavedSearch.objects.filter(person=person).order_by("-created_at", "-id")


def own_search(person: Person, search_id: int) -> SavedSearch:
    """One of them; another's looks missing."""
    found = SavedSearch.objects.filter(person=person, pk=search_id).first()
    if found is None:
        raise missing()
    return found


def kept(asked: Asked) -> dict[str, str]:
    """The filters of a search as they are kept."""
    filters = {name: str(getattr(asked, name)) for name in ("kind", *KEYWORDS, "fresh") if getattr(asked, name)}
    if asked.place:
        place = asked.place
        filters |= {"lat": str(place.lat), "lng": str(place.lng), "km": str(place.km)}
    return filters


def asked_of(search: SavedSearch, since: datetime | None = None) -> Asked:
    """A kept search as it is asked: everything, or what was published on or after the day of `since`."""
    known: Mapping[str, str] = {name: value for name, value in search.filters.items() if name in KEPT}
    words: dict[str, Any] = {name: value for name, value in known.items() if name == "kind" or name in KEYWORDS}
    place = Place(float(known["lat"]), float(known["lng"]), float(known["km"])) if "lat" in known else None
    day = timezone.localdate(since) if since else None
    return Asked(words=search.words, fresh=int(known.get("fresh", 0)), place=place, since=day, sort="newest", **words)


def new_of(search: SavedSearch, since: datetime | None = None) -> New:
    """What was published after the person last looked (or after `since`), and is still open."""
    return news([search], {search.pk: since} if since else {})[0]


def news(searches: Iterable[SavedSearch], since: Mapping[int, datetime] | None = None) -> list[New]:
    """What is new for each, in their order: one query of the database, however many they are.

    `since` gives another moment than `seen_at` for some, by id: a letter tells what came after the last letter.
    """
    asked = [(search, (since or {}).get(search.pk, search.seen_at)) for search in searches]
    found = [_of_that_day(search, moment) for search, moment in asked]
    every = {key for new in found for key in new.ids}
    moments = dict(Posting.objects.filter(pk__in=every).values_list("pk", "published_at"))
    return [
        # The index knows the day, the database the moment.
        replace(new, ids=_after(moment, new.ids, moments))
        for (_, moment), new in zip(asked, found, strict=True)
    ]


def _of_that_day(search: SavedSearch, moment: datetime) -> New:
    asked = asked_of(search, moment)
    understood = understood_of(asked)
    try:
        return New(search, answering.ids(asked, understood, MOST_NEW))
    except Exception:
        log.exception("search: the engine failed; what is new comes from the database")
        return New(search, [posting.pk for posting in plain.find(asked, understood)], away=True)


def _after(moment: datetime, ids: list[int], moments: Mapping[int, datetime | None]) -> list[int]:
    dated = [(published, key) for key in ids if (published := moments.get(key)) and published > moment]
    return [key for _, key in sorted(dated, reverse=True)][:MOST_NEW]


def rows_of(new: New, offset: int, size: int) -> list[Posting]:
    """A page of what is new, as everybody may see it now."""
    return postings.shown_in_order(new.ids[offset : offset + size])
