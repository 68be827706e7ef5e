"""Candidates from the product's own search index and table of facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.records import Batch, Content, Record
from rongqiao.indexing.documents import tags_of
from rongqiao.indexing.engines import engine
from rongqiao.indexing.records import batch_of, shelf
from rongqiao.indexing.schemas import contents_of
from rongqiao.indexing.selectors import answerable
from search.analysis import Tokens
from search.query import Filter
from search.retrieval import retrieve

from . import standings


@dataclass(frozen=True, slots=True)
class Probe:
    """What search is asked with for a posting: its own words, vector and tags."""

    title: Tokens
    body: Tokens
    vector: Any
    keywords: Sequence[str]
    filters: tuple[Filter, ...] = ()


class IndexSource:
    """matching's CandidateSource over the index: distinct contents from search, open postings from the facts.

    `also` are ids of contents to score besides those found: of the pairings the posting already stands in.
    """

    def __init__(self, title: Tokens, body: Tokens, also: Sequence[int] = ()) -> None:
        self._title = title
        self._body = body
        self._also = also

    def contents(self, probe: Record, kind: str) -> Sequence[Content]:
        """See CandidateSource."""
        schema = contents_of(kind)
        if not answerable(kind) or not engine().count(schema):
            return []
        content = probe.content
        tags = tags_of(sorted(content.skills), sorted(content.majors), sorted(content.occupations))
        asked = Probe(self._title, self._body, content.vector, tags)
        found = retrieve(engine(), schema, asked)
        return [each for each in shelf.get(dict.fromkeys([*found, *self._also])) if each.kind == kind]

    def postings(self, contents: Sequence[Content], probe: Record, kind: str) -> Batch:
        """See CandidateSource."""
        return standings.of_batch(batch_of(list(contents), kind))
