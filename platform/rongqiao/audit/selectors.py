"""Reading the audit trail."""

from django.db.models import QuerySet

from .models import Entry


def entries() -> QuerySet[Entry]:
    """Every entry, newest first, with the names that a list shows (no query per row)."""
    return Entry.objects.select_related("person", "organisation").order_by("-id")


def of_organisation(organisation_id: int) -> QuerySet[Entry]:
    """What was done in an organisation's name or to its records."""
    return entries().filter(organisation_id=organisation_id)


def of_subject(subject_type: str, subject_id: int) -> QuerySet[Entry]:
    """The history of one record."""
    return entries().filter(subject_type=subject_type, subject_id=subject_id)


def by_person(person_id: int) -> QuerySet[Entry]:
    """What one person did."""
    return entries().filter(person_id=person_id)
