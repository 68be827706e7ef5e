"""From an open posting to the documents and the facts that the indexes hold of it."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from matching.taxonomy.industries import fields, fields_of, industries
from matching.taxonomy.majors import majors
from matching.taxonomy.occupations import occupations
from matching.taxonomy.regions import regions
from rongqiao.postings.content import PublicContent
from rongqiao.postings.models import Posting
from rongqiao.postings.vocabulary import DEGREE_ORDER
from search.analysis import Tokens, analyse
from search.schema import Document

from .analysis import searched_tokens, tokens
from .engines import vector_of
from .models import Content, Indexed

CHECKSUM_BITS = 62


def indexed_row(posting: Posting, content_id: int) -> Indexed:
    """The facts of a posting (whose organisation and enterprise profile are loaded)."""
    kind = posting.kind_of
    organisation = posting.organisation
    enterprise = getattr(organisation, "enterprise", None)
    visible = kind.visible(posting.details)
    details = {name: value for name, value in posting.details.items() if name in visible}
    latitude, longitude = _place(posting)
    places = kind.capacity(details)
    row = Indexed(
        posting_id=posting.pk, kind=posting.kind, content_id=content_id, version=posting.version,
        organisation_id=organisation.pk, industry=enterprise.industry_code if enterprise else "",
        level=kind.level(details), latitude=latitude, longitude=longitude,
        capacity=None if places is None else max(places - posting.taken, 0),
        confirmed_day=confirmed_on(posting).toordinal(),
        recommendable=organisation.is_recommended,
    )  # fmt: skip
    row.checksum = checksum(posting, row)
    return row


def confirmed_on(posting: Posting) -> date:
    """The day on which its owner last said that it holds; the day it was made when they never did."""
    return posting.confirmed_on or timezone.localdate(posting.created_at)


def checksum(posting: Posting, row: Indexed) -> int:
    """A hash of everything the indexes hold of a posting: what `reconcile` compares."""
    parts = (
        row.kind, row.content_id, row.organisation_id, row.industry, row.level, row.latitude, row.longitude,
        row.capacity, row.confirmed_day, row.recommendable, posting.region_code, posting.status,
        posting.organisation.name, _chains(posting),
    )  # fmt: skip
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()) >> (64 - CHECKSUM_BITS)


def posting_document(posting: Posting, row: Indexed, content: PublicContent) -> Document:
    """What people find."""
    title, body = searched_tokens(content.kind, content.title, content.body)
    values: dict[str, Any] = {
        "title": title,
        "body": body,
        "work": work_words(content.majors, content.occupations),
        "owner": owner_words(posting.organisation.name),
        **filterable(posting, row, content),
    }
    return Document(posting.pk, posting.version, row.checksum, values)


def filterable(posting: Posting, row: Indexed, content: PublicContent) -> dict[str, Any]:
    """What its document can be filtered, counted and sorted by, by the names of the schema's fields."""
    return {
        "number": str(posting.pk),
        "region": _region_and_above(posting.region_code),
        "organisation": str(row.organisation_id),
        "level": str(row.level) if row.level else None,
        "degree": _degree(posting),
        "majors": list(content.majors) or None,
        "occupations": list(content.occupations) or None,
        "industry": _industry_and_above(row.industry),
        "field": urgent_fields(row.industry, _named_field(posting)) or None,
        "chain": _chains(posting) or None,
        "status": posting.status,
        "capacity": row.capacity,
        "confirmed_on": confirmed_on(posting),
        "published_on": timezone.localdate(posting.published_at) if posting.published_at else None,
        "place": (row.latitude, row.longitude) if row.latitude is not None else None,
    }


def content_document(row: Content) -> Document:
    """What matching finds. A content never changes, so its version is always 1."""
    title, body = tokens(row.kind, row.title, row.body)
    values: Mapping[str, Any] = {
        "title": title,
        "body": body,
        "tags": tags_of(row.skills, row.majors, row.occupations) or None,
        "vector": vector_of(row.vector),
    }
    return Document(row.pk, 1, 1, values)


def tags_of(skills: list[str], majors: list[str], occupations: list[str]) -> list[str]:
    """Skills and codes as one list of tags, each with its system so that they cannot be confused."""
    return [
        *(f"skill:{value}" for value in skills),
        *(f"major:{value}" for value in majors),
        *(f"occupation:{value}" for value in occupations),
    ]


@lru_cache(maxsize=4_096)
def work_words(major_codes: tuple[str, ...], occupation_codes: tuple[str, ...]) -> Tokens:
    """What the work is called in the tables: the names of its majors and occupations."""
    found = [*map(majors().get, major_codes), *map(occupations().get, occupation_codes)]
    names = [entry.name for entry in found if entry] + [majors().class_names.get(code, "") for code in major_codes]
    return analyse("\n".join(names))


@lru_cache(maxsize=4_096)
def owner_words(name: str) -> Tokens:
    """Who offers or needs it."""
    return analyse(name)


def _degree(posting: Posting) -> str | None:
    """The lowest degree that a need asks for, where others may see it; 不限 asks for none."""
    seen = "degree" in posting.kind_of.visible(posting.details)
    degree = str(posting.details.get("degree") or "") if seen else ""
    return degree if degree in DEGREE_ORDER else None


def _chains(posting: Posting) -> list[str]:
    """The local industry chains (产业链) that its owner has a place in: 智能装备 of 智能装备·中游·数控机床整机."""
    enterprise = getattr(posting.organisation, "enterprise", None)
    nodes = enterprise.chain_nodes if enterprise else []
    return sorted({str(node).split("·")[0].strip()[:60] for node in nodes} - {""})


def _named_field(posting: Posting) -> str:
    """The industry field that a posting names, where others may see it."""
    seen = "field" in posting.kind_of.visible(posting.details)
    return str(posting.details.get("field") or "") if seen else ""


@lru_cache(maxsize=4_096)
def urgent_fields(industry: str, named: str) -> list[str]:
    """Which 产业急需紧缺领域 (国办发〔2017〕95号 二（六）) a posting belongs to: by its owner's industry, or by the field
    it names in the document's own words."""
    by_industry = [each.code for each in fields_of(industry)] if industry else []
    by_name = [each.code for each in fields().named(named)] if named else []
    return sorted({*by_industry, *by_name})


@lru_cache(maxsize=4_096)
def _region_and_above(code: str) -> list[str] | None:
    return [region.code for region in regions().path(code)] or None


@lru_cache(maxsize=4_096)
def _industry_and_above(code: str) -> list[str] | None:
    return [row.code for row in industries().path(code)] or ([code] if code else None)


@lru_cache(maxsize=4_096)
def _point_of(code: str) -> tuple[float | None, float | None]:
    region = regions().get(code)
    return (region.lat, region.lng) if region and region.lat is not None else (None, None)


def _place(posting: Posting) -> tuple[float | None, float | None]:
    """Where the posting is; its organisation's own point when it is in the same division."""
    organisation = posting.organisation
    same = posting.region_code in ("", organisation.region_code)
    if same and organisation.latitude is not None and organisation.longitude is not None:
        return organisation.latitude, organisation.longitude
    return _point_of(posting.region_code or organisation.region_code)
