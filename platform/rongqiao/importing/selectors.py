"""Reading about imports."""

from datetime import timedelta

from django.db.models import QuerySet

from rongqiao.common import clock
from rongqiao.common.capabilities import IMPORT, OPERATE
from rongqiao.common.errors import missing
from rongqiao.parties.models import Person
from rongqiao.postings import kinds
from rongqiao.postings.kind import Kind

from .faults import problem
from .mapping import Proposal, propose
from .models import Batch, RowError, State
from .rows import titles_itself
from .targets import Target, targets_for

KEPT_DAYS = 30


def visible(person: Person) -> QuerySet[Batch]:
    """The batches the person may see, newest first: their organisations', for an operator everybody's."""
    rows = Batch.objects.select_related("organisation", "by").order_by("-id")
    if person.can(OPERATE):
        return rows
    own = [each.organisation_id for each in person.active_memberships if IMPORT in each.capabilities]
    return rows.filter(organisation_id__in=own)


def one_for(person: Person, batch_id: int) -> Batch:
    """A batch the person may see; otherwise it looks missing."""
    found = visible(person).filter(pk=batch_id).first()
    if found is None:
        raise missing()
    return found


def running_before(batch: Batch) -> QuerySet[Batch]:
    """The batches of the same source that were uploaded earlier and are not through, oldest first."""
    same = Batch.objects.filter(organisation=batch.organisation, kind=batch.kind, label=batch.label)
    return same.filter(state=State.RUNNING, pk__lt=batch.pk).order_by("pk")


def errors_of(batch: Batch) -> QuerySet[RowError]:
    """What was wrong, in the order of the rows."""
    return RowError.objects.filter(batch=batch).order_by("row", "id")


def kind_of(batch: Batch) -> Kind:
    """The kind a batch brings in. Raises Problem `kind_gone` when its module was switched off."""
    kind = kinds.get(batch.kind)
    if kind is None:
        raise problem("kind_gone", "kind", status=409)
    return kind


def targets_of(batch: Batch) -> dict[str, Target]:
    """What the batch's columns can mean."""
    return targets_for(kind_of(batch), own=batch.organisation_id is not None)


def proposals_of(batch: Batch) -> list[Proposal]:
    """What the batch's columns seem to be."""
    return propose(batch.header, batch.samples, targets_of(batch))


def given_for(batch: Batch) -> frozenset[str]:
    """The needed fields that no column must give."""
    return frozenset({"title"}) if titles_itself(kind_of(batch)) else frozenset()


def unmapped(batch: Batch) -> list[str]:
    """The columns that are not brought in: a report names them."""
    return [column for column in batch.header if not batch.mapping.get(column)]


def outdated() -> QuerySet[Batch]:
    """The batches whose table has been kept long enough."""
    old = Batch.objects.exclude(stored="").filter(updated_at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    return old.exclude(state__in=(State.RUNNING, State.UNDOING))
