"""Reading the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from rongqiao.common.errors import missing
from rongqiao.parties.models import Application
from rongqiao.postings.models import Posting

from .models import Case
from .vocabulary import State


def cases() -> QuerySet[Case]:
    """Every case with its organisation and reviewer, the oldest first."""
    return Case.objects.select_related("organisation", "decided_by").order_by("opened_at", "id")


def one_case(case_id: int) -> Case:
    """A case by its number; Problem 404 when there is none."""
    found = cases().filter(pk=case_id).first()
    if found is None:
        raise missing()
    return found


def of_kind(rows: QuerySet[Case], kind: str) -> QuerySet[Case]:
    """The cases about postings of a kind."""
    ids = Posting.objects.filter(kind=kind).values("pk")
    return rows.filter(subject_type="posting", subject_id__in=ids)


def subjects_of(shown: Iterable[Case]) -> dict[tuple[str, int], Any]:
    """What the cases are about, in two queries: (type, id) → application or posting."""
    wanted: dict[str, list[int]] = {"application": [], "posting": []}
    for case in shown:
        wanted[case.subject_type].append(case.subject_id)
    applications = Application.objects.filter(pk__in=wanted["application"]).select_related("person")
    postings = Posting.objects.filter(pk__in=wanted["posting"]).only("id", "kind", "title", "status", "region_code")
    return {("application", row.pk): row for row in applications} | {("posting", row.pk): row for row in postings}


def history_of(case: Case, most: int = 10) -> list[Case]:
    """Earlier decisions on the same subject and on others of the same organisation, newest first."""
    decided = cases().filter(state__in=(State.APPROVED, State.DECLINED)).exclude(pk=case.pk)
    same = Q(subject_type=case.subject_type, subject_id=case.subject_id) | Q(organisation_id=case.organisation_id)
    return list(decided.filter(same).order_by("-decided_at")[:most])


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait for one occasion, since when the oldest, and how many were declined of those decided."""

    occasion: str
    waiting: int
    oldest: Any
    decided: int
    declined: int


def summary() -> list[Queue]:
    """One row per occasion that has cases."""
    waiting = Q(state=State.WAITING)
    rows = Case.objects.values("occasion").annotate(
        waiting=Count("id", filter=waiting),
        oldest=Min("opened_at", filter=waiting),
        decided=Count("id", filter=Q(state__in=(State.APPROVED, State.DECLINED))),
        declined=Count("id", filter=Q(state=State.DECLINED)),
    )
    return [Queue(**row) for row in rows.order_by("occasion")]
