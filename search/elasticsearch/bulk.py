"""Writing many documents: in parts of bearable size, with every item's answer counted."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.elasticsearch.connection import Answer, Connection
from search.elasticsearch.mapping import body, tombstone
from search.engine import Applied
from search.errors import EngineAway, IndexUnreadable, InvalidDocument
from search.schema import Checked, Deletes, Schema

_STALE = 409
_GONE = 404
_BAD_REQUEST = 400
_FIRST_ERROR = 300
_WANTED = "items.*.status,items.*.error.type,items.*.error.reason"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a batch: what becomes of it depends on its version, not on when it arrives."""

    key: int
    version: int
    source: str
    deletes: bool = False

    def lines(self, alias: str) -> tuple[str, str]:
        """The action and the document, as the server takes them."""
        action = {
            "_index": alias,
            "_id": str(self.key),
            "version": self.version,
            "version_type": "external_gte",
        }
        return json.dumps({"index": action}), self.source


def items_of(schema: Schema, upserts: Checked, deletes: Deletes, second: int) -> list[Item]:
    """The lines of a batch in its order, deletes last; a delete writes a tombstone."""
    written = [Item(each.key, each.version, body(schema, each, values)) for each, values in upserts]
    return written + [Item(key, version, tombstone(key, second), True) for key, version in deletes]


@dataclass
class Tally:
    """The answers to the items of a batch."""

    applied: Applied = field(default_factory=Applied)
    refused: list[tuple[Item, int, str]] = field(default_factory=list)

    def count(self, item: Item, status: int, why: str) -> None:
        if status == _STALE:
            self.applied += Applied(stale=1)
        elif status >= _BAD_REQUEST:
            self.refused.append((item, status, why))
        elif item.deletes:
            self.applied += Applied(deleted=1)
        else:
            self.applied += Applied(written=1)

    def judge(self, index: str) -> Applied:
        """What was applied, when the server took all of it; else the error for what it refused."""
        if not self.refused:
            return self.applied
        item, status, why = self.refused[0]
        if status == _BAD_REQUEST:
            raise InvalidDocument(item.key, "?", why[:_FIRST_ERROR])
        message = f"{len(self.refused)} refused ({status} {why[:_FIRST_ERROR]}), besides {self.applied}"
        raise IndexUnreadable(f"index {index!r}: {message}") if status == _GONE else EngineAway(message)


def send(
    connection: Connection,
    items: Sequence[Item],
    aliases: Sequence[str],
    *,
    most: tuple[int, int],
    refresh: bool,
    seconds: float | None = None,
) -> Tally:
    """Writes the items through each alias, `most` (items, bytes) at a time, and tells what the first alias answered.

    A further alias that is gone by now took its generation along: a rebuild was given up or took its place.
    With `refresh` all becomes visible at once, with the last part.
    """
    tally = Tally()
    parts = list(_parts(items, *most))
    for number, part in enumerate(parts, 1):
        show = refresh and number == len(parts)
        _send_part(connection, part, aliases, tally, refresh=show, seconds=seconds)
        if tally.refused:
            break
    return tally


def _send_part(
    connection: Connection,
    part: Sequence[Item],
    aliases: Sequence[str],
    tally: Tally,
    *,
    refresh: bool,
    seconds: float | None,
) -> None:
    # The client takes what is written out already as it is, though its types do not say so.
    lines: list[Any] = [line for alias in aliases for item in part for line in item.lines(alias)]
    outcomes = connection.read(
        lambda client: client.bulk(
            operations=lines, require_alias=True, refresh=refresh, filter_path=_WANTED
        ),
        lambda answer: _outcomes(answer, len(part) * len(aliases)),
        seconds,
    )
    for number, (status, why) in enumerate(outcomes):
        item = part[number % len(part)]
        if number < len(part):
            tally.count(item, status, why)
        elif status >= _BAD_REQUEST and status not in (_STALE, _GONE):
            tally.refused.append((item, status, why))


def _outcomes(answer: Answer, wanted: int) -> list[tuple[int, str]]:
    """(status, reason) of each item."""
    told = [outcome for each in answer["items"] for outcome in each.values()]
    if len(told) != wanted:
        raise ValueError(f"{len(told)} answers to {wanted} items")
    errors = [outcome.get("error", {}) for outcome in told]
    return [
        (outcome["status"], f"{error.get('type')}: {error.get('reason')}")
        for outcome, error in zip(told, errors, strict=True)
    ]


def remove(connection: Connection, rows: Sequence[tuple[int, int]], alias: str) -> int:
    """Forgets documents (key, version) for good, but for those that changed since. Returns how many."""
    actions = [
        {"delete": {"_index": alias, "_id": str(key), "version": version, "version_type": "external_gte"}}
        for key, version in rows
    ]
    outcomes = connection.read(
        lambda client: client.bulk(operations=actions, require_alias=True, refresh=True, filter_path=_WANTED),
        lambda answer: _outcomes(answer, len(actions)),
    )
    return sum(status < _BAD_REQUEST for status, _ in outcomes)


def _parts(items: Sequence[Item], most_items: int, most_bytes: int) -> Iterator[list[Item]]:
    part: list[Item] = []
    size = 0
    for item in items:
        if part and (len(part) == most_items or size + len(item.source) > most_bytes):
            yield part
            part, size = [], 0
        part.append(item)
        size += len(item.source)
    if part:
        yield part
