"""Stored contents and facts as the records that matching reads."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from matching.records import UNKNOWN_CAPACITY, UNKNOWN_LEVEL, Batch, Record
from matching.records import Content as ContentRecord
from matching.terms import Terms

from .engines import vector_of
from .models import Content, Indexed

MOST_KEPT = 20_000


def content_record(row: Content) -> ContentRecord:
    """A stored content for matching."""
    return ContentRecord(
        key=row.pk, kind=row.kind, title=row.title, terms=Terms.from_bytes(bytes(row.terms)),
        vector=vector_of(row.vector), majors=frozenset(row.majors), occupations=frozenset(row.occupations),
        skills=frozenset(row.skills), certificates=frozenset(row.certificates),
    )  # fmt: skip


class ContentShelf:
    """Contents kept in memory, the least used dropped. A content never changes, so nothing here can be stale."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[int, ContentRecord] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, content_ids: Iterable[int]) -> list[ContentRecord]:
        """The contents of these ids in their order; ids without a row are left out. One query at most."""
        wanted = list(content_ids)
        with self._lock:
            found = {key: self._kept[key] for key in wanted if key in self._kept}
        missing = [key for key in wanted if key not in found]
        if missing:
            found |= {row.pk: content_record(row) for row in _without_text(missing)}
            self._keep(found)
        return [found[key] for key in wanted if key in found]

    def clear(self) -> None:
        """Forget everything (another database, in tests)."""
        with self._lock:
            self._kept.clear()

    def _keep(self, found: dict[int, ContentRecord]) -> None:
        with self._lock:
            self._kept.update(found)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _without_text(content_ids: list[int]) -> Iterable[Content]:
    return Content.objects.defer("body", "digest").filter(pk__in=content_ids)


shelf = ContentShelf()


def record_of(row: Indexed, content: ContentRecord) -> Record:
    """An indexed posting for matching."""
    place = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return Record(
        key=row.posting_id, content=content, organisation=row.organisation_id, confirmed=date.fromordinal(row.confirmed_day),
        industry=row.industry or None, level=row.level, place=place, capacity=row.capacity,
        recommendable=row.recommendable,
    )  # fmt: skip


COLUMNS = (
    "posting_id", "content_id", "organisation_id", "industry", "level", "latitude", "longitude", "capacity",
    "confirmed_day", "recommendable",
)  # fmt: skip


def batch_of(contents: list[ContentRecord], kind: str) -> Batch:
    """The open postings that have these contents, as columns: one query, no objects per row."""
    place = {content.key: position for position, content in enumerate(contents)}
    rows = _raw(Indexed.objects.filter(kind=kind, content_id__in=list(place)).values_list(*COLUMNS))
    columns: list[Any] = list(zip(*rows, strict=True)) or [() for _ in COLUMNS]
    keys, content_ids, organisations, industries, levels, lat, lng, capacity, days, recommendable = columns
    known = {industry: position for position, industry in enumerate(dict.fromkeys(industries))}
    return Batch(
        contents=contents,
        content_index=np.array([place[key] for key in content_ids], dtype=np.intp),
        keys=np.array(keys, dtype=np.int64),
        organisations=np.array(organisations, dtype=np.int64),
        industries=[industry or None for industry in known],
        industry=np.array([known[industry] for industry in industries], dtype=np.intp),
        level=np.array([level or UNKNOWN_LEVEL for level in levels], dtype=np.int8),
        latitude=np.array(lat, dtype=np.float64),
        longitude=np.array(lng, dtype=np.float64),
        capacity=np.array([UNKNOWN_CAPACITY if c is None else c for c in capacity], dtype=np.int64),
        confirmed=np.array(days, dtype=np.int64),
        recommendable=np.array(recommendable, dtype=np.bool_),
    )


def _raw(rows: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
    """The rows as the driver gives them: thousands a run, of plain numbers, for which the ORM's conversion of each
    value costs more than the query."""
    sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
