"""Looking codes up: one code, what a typed text may mean, what lies below."""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When

from matching.taxonomy import regions
from rongqiao.common.errors import missing

from .models import CodeEntry, System


def get(system: str, code: str) -> CodeEntry:
    """The entry of a code, in force or retired; Problem 404 if there never was one."""
    entry = CodeEntry.objects.filter(system=system, code=code).first()
    if entry is None:
        raise missing()
    return entry


def children(system: str, parent: str) -> QuerySet[CodeEntry]:
    """What lies directly below a code, in the table's order; with "" the top rows. Retired codes are left
    out."""
    return CodeEntry.objects.filter(system=system, parent=parent, valid_until="").order_by("code")


def search(system: str, words: str, parent: str | None = None) -> QuerySet[CodeEntry]:
    """What a typed text may mean, best first: code, name, other spelling, initials (cqs), pinyin, part of
    the name.

    Retired codes are found by their whole code or name only, after what stands for them today.
    """
    small, current = words.lower(), Q(valid_until="")
    whole_code = Q(code=words.upper()) | Q(code=words)
    ranks = [
        current & whole_code,
        current & (Q(name__iexact=words) | Q(spellings__contains=f"|{small}|")),
        Q(code__in=_meant_regions(words) if system == System.REGION else []),
        ~current & (whole_code | Q(name=words)),
        current & Q(name__istartswith=words),
        current & Q(initials__startswith=small),
        current & (Q(pinyin__startswith=small) | Q(spellings__contains=f"|{small}")),
        current & (Q(code__startswith=words.upper()) | Q(name__icontains=words)),
    ]
    found = CodeEntry.objects.filter(system=system)
    if parent is not None:
        found = found.filter(parent=parent)
    cases = [When(rank, then=Value(place)) for place, rank in enumerate(ranks)]
    ranked = found.annotate(rank=Case(*cases, default=None, output_field=IntegerField()))
    return ranked.filter(rank__isnull=False).order_by("rank", "code")


def _meant_regions(words: str) -> list[str]:
    """Codes of regions said with those above them (重庆万州), which no single name holds."""
    return [row.code for row in regions().candidates(words)]


@dataclass(frozen=True, slots=True)
class Summary:
    """One table as loaded."""

    system: str
    label: str
    edition: str
    count: int
    retired: int


def summaries() -> list[Summary]:
    """The tables that are loaded, with their editions; one query."""
    current = Q(valid_until="")
    rows = CodeEntry.objects.values("system").order_by("system")
    counted = rows.annotate(
        edition=Max("edition"), count=Count("pk", filter=current), retired=Count("pk", filter=~current)
    )
    return [Summary(label=System(row["system"]).label, **row) for row in counted]
