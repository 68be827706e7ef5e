"""What is read of an index besides answers to queries: its documents one by one, their number, its terms."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from search.elasticsearch.compile import live
from search.elasticsearch.connection import Connection, NotFound
from search.elasticsearch.mapping import KEY, VALUE
from search.schema import LONGEST_KEYWORD

_PAGE = 2_000
_KEPT_SECONDS = "1m"
_REMEMBERED_SECONDS = 60.0
_MOST_REMEMBERED = 200_000

Row = tuple[int, tuple[int, ...]]


def pages(
    connection: Connection, index: str, query: dict[str, Any], columns: Sequence[str]
) -> Iterator[list[Row]]:
    """(version, columns) of all documents that match, by key, as they were when the first page was asked; nothing
    when there is no such index."""
    try:
        moment = connection.read(
            lambda client: client.open_point_in_time(index=index, keep_alive=_KEPT_SECONDS),
            lambda answer: str(answer["id"]),
        )
    except NotFound:
        return
    try:
        after: list[Any] | None = None
        while True:
            found = _page(connection, moment, query, columns, after)
            if found:
                yield [(hit["_version"], tuple(hit["fields"][name][0] for name in columns)) for hit in found]
            if len(found) < _PAGE:
                return
            after = found[-1]["sort"]
    finally:
        connection.call(lambda client: client.close_point_in_time(id=moment))


def _page(
    connection: Connection,
    moment: str,
    query: dict[str, Any],
    columns: Sequence[str],
    after: list[Any] | None,
) -> list[dict[str, Any]]:
    return connection.read(
        lambda client: client.search(
            pit={"id": moment, "keep_alive": _KEPT_SECONDS}, query=query, sort=[KEY], search_after=after, size=_PAGE,
            docvalue_fields=[{"field": name} for name in columns], stored_fields="_none_", version=True, track_total_hits=False,
        ),
        lambda answer: list(answer["hits"]["hits"]),
    )  # fmt: skip


def count(connection: Connection, index: str) -> int:
    """How many live documents there are; none when there is no such index."""
    try:
        return connection.read(
            lambda client: client.count(index=index, query=live().to_dict()),
            lambda answer: int(answer["count"]),
        )
    except NotFound:
        return 0


class Frequencies:
    """In how many documents terms occur, remembered for a minute: a matcher asks for the same terms again and again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str, str], int] = {}
        self._until = 0.0

    def of(self, index: str, field: str, terms: Sequence[str], also: Sequence[str] = ()) -> list[int]:
        """For each term the number of documents that have it in the field; 0 when there is no such index.

        Looks into the fields `also` in the same call, for whoever asks for one mostly asks for them next.
        """
        known = self._remembered()
        asked = [term for term in dict.fromkeys(terms) if (index, field, term) not in known]
        if asked:
            for name, found in self._ask(index, list({field, *also}), asked).items():
                known.update(((index, name, term), found.get(term, {}).get("doc_freq", 0)) for term in asked)
        return [known[index, field, term] for term in terms]

    def forget(self) -> None:
        """After a change of one's own."""
        with self._lock:
            self._known = {}

    def _remembered(self) -> dict[tuple[str, str, str], int]:
        with self._lock:
            if time.monotonic() > self._until or len(self._known) > _MOST_REMEMBERED:
                self._known = {}
                self._until = time.monotonic() + _REMEMBERED_SECONDS
            return self._known

    def _ask(
        self, index: str, fields: list[str], terms: Sequence[str]
    ) -> dict[str, dict[str, dict[str, int]]]:
        """The statistics that the server would give for a document of these terms; looked up, not searched for."""
        texts, values = " ".join(terms), [term for term in terms if len(term) <= LONGEST_KEYWORD]
        asked = {name: values if name.startswith(VALUE) else texts for name in fields}
        try:
            return self._connection.read(
                lambda client: client.termvectors(
                    index=index, doc=asked, fields=fields, term_statistics=True,
                    field_statistics=False, positions=False, offsets=False, payloads=False,
                ),
                lambda answer: {name: answer["term_vectors"].get(name, {}).get("terms", {}) for name in fields},
            )  # fmt: skip
        except NotFound:
            return {name: {} for name in fields}
