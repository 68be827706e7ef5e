"""How long digests take: `python -m rongqiao.digests.bench [--recipients 10000] [--each 20] [--letters 500]`.

So many people, one organisation and one posting each, half of them needs; each need stands in `--each` pairings above the
threshold (10,000 people and 20: 100,000 pairings). Everything is composed in parts of 50, as the worker does, first for a
tenth of the people, then for all: seconds, processor time, its milliseconds for each, and the peak of memory, which must
not grow with the people. Then letters are written for some: rows, links, both parts. The database is thrown away.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

PART = 50
ROWS_AT_ONCE = 1_000


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m rongqiao.digests.bench")
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--letters", type=int, default=500)
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="rongqiao-digests-") as folder:
        os.environ |= {"RONGQIAO_VAR": folder, "RONGQIAO_ENCODER": "none", "RONGQIAO_LOG": "ERROR"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "rongqiao.config.settings.embedded"
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        measure(given.recipients, given.each, given.letters)


def measure(recipients: int, each: int, letters: int) -> None:
    """Build the region, compose for a tenth and for all, write some letters; print what each took."""
    from django.core.management import call_command

    from .models import Preference

    call_command("migrate", verbosity=0)
    build(recipients, each)
    ids = list(Preference.objects.order_by("pk").values_list("pk", flat=True))
    names = ("recipients", "pairings", "seconds", "processor s", "ms each", "digests", "peak MB")
    print("".join(f"{name:>13}" for name in names))
    for count in (recipients // 10, recipients):
        compose(ids[:1])
        reset_peak()
        began = time.process_time()
        seconds, digests = compose(ids[:count])
        used = time.process_time() - began
        row = (count, count * each // 2, f"{seconds:.1f}", f"{used:.1f}", f"{used / count * 1_000:.2f}", digests, f"{peak():.0f}")
        print("".join(f"{value:>13}" for value in row))
    if letters:
        seconds = write(ids[:letters])
        print(f"{letters} letters written: {seconds:.1f} s, {seconds / letters * 1_000:.1f} ms each")


def compose(ids: list[int]) -> tuple[float, int]:
    """(seconds, how many of them are worth a letter)."""
    from rongqiao.common import clock

    from . import selectors
    from .models import Preference
    from .planning import plan

    started, digests, now = time.perf_counter(), 0, clock.now()
    for start in range(0, len(ids), PART):
        rows = selectors.with_people(Preference.objects.filter(pk__in=ids[start : start + PART]))
        digests += sum(1 for _, composed in plan(rows, now, due=False) if not composed.reason)
    return time.perf_counter() - started, digests


def write(ids: list[int]) -> float:
    """Seconds that the worker takes for these: everything but sending."""
    from django.utils import timezone

    from rongqiao.common import clock

    from . import sending
    from .models import Preference

    now = clock.now()
    Preference.objects.filter(pk__in=ids).update(due_at=now, weekday=timezone.localtime(now).weekday())
    started = time.perf_counter()
    for start in range(0, len(ids), PART):
        sending.handle(ids[start : start + PART])
    return time.perf_counter() - started


def build(recipients: int, each: int) -> None:
    """The region, in parts: what was needed to build it is not in memory when it is measured."""
    from allauth.account.models import EmailAddress

    from rongqiao.common import clock
    from rongqiao.parties.models import Membership, Organisation, Person
    from rongqiao.postings.models import Posting
    from rongqiao.recommending.models import Pairing, Run

    from .models import Preference
    from .timing import usual_minute

    now, half = clock.now(), recipients // 2
    numbers = range(1, recipients + 1)
    insert(Organisation, ({"pk": n, "name": f"演示机构{n}", "party_type": "enterprise" if n <= half else "college",
                           "region_code": "500101", "verify_status": "documents"} for n in numbers))
    insert(Person, ({"pk": n, "email": f"p{n}@bench.example", "password": "!"} for n in numbers))
    insert(EmailAddress, ({"user_id": n, "email": f"p{n}@bench.example", "verified": True, "primary": True} for n in numbers))
    insert(Membership, ({"person_id": n, "organisation_id": n, "role": "administrator"} for n in numbers))
    insert(Posting, ({"pk": n, "kind": "talent_need" if n <= half else "major", "organisation_id": n, "title": f"岗位或专业{n}",
                      "status": "published", "published_at": now, "region_code": "500101"} for n in numbers))
    insert(Preference, ({"person_id": n, "kind": "pairings", "minute": usual_minute(n), "due_at": now} for n in numbers))
    insert(Run, ({"pk": n, "posting_id": n, "weights_version": "bench", "statistics_version": "bench", "index_version": "bench",
                  "day": now.date(), "snapshot_at": now} for n in range(1, half + 1)))
    insert(Pairing, pairings(half, each))


def pairings(half: int, each: int) -> Iterator[dict[str, Any]]:
    """So many for each need, with facts and a strongest term of the usual size."""
    skills = [{"code": f"skill-{number}"} for number in range(5)]
    names = {skill["code"]: {"zh": "数控车床操作", "en": "CNC turning"} for skill in skills}
    term = {"code": "skills", "value": 0.8, "reverse_value": 0.8, "known": True, "weight": 0.3, "reverse_weight": 0.3,
            "inputs": {}, "matched": skills, "missing": []}  # fmt: skip
    facts = {"content": 1, "organisation": 1, "confirmed": "2026-11-01", "industry": "C34", "level": 2,
             "place": [30.8, 108.4], "capacity": 5, "recommendable": True}  # fmt: skip
    kept = {"need_kind": "talent_need", "offer_kind": "major", "for_need": True, "for_offer": True, "need_facts": facts,
            "offer_facts": facts, "strongest": {"term": term, "names": names}}  # fmt: skip
    for need in range(1, half + 1):
        for step in range(each):
            mutual = round(0.95 - step * 0.02 % 0.4, 4)
            band = "excellent" if mutual >= 0.75 else "good"
            scores = {"forward": mutual, "reverse": mutual, "mutual": mutual, "band": band}
            yield {"need_id": need, "offer_id": half + 1 + (need * 7 + step * 13) % half, "run_id": need, **scores, **kept}


def insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """The rows, so many in a transaction; a pair that is there already is passed over."""
    while part := [model(**row) for row in islice(rows, ROWS_AT_ONCE)]:
        model.objects.bulk_create(part, ignore_conflicts=True)


def reset_peak() -> None:
    """Linux counts the peak of memory from here on."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """The most memory that was used since then, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
