"""Many postings, and faults planted among them behind the product's back."""

import random
from collections.abc import Sequence

from django.db.models import F

from rongqiao.common import clock
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Indexed
from rongqiao.indexing.schemas import postings_of
from rongqiao.parties import services as parties
from rongqiao.postings.models import Posting
from search.schema import Document
from tests import world

TRADES = ("焊工", "数控车工", "护士", "机电维修", "物流管理", "电子商务", "汽车检测", "幼儿保育")
ELSEWHERE = "999999"
NOWHERE = 10**9
"""Above every id there is."""


def fill(count: int, organisations: int = 50) -> list[int]:
    """So many published postings, needs and offers in turn, of so many organisations; no event tells of them."""
    sides = [(party, kind) for party, kind in (("enterprise", "talent_need"), ("college", "major"))]
    owners = [
        parties.add_organisation(
            fields={"name": f"演示单位{number}", "party_type": sides[number % 2][0], "region_code": "500101", **world.TRUSTED},
            profile={},
        )
        for number in range(organisations)
    ]
    now = clock.now()
    made = (
        Posting(
            kind=sides[number % 2][1], organisation=owners[number % organisations], status="published", published_at=now,
            title=f"{TRADES[number % len(TRADES)]}{number // 10}号", description="需要焊接与数控编程", region_code="500101",
            details={"major_code": "460110"} if number % 2 else {},
        )
        for number in range(count)
    )  # fmt: skip
    Posting.objects.bulk_create(made, batch_size=1_000)
    return list(Posting.objects.order_by("pk").values_list("pk", flat=True))


def plant(ids: Sequence[int], share: float, seed: int = 20261127) -> dict[str, set[int]]:
    """Faults in that share of the postings, as many of each sort; half of those that can be are in the engine, half in
    the table of facts. Returns the ids by sort."""
    many = int(len(ids) * share) // 4
    chosen = random.Random(seed).sample(list(ids), 3 * many + many // 2)
    missing, stale, wrong = (chosen[start : start + many] for start in range(0, 3 * many, many))
    left, never = chosen[3 * many :], list(range(NOWHERE, NOWHERE + many - many // 2))
    lose(missing[::2])
    Indexed.objects.filter(pk__in=missing[1::2]).delete()
    Posting.objects.filter(pk__in=stale).update(version=F("version") + 1)
    write_of_others(wrong[::2])
    Indexed.objects.filter(pk__in=wrong[1::2]).update(organisation_id=int(ELSEWHERE), checksum=7)
    Posting.objects.filter(pk__in=left).update(status="withdrawn", version=F("version") + 1)
    with engine().writer(postings_of("talent_need")) as writer:
        writer.apply([Document(pk, 1, 1, {"title": "并不存在"}) for pk in never])
    return {"missing": set(missing), "stale": set(stale), "wrong": set(wrong), "ghost": {*left, *never}}


def lose(ids: Sequence[int]) -> None:
    """The engine forgets these."""
    for kind, rows in by_kind(ids).items():
        with engine().writer(postings_of(kind)) as writer:
            writer.apply([], [(row.pk, row.version) for row in rows])


def write_of_others(ids: Sequence[int]) -> None:
    """The engine holds these as another organisation's."""
    for kind, rows in by_kind(ids).items():
        with engine().writer(postings_of(kind)) as writer:
            writer.apply(
                [Document(row.pk, row.version, 1, {"title": row.title, "organisation": ELSEWHERE}) for row in rows]
            )


def by_kind(ids: Sequence[int]) -> dict[str, list[Posting]]:
    """The postings by their kinds."""
    found: dict[str, list[Posting]] = {}
    for posting in Posting.objects.filter(pk__in=ids):
        found.setdefault(posting.kind, []).append(posting)
    return found
