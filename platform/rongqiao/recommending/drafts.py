"""A draft that is not saved, as matching would read it once published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matching.records import Content, Record, Standing
from rongqiao.common import clock
from rongqiao.common.errors import Fault, Problem, from_code
from rongqiao.indexing.analysis import certificates_of, encoded, skills_of, terms_of
from rongqiao.indexing.documents import indexed_row
from rongqiao.indexing.engines import vector_of
from rongqiao.indexing.records import record_of
from rongqiao.parties.models import Organisation
from rongqiao.postings import kinds
from rongqiao.postings.cleaning import BASE, clean
from rongqiao.postings.content import PublicContent, public_content
from rongqiao.postings.kind import Kind
from rongqiao.postings.models import Posting

from . import standings

PLACE = "region_code"
DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was filled in so far, cleaned; `faults` say what could not be read (it was left out)."""

    kind: Kind
    organisation: Organisation
    base: Mapping[str, Any]
    details: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()

    @property
    def unread(self) -> frozenset[str]:
        """The fields that were filled in but could not be read."""
        return frozenset(map(_named, self.faults))

    def value(self, name: str) -> Any:
        """What a field says, base or detail; None when it is empty."""
        return (self.base if name in BASE else self.details).get(name)

    def lacks(self, name: str) -> bool:
        """Whether nothing was filled in."""
        return self.value(name) is None and name not in self.unread

    def changed(self, name: str, value: Any) -> "Draft":
        """The same draft with another value in one field; None empties it."""
        if name in BASE:
            return replace(self, base=_with(self.base, name, value))
        return replace(self, details=_with(self.details, name, value))


def _with(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    kept = {key: old for key, old in values.items() if key != name}
    return kept if value is None else {**kept, name: value}


def read(kind_code: str, base: Mapping[str, Any], details: Mapping[str, Any], organisation_id: int) -> Draft:
    """The draft that a form holds. Raises Problem for an unknown kind or no title."""
    kind = kinds.get(kind_code)
    if kind is None:
        raise Problem(from_code("invalid_choice", "kind"))
    cleaned = clean(kind, base, details)
    if not cleaned.fields.get("title"):
        raise Problem(*cleaned.faults or [from_code("required", "title")])
    owner = Organisation.objects.select_related("enterprise").filter(pk=organisation_id).first()
    return Draft(kind, owner or Organisation(pk=0), cleaned.fields, cleaned.details, cleaned.faults)


def _named(fault: Fault) -> str:
    """The field that a fault is about: `details.targets.0.goal` is about targets."""
    return fault.field.removeprefix("details.").split(".")[0]


def records_of(drafts: Sequence[Draft], standing: Standing | None = None) -> list[Record]:
    """The drafts as the index would hold them if published today: a draft without a place stands where its owner
    does. Equal texts are analysed once. `standing`: of the one organisation of all of them, when it is known already."""
    postings = [_posting(draft) for draft in drafts]
    contents = [public_content(posting) for posting in postings]
    distinct = list(dict.fromkeys(contents))
    analysed = {content: _analysed(content, vector) for content, vector in zip(distinct, encoded(distinct), strict=True)}
    owners = {draft.organisation.pk for draft in drafts}
    known = standings.of(owners) if standing is None else dict.fromkeys(owners, standing)
    return [
        replace(
            record_of(indexed_row(posting, 0), analysed[content]), recommendable=True,
            standing=known[posting.organisation.pk],
        )
        for posting, content in zip(postings, contents, strict=True)
    ]  # fmt: skip


def public_content_of(draft: Draft) -> PublicContent:
    """What a draft would say to the public."""
    return public_content(_posting(draft))


def _posting(draft: Draft) -> Posting:
    return Posting(
        pk=0, kind=draft.kind.code, organisation=draft.organisation, title=draft.base["title"],
        description=draft.base.get(DESCRIPTION, ""), details=dict(draft.details),
        region_code=draft.base.get(PLACE, ""), confirmed_on=clock.today(),
    )  # fmt: skip


def _analysed(content: PublicContent, vector: bytes | None) -> Content:
    return Content(
        key=0, kind=content.kind, title=content.title, terms=terms_of(content), vector=vector_of(vector),
        majors=frozenset(content.majors), occupations=frozenset(content.occupations),
        skills=frozenset(skills_of(content)), certificates=frozenset(certificates_of(content)),
    )  # fmt: skip
