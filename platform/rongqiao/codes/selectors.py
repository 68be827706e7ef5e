"""Looking codes up: one code, what a typed text may mean, what lies below."""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When

from matching.taxonomy import regions
from rongqiao.common.errors import missing

from .models import CodeEntry, System

_MOST_STEPS = 5


def get(system: str, code: str) -> CodeEntry:
    """The entry of a code, in force or retired; Problem 404 if there never was one."""
    entry = CodeEntry.objects.filter(system=system, code=code).first()
    if entry is None:
        raise missing()
    return entry


def in_force(system: str, code: str) -> CodeEntry | None:
    """The entry that stands for a code today: itself, or what took an old code over; None if nothing did."""
    for _ in range(_MOST_STEPS):
        entry = CodeEntry.objects.filter(system=system, code=code).first()
        if entry is None or not entry.valid_until:
            return entry
        code = entry.replaced_by
    return None


def children(system: str, parent: str) -> QuerySet[CodeEntry]:
    """What lies directly below a code, in the table's order; with "" the top rows. Retired codes are left
    out."""
    return CodeEntry.objects.filter(system=system, parent=parent, valid_until="").order_by("code")


def search(system: str, words: str, parent: str | None = None) -> QuerySet[CodeEntry]:
    """What a typed text may mean, best first: code, name, other spelling, initials (cqs), pinyin, part of
    the name.

    Retired codes are found by their whole code or name only, after those in force.
    """
    small = words.lower()
    ranks = [
        Q(code=words.upper()) | Q(code=words),
        Q(name__iexact=words) | Q(spellings__contains=f"|{small}|"),
        Q(code__in=_meant_regions(words) if system == System.REGION else []),
        Q(name__istartswith=words),
        Q(initials__startswith=small) if small.isascii() else Q(pk=None),
        Q(code__startswith=words.upper()) | Q(pinyin__startswith=small) | Q(spellings__contains=f"|{small}"),
        Q(name__icontains=words),
    ]
    found = CodeEntry.objects.filter(system=system)
    if parent is not None:
        found = found.filter(parent=parent)
    cases = [When(rank, then=Value(place)) for place, rank in enumerate(ranks)]
    ranked = found.annotate(rank=Case(*cases, default=Value(len(ranks)), output_field=IntegerField()))
    shown = ranked.filter(Q(valid_until="", rank__lt=len(ranks)) | Q(rank__lt=2))
    return shown.order_by("rank", "valid_until", "code")


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
    rows = (
        CodeEntry.objects.values("system")
        .annotate(
            edition=Max("edition"),
            count=Count("pk", filter=Q(valid_until="")),
            retired=Count("pk", filter=~Q(valid_until="")),
        )
        .order_by("system")
    )
    return [Summary(label=System(row["system"]).label, **row) for row in rows]
