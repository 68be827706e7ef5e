"""`search.engine.Engine` over an Elasticsearch server."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from search.elasticsearch.bulk import remove
from search.elasticsearch.compile import COUNT, Body, body_of, live, scored
from search.elasticsearch.connection import Answer, Connection
from search.elasticsearch.generations import Generations
from search.elasticsearch.mapping import BURIED, CHECKSUM, KEY, VALUE, text_field
from search.elasticsearch.reading import Frequencies, count, pages
from search.elasticsearch.writer import ElasticsearchWriter
from search.engine import TOMBSTONE_DAYS, Entry
from search.errors import EngineAway, InvalidQuery, SearchError
from search.query import ANALYSES, Hit, Hits, Query, check, check_terms, nothing
from search.schema import Keyword, Schema, Text

_PREFIX = re.compile(r"[a-z][a-z0-9_]*")
_WANTED = ",".join(
    f"responses.{part}"
    for part in (
        "status",
        "timed_out",
        "error",
        "hits.total.value",
        "hits.hits._score",
        "hits.hits.sort",
        "aggregations",
    )
)
_DAY = 86_400
_PATIENCE = 3
_MISSING = 404
_BAD_REQUEST = 400


class ElasticsearchEngine:
    """Keeps its indexes on the server at `address`, their names beginning with `prefix`.

    A question that has no answer in `seconds` raises EngineAway; work, for which nobody's page waits, has three times as
    long. After `failures` in a row none is made for `pause` seconds, then one at a time until one succeeds; this is
    counted for questions by themselves, so that work that overtaxes the server takes none of them away. `lease`:
    seconds without a sign of life after which a rebuild counts as dead.
    """

    def __init__(
        self,
        address: str,
        *,
        prefix: str = "rongqiao",
        seconds: float = 2.0,
        failures: int = 3,
        pause: float = 5.0,
        lease: float = 60.0,
    ) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"{prefix!r} cannot begin the name of an index: use a-z, 0-9 and _")
        self._prefix = prefix
        self._lease = lease
        self._asking, self._working = (
            Connection(address, seconds=limit, failures=failures, pause=pause)
            for limit in (seconds, seconds * _PATIENCE)
        )
        self._frequencies = Frequencies(self._asking)

    def exists(self, schema: Schema) -> bool:
        return Generations(self._asking, self._prefix, schema).look().searched is not None

    def search(self, schema: Schema, queries: Sequence[Query]) -> list[Hits]:
        return self.search_many([(schema, queries)])[0]

    def search_many(self, asked: Sequence[tuple[Schema, Sequence[Query]]]) -> list[list[Hits]]:
        each = [(schema, query) for schema, queries in asked for query in queries]
        for schema, query in each:
            check(schema, query)
        if not each:
            return [[] for _ in asked]
        searches: list[Body] = []
        for schema, query in each:
            searches += [{"index": self._generations(schema).read}, body_of(schema, query)]
        answers = iter(self._patiently([query for _, query in each], searches))
        return [list(islice(answers, len(queries))) for _, queries in asked]

    def _patiently(self, queries: Sequence[Query], searches: list[Body]) -> list[Hits]:
        try:
            return self._ask(queries, searches)
        except ShardFailed:
            # Most likely a new generation took the place of the one that was being asked.
            try:
                return self._ask(queries, searches)
            except ShardFailed as failure:
                raise EngineAway(str(failure)) from failure

    def _ask(self, queries: Sequence[Query], searches: list[Body]) -> list[Hits]:
        return self._asking.read(
            lambda client: client.msearch(searches=searches, filter_path=_WANTED),
            lambda answer: [_hits(*pair) for pair in zip(queries, answer["responses"], strict=True)],
        )

    def entries(self, schema: Schema) -> Iterator[Entry]:
        index = self._generations(schema).read
        for page in pages(self._working, index, live().to_dict(), (KEY, CHECKSUM)):
            for version, (key, checksum) in page:
                yield Entry(key, version, checksum)

    def count(self, schema: Schema) -> int:
        return count(self._asking, self._generations(schema).read)

    def document_frequency(
        self, schema: Schema, field: str, analysis: str, terms: Sequence[str]
    ) -> list[int]:
        if analysis not in (*ANALYSES, "values"):
            raise InvalidQuery(f"there is no analysis {analysis!r}")
        check_terms(terms)
        schema.get(field, Keyword if analysis == "values" else Text)
        index = self._generations(schema).read
        if analysis == "values":
            return self._frequencies.of(index, VALUE + field, terms)
        texts = [text_field(one.name, analysis) for one in schema.of_kind(Text)]
        return self._frequencies.of(index, text_field(field, analysis), terms, texts)

    @contextmanager
    def writer(self, schema: Schema) -> Iterator[ElasticsearchWriter]:
        writer = ElasticsearchWriter(
            schema, self._working, self._generations(schema), self._lease, self._frequencies.forget
        )
        try:
            yield writer
        finally:
            writer.close()

    def purge(self, schema: Schema, days: int = TOMBSTONE_DAYS) -> int:
        """Removes tombstones older than so many days, and what a rebuild that died left. Returns how many tombstones."""
        generations = self._generations(schema)
        generations.remove_dead(self._lease)
        old = {"range": {BURIED: {"lt": int(time.time()) - days * _DAY}}}
        return sum(
            remove(self._working, [(key, version) for version, (key,) in page], generations.read)
            for page in pages(self._working, generations.read, old, (KEY,))
        )

    def close(self) -> None:
        self._asking.close()
        self._working.close()

    def _generations(self, schema: Schema) -> Generations:
        return Generations(self._working, self._prefix, schema)


class ShardFailed(SearchError):
    """The server is there, but one search had no index to look into."""


def _hits(query: Query, answer: Answer) -> Hits:
    if "error" in answer:
        if answer["status"] == _MISSING and answer["error"]["type"] == "index_not_found_exception":
            return nothing(query)
        raise _error(answer["status"], answer["error"])
    if answer["timed_out"]:
        raise EngineAway("the search ran out of time")
    # Nothing found and nothing counted leaves nothing to filter.
    found = answer.get("hits", {})
    hits = [_hit(query, each) for each in found.get("hits", ())]
    total = found["total"]["value"] if "total" in found else query.offset + len(hits)
    facets = {name: _facet(answer["aggregations"][name]) for name in query.facets}
    counts = {name: int(answer["aggregations"][COUNT + name]["doc_count"]) for name in query.counts}
    return Hits(hits, min(total, query.depth) if query.vector is not None else total, facets, counts)


def _hit(query: Query, found: Answer) -> Hit:
    *values, key = found["sort"]
    if query.vector is not None:
        return Hit(key, 2 * values[0] - 1)
    if not scored(query):
        return Hit(key, 0.0)
    return Hit(key, found["_score"] if query.sort else values[0])


def _facet(counted: Answer) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted.get("buckets", ())}


def _error(status: int, error: Answer) -> SearchError:
    why = error.get("root_cause") or [error]
    message = f"{status} {why[0].get('type')}: {why[0].get('reason')}"
    if status == _BAD_REQUEST:
        return InvalidQuery(f"Elasticsearch cannot answer this: {message}")
    return ShardFailed(message)
