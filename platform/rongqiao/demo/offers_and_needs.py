"""What the demo region needs and offers: from the rows of the files to checked postings with a history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from rongqiao.common import clock
from rongqiao.postings import kinds, life_cycle
from rongqiao.postings import services as postings
from rongqiao.postings.cleaning import BASE, clean, lacking
from rongqiao.postings.kind import Kind
from rongqiao.postings.models import Posting

from .parties import MAIL_HOST, SOURCE
from .reading import table, value

FILES = {
    "talent_needs": "talent_need", "tech_needs": "tech_need", "internships": "internship", "majors": "major",
    "training_bases": "training_base", "experts": "expert",
}  # fmt: skip
MARK = "【演示】"
# Imports count their batches from 1.
NO_BATCH = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a file: the posting as an import would bring it in, and the history the file tells of it."""

    incoming: postings.Incoming
    status: str
    days_since_confirmed: int


def told(organisations: Mapping[str, int]) -> Iterator[Told]:
    """Every posting of the files, checked. ValueError names the row and what is wrong with it."""
    for file, code in FILES.items():
        for row in table(file):
            yield _told(kinds.of(code), row, organisations)


def _told(kind: Kind, row: Mapping[str, str], organisations: Mapping[str, int]) -> Told:
    today = clock.today()
    base = {name: row[name] for name in BASE if row.get(name)}
    base |= {"description": MARK + row["description"], "contact_email": f"{row['organisation']}@{MAIL_HOST}"}
    types = {name: field.type for name, field in kind.by_name.items() if name in row}
    cleaned = clean(kind, base, {name: value(types[name], row[name], today) for name in types})
    faults = [*cleaned.faults, *lacking(kind, row["title"], cleaned.details)]
    if faults:
        raise ValueError(f"{row['key']} {row['title']}: {faults}")
    fields = {"region_code": _regions()[row["organisation"]], **cleaned.fields}
    organisation_id = organisations[row["organisation"]]
    incoming = postings.Incoming(kind, organisation_id, row["key"], fields, cleaned.details)
    return Told(incoming, row["status"] or "published", int(row["age"] or 0))


def _regions() -> dict[str, str]:
    return {row["key"]: row["region_code"] for row in table("organisations")}


@transaction.atomic
def add(rows: Sequence[Told]) -> int:
    """Bring in the postings that are not there yet and put back their dates. Those that are there stay as
    people have left them. Returns how many were new."""
    keys = [row.incoming.source_key for row in rows]
    there = set(_stored(keys).values_list("source_key", flat=True))
    new = {row.incoming.source_key: row for row in rows if row.incoming.source_key not in there}
    postings.bring_in(rows=[row.incoming for row in new.values()], source=SOURCE, batch_id=NO_BATCH, by=None)
    stored = list(_stored(list(new)))
    for posting in stored:
        _put_back(posting, new[posting.source_key])
    # No service may write a date of the past; a region without a past would show nothing of ageing.
    Posting.objects.bulk_update(stored, ["status", "confirmed_on", "expires_on", "published_at", "batch_id"])
    return len(new)


def _stored(keys: Sequence[str]) -> QuerySet[Posting]:
    return Posting.objects.filter(source=SOURCE, source_key__in=keys)


def _put_back(posting: Posting, row: Told) -> None:
    confirmed = clock.today() - timedelta(days=row.days_since_confirmed)
    posting.status = life_cycle.STATES[row.status].code
    posting.confirmed_on = confirmed
    posting.expires_on = confirmed + timedelta(days=posting.kind_of.shelf_life_days)
    posting.published_at = timezone.make_aware(datetime.combine(confirmed, time(9)))
    posting.batch_id = None
