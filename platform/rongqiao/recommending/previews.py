"""Pairings of a draft that is not saved: what a form shows while one types."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from matching.pipeline import Pairing
from matching.records import Content, Record
from matching.taxonomy.regions import regions
from rongqiao.common import clock
from rongqiao.common.errors import Fault, Problem, from_code
from rongqiao.common.language import Bilingual
from rongqiao.indexing.analysis import certificates_of, encoded, skills_of, terms_of, tokens
from rongqiao.indexing.engines import engine_may_be_away, vector_of
from rongqiao.outbox.registry import Unavailable
from rongqiao.postings import kinds
from rongqiao.postings.cleaning import clean
from rongqiao.postings.content import PublicContent, content_of

from . import matchers
from .source import IndexSource

SHOWN = 10
AWAY = Bilingual("匹配服务暂时不可用，可以先保存", "Matching is away for the moment; the draft can be saved")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """The draft's pairings, best first, what of the draft could not be read (it was left out), and a note when
    nobody could look."""

    pairings: list[Pairing]
    faults: tuple[Fault, ...]
    note: str = ""


def preview(
    *, kind_code: str, base: Mapping[str, Any], details: Mapping[str, Any], organisation_id: int
) -> Preview:
    """Pair a draft with what the index holds; nothing is stored. Raises Problem for an unknown kind or no title."""
    kind = kinds.get(kind_code)
    if kind is None:
        raise Problem(from_code("invalid_choice", "kind"))
    cleaned = clean(kind, base, details)
    title = cleaned.fields.get("title")
    if not title:
        raise Problem(*cleaned.faults or [from_code("required", "title")])
    content = content_of(kind, title, cleaned.fields.get("description", ""), cleaned.details)
    record = _record(content, cleaned.fields.get("region_code", ""), cleaned.details, organisation_id)
    source = IndexSource(*tokens(content.kind, content.title, content.body))
    partners = kinds.partners(kind.code)
    try:
        with engine_may_be_away():
            found = matchers.current().match(record, kind.side, source, partners, clock.today(), top=SHOWN)
    except Unavailable:
        log.exception("preview: the engine is away")
        return Preview([], cleaned.faults, str(AWAY))
    return Preview(found, cleaned.faults)


def _record(content: PublicContent, region: str, details: Mapping[str, Any], organisation_id: int) -> Record:
    kind = kinds.of(content.kind)
    place = regions().get(region) if region else None
    return Record(
        key=0,
        content=Content(
            key=0, kind=content.kind, title=content.title, terms=terms_of(content),
            vector=vector_of(encoded([content])[0]), majors=frozenset(content.majors),
            occupations=frozenset(content.occupations), skills=frozenset(skills_of(content)),
            certificates=frozenset(certificates_of(content)),
        ),
        organisation=organisation_id,
        confirmed=timezone.localdate(),
        level=kind.level(details),
        place=(place.lat, place.lng) if place and place.lat is not None and place.lng is not None else None,
        capacity=kind.capacity(details),
    )  # fmt: skip
