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

from .parties import CONTACT_NAME, MAIL_HOST, SOURCE
from .reading import table, value

FILES = {
    "talent_needs": "talent_need", "tech_needs": "tech_need", "internships": "internship", "majors": "major",
    "training_bases": "training_base", "experts": "expert",
}  # fmt: skip
MARK = "【演示】"
# What stands in for the description where a kind shows others only part of a posting.
MARKED = ("description", "summary")
# Imports count their batches from 1.
NO_BATCH = 0
# States that a posting is in before anybody has published it: it has no date yet.
UNPUBLISHED = frozenset({"draft", "in_review"})
HISTORY = ("status", "confirmed_on", "expires_on", "published_at", "batch_id")


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a file: the posting as an import would bring it in, and the history the file tells of it."""

    incoming: postings.Incoming
    status: str
    days_since_confirmed: int


def told(organisations: Mapping[str, int]) -> Iterator[Told]:
    """Every posting of the files, checked. ValueError names the row and what is wrong with it."""
    owners = {row["key"]: row for row in table("organisations")}
    for file, code in FILES.items():
        for row in table(file):
            yield _told(kinds.of(code), row, owners[row["organisation"]], organisations)


def _told(
    kind: Kind, row: Mapping[str, str], owner: Mapping[str, str], organisations: Mapping[str, int]
) -> Told:
    today = clock.today()
    cells = {**row, **{name: MARK + row[name] for name in MARKED if row.get(name)}}
    types = {name: field.type for name, field in kind.by_name.items() if name in row}
    details = {name: value(types[name], cells[name], today) for name in types}
    cleaned = clean(
        kind, {**_contact(owner), **{name: cells[name] for name in BASE if cells.get(name)}}, details
    )
    status = row["status"] or "published"
    faults = list(cleaned.faults)
    if status != "draft":
        faults += lacking(kind, row["title"], cleaned.details)
    if faults:
        raise ValueError(f"{row['key']} {row['title']}: {faults}")
    fields = {"region_code": owner["region_code"], **cleaned.fields}
    incoming = postings.Incoming(kind, organisations[owner["key"]], row["key"], fields, cleaned.details)
    return Told(incoming, status, int(row["age"] or 0))


def _contact(owner: Mapping[str, str]) -> dict[str, str]:
    """Whom to ask; nobody where an import made the organisation and nobody has claimed it."""
    if owner["claimable"]:
        return {}
    return {
        "contact_name": CONTACT_NAME, "contact_phone": owner["contact_phone"],
        "contact_email": f"{owner['key']}@{MAIL_HOST}",
    }  # fmt: skip


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
    Posting.objects.bulk_update(stored, HISTORY)
    return len(new)


def _stored(keys: Sequence[str]) -> QuerySet[Posting]:
    return Posting.objects.filter(source=SOURCE, source_key__in=keys)


def _put_back(posting: Posting, row: Told) -> None:
    posting.status = life_cycle.STATES[row.status].code
    posting.batch_id = None
    if row.status in UNPUBLISHED:
        posting.confirmed_on = posting.expires_on = posting.published_at = None
        return
    confirmed = clock.today() - timedelta(days=row.days_since_confirmed)
    posting.confirmed_on = confirmed
    posting.expires_on = confirmed + timedelta(days=posting.kind_of.shelf_life_days)
    posting.published_at = timezone.make_aware(datetime.combine(confirmed, time(9)))
