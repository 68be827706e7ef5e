"""Pairings of a draft that is not saved: what a form shows while one types."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.pipeline import Pairing
from rongqiao.common import clock
from rongqiao.common.errors import Fault
from rongqiao.common.language import Bilingual
from rongqiao.indexing.analysis import tokens
from rongqiao.indexing.engines import engine_may_be_away
from rongqiao.outbox.registry import Unavailable
from rongqiao.postings import kinds

from . import drafts, matchers
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
    draft = drafts.read(kind_code, base, details, organisation_id)
    content = drafts.public_content_of(draft)
    (record,) = drafts.records_of([draft])
    source = IndexSource(*tokens(content.kind, content.title, content.body))
    partners = kinds.partners(draft.kind.code)
    try:
        with engine_may_be_away():
            found = matchers.current().match(record, draft.kind.side, source, partners, clock.today(), top=SHOWN)
    except Unavailable:
        log.exception("preview: the engine is away")
        return Preview([], draft.faults, str(AWAY))
    return Preview(found, draft.faults)

