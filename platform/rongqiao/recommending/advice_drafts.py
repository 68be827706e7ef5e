"""A draft as matching would read it once published, and which fields of its kind matching reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from matching.records import Content, Record
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
from rongqiao.postings.field_types import Choice, FieldType, Number, Rows
from rongqiao.postings.kind import Details, Kind
from rongqiao.postings.models import Posting

CODED = ("majors", "occupations", "skills", "certificates")
"""Parts of a kind that are lists of codes; a content has them under the same names."""
PLACE = "region_code"
DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was filled in so far, cleaned; `unread` names the fields that were filled in but could not be read."""

    kind: Kind
    organisation: Organisation
    base: Mapping[str, Any]
    details: Mapping[str, Any]
    unread: frozenset[str] = frozenset()

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
    unread = frozenset(map(_named, cleaned.faults))
    return Draft(kind, owner or Organisation(pk=0), cleaned.fields, cleaned.details, unread)


def _named(fault: Fault) -> str:
    """The field that a fault is about: `details.targets.0.goal` is about targets."""
    return fault.field.removeprefix("details.").split(".")[0]


def records_of(drafts: Sequence[Draft]) -> list[Record]:
    """The drafts as the index would hold them if published today: a draft without a place stands where its owner
    does. Equal texts are analysed once."""
    postings = [_posting(draft) for draft in drafts]
    contents = [public_content(posting) for posting in postings]
    distinct = list(dict.fromkeys(contents))
    analysed = {content: _analysed(content, vector) for content, vector in zip(distinct, encoded(distinct), strict=True)}
    return [
        replace(record_of(indexed_row(posting, 0), analysed[content]), recommendable=True)
        for posting, content in zip(postings, contents, strict=True)
    ]


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


def rescored_fields(kind: Kind) -> frozenset[str]:
    """The fields whose filling can be tried out by scoring again: codes, level, number of places, place."""
    named = {getattr(kind, part) for part in CODED} | fields_read(kind.level) | fields_read(kind.capacity)
    return frozenset(named & set(kind.by_name)) | {PLACE}


def read_fields(kind: Kind) -> frozenset[str]:
    """All that matching reads of a kind: those, and the fields whose words are compared."""
    return rescored_fields(kind) | set(kind.body) | {DESCRIPTION}


class _Asked(dict[str, Any]):
    """Empty details that remember which fields were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return default

    def __missing__(self, name: str) -> None:
        self.names.add(name)


@lru_cache(maxsize=256)
def fields_read(part: Callable[[Details], Any]) -> frozenset[str]:
    """The fields that a part given as a function of the details reads (a level, a number of places)."""
    asked = _Asked()
    part(asked)
    return frozenset(asked.names)


def value_giving(draft: Draft, name: str, part: Callable[[Details], Any], wanted: int) -> Any:
    """A value of the field by which the part would be `wanted`; None when there is none."""
    tried = _values(draft.kind.by_name[name].type, wanted)
    return next((value for value in tried if part({**draft.details, name: value}) == wanted), None)


def _values(field_type: FieldType, wanted: int) -> Iterator[Any]:
    if isinstance(field_type, Choice):
        yield from (option.code for option in field_type.options)
    elif isinstance(field_type, Number) and field_type.low <= wanted <= field_type.high:
        yield wanted
    elif isinstance(field_type, Rows):
        numbers = {column.name: column.type for column in field_type.columns if isinstance(column.type, Number)}
        yield [{name: int(min(max(wanted, number.low), number.high)) for name, number in numbers.items()}]
