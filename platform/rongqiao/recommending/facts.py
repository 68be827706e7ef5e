"""The facts a pairing was scored from, kept beside its scores."""

from datetime import date
from typing import Any

from matching.records import Content, Record, Standing

Facts = dict[str, Any]


def facts_of(record: Record, across: int = 0) -> Facts:
    """Everything of a record but its content, which is kept by id; of past cooperation only that with the organisation
    across."""
    return {
        "content": record.content.key,
        "organisation": record.organisation,
        "confirmed": record.confirmed.isoformat(),
        "industry": record.industry,
        "level": record.level,
        "place": list(record.place) if record.place else None,
        "capacity": record.capacity,
        "recommendable": record.recommendable,
        "standing": _standing(record.standing, across),
    }


def _standing(standing: Standing | None, across: int) -> Facts | None:
    if standing is None:
        return None
    return {
        "asked": standing.asked,
        "answered": standing.answered,
        "priority": list(standing.priority),
        "partners": [[across, *standing.partners[across]]] if across in standing.partners else [],
    }


def _standing_from(facts: Facts | None) -> Standing | None:
    if facts is None:
        return None
    partners = {organisation: (done, broken) for organisation, done, broken in facts["partners"]}
    return Standing(facts["asked"], facts["answered"], tuple(facts["priority"]), partners)


def record_from(key: int, facts: Facts, content: Content) -> Record:
    """The record as it was. What was stored before standings were told has none."""
    place = facts["place"]
    return Record(
        key=key, content=content, organisation=facts["organisation"],
        confirmed=date.fromisoformat(facts["confirmed"]), industry=facts["industry"], level=facts["level"],
        place=(place[0], place[1]) if place else None, capacity=facts["capacity"],
        recommendable=facts["recommendable"], standing=_standing_from(facts.get("standing")),
    )  # fmt: skip
