"""What is true of an installation: one JSON object, from the database, the index and the pairings of the moment.

`python -m tests.robustness.verify`. Compares in its own way beside `reconcile`, which is under test too.
"""

import json
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from rongqiao.indexing import reconciling, selectors
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Indexed, IndexRun
from rongqiao.indexing.schemas import postings_of
from rongqiao.outbox import selectors as outbox
from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting
from rongqiao.recommending.facts import facts_of
from rongqiao.recommending.models import Pairing, Run


def truth() -> dict[str, Any]:
    """Counts of every fault, and what the database says of each posting."""
    versions = dict(Posting.objects.filter(status__in=OPEN).values_list("pk", "version"))
    held = {
        entry.key: entry.version
        for kind in kinds.all_kinds()
        for entry in engine().entries(postings_of(kind.code))
    }
    paired = Indexed.objects.filter(recommendable=True).values_list("pk", flat=True)
    return {
        "waiting": outbox.waiting(),
        "set_aside": [event.error for event in outbox.set_aside()],
        "differs": sum(reconciling.check(lambda done, total: None).counts().values()),
        "unlike": sorted(set(versions.items()) ^ set(held.items())),
        **pairings(versions),
        "unpaired": sorted(set(paired) - set(Run.objects.values_list("posting_id", flat=True))),
        "pairings": Pairing.objects.count(),
        "rebuilt": IndexRun.objects.filter(state="done").count(),
        "postings": {pk: [version, status] for pk, version, status in _postings()},
    }


def pairings(versions: dict[int, int]) -> dict[str, list[int]]:
    """Pairings that name what is closed, and those scored from facts that hold no more."""
    closed, stale = [], []
    rows = list(Pairing.objects.all())
    records = selectors.records({pk for row in rows for pk in (row.need_id, row.offer_id)})
    for row in rows:
        sides = ((row.need_id, row.need_facts), (row.offer_id, row.offer_facts))
        if any(pk not in versions for pk, _ in sides):
            closed.append(row.pk)
        elif any(pk not in records or facts_of(records[pk]) != {**facts, "standing": None} for pk, facts in sides):
            stale.append(row.pk)
    return {"closed": closed, "stale": stale}


def _postings() -> Any:
    return Posting.objects.values_list("pk", "version", "status")


if __name__ == "__main__":
    print(json.dumps(truth()))
