"""The facts a pairing was scored from, kept beside its scores."""

from datetime import date
from typing import Any

from matching.records import Content, Record

Facts = dict[str, Any]


def facts_of(record: Record) -> Facts:
    """Everything of a record but its content, which is kept by id."""
    return {
        "content": record.content.key,
        "organisation": record.organisation,
        "confirmed": record.confirmed.isoformat(),
        "industry": record.industry,
        "level": record.level,
        "place": list(record.place) if record.place else None,
        "capacity": record.capacity,
        "recommendable": record.recommendable,
    }


def record_from(key: int, facts: Facts, content: Content) -> Record:
    """The record as it was."""
    place = facts["place"]
    return Record(
        key=key, content=content, organisation=facts["organisation"],
        confirmed=date.fromisoformat(facts["confirmed"]), industry=facts["industry"], level=facts["level"],
        place=(place[0], place[1]) if place else None, capacity=facts["capacity"],
        recommendable=facts["recommendable"],
    )  # fmt: skip
