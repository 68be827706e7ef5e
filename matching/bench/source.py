"""The product's retrieval as a source of candidates: one index of distinct contents for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.encoders import Encoder, encode_postings
from matching.records import Content, Record
from matching.skills import SkillFinder
from matching.terms import Terms
from search.analysis import Tokens, analyse
from search.engine import Engine
from search.query import Filter
from search.retrieval import retrieve
from search.schema import Document, Keyword, Schema, Text, Vector

TITLE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Posting:
    """A content with the tokens and tags that an index and a probe need."""

    content: Content
    title: Tokens
    body: Tokens

    @property
    def vector(self) -> NDArray[np.float32] | None:
        return self.content.vector

    @property
    def keywords(self) -> Sequence[str]:
        return sorted(self.content.skills)

    @property
    def filters(self) -> tuple[Filter, ...]:
        return ()


class Reader:
    """Reads titles and bodies into contents, as publishing a posting does."""

    def __init__(self, encoder: Encoder | None, finder: SkillFinder | None) -> None:
        self.encoder = encoder
        self.finder = finder

    def read(
        self, kinds: Sequence[str], texts: Sequence[tuple[str, str]], first_key: int = 1
    ) -> list[Posting]:
        """One posting for each (title, body), with keys from `first_key`."""
        vectors: Iterable[NDArray[np.float32] | None] = [None] * len(texts)
        if self.encoder:
            vectors = encode_postings(self.encoder, texts)
        rows = zip(kinds, texts, vectors, strict=True)
        return [
            self._posting(first_key + number, kind, title, body, vector)
            for number, (kind, (title, body), vector) in enumerate(rows)
        ]

    def _posting(
        self, key: int, kind: str, title: str, body: str, vector: NDArray[np.float32] | None
    ) -> Posting:
        head, tail = analyse(title), analyse(body)
        skills = self.finder.find(f"{title}\n{body}") if self.finder else ()
        content = Content(
            key=key,
            kind=kind,
            title=title,
            terms=Terms.of(head, tail),
            vector=vector,
            skills=frozenset(found.skill_id for found in skills),
        )
        return Posting(content, head, tail)


def schema_of(kind: str, dims: int) -> Schema:
    """The index of one kind's contents; without vectors `dims` is 0."""
    tags = Keyword("skills", many=True)
    vectors = (Vector("vector", dims),) if dims else ()
    return Schema(kind, (Text("title", TITLE_WEIGHT), Text("body"), tags, *vectors))


def write(engine: Engine, schema: Schema, postings: Sequence[Posting]) -> None:
    """Put contents into their index."""
    with engine.writer(schema) as writer:
        writer.apply([_document(posting) for posting in postings])


def _document(posting: Posting) -> Document:
    values: dict[str, object] = {
        "title": posting.title,
        "body": posting.body,
        "skills": sorted(posting.content.skills),
    }
    if posting.vector is not None:
        values["vector"] = posting.vector
    return Document(key=posting.content.key, version=1, checksum=0, values=values)


class EngineSource:
    """Contents retrieved from a search engine by the probe's text, vector and skills."""

    def __init__(self, engine: Engine, schemas: Mapping[str, Schema], postings: Iterable[Posting]) -> None:
        self.engine = engine
        self.schemas = schemas
        self.stored = {posting.content.key: posting.content for posting in postings}
        self.probe: Posting | None = None

    def ask_for(self, probe: Posting) -> None:
        """Say what the next question is about: a record does not keep the tokens that a search needs."""
        self.probe = probe

    def contents(self, probe: Record, kind: str) -> Sequence[Content]:
        if self.probe is None or self.probe.content is not probe.content:
            raise ValueError("bench: call ask_for with the posting before matching it")
        return [self.stored[key] for key in retrieve(self.engine, self.schemas[kind], self.probe)]
