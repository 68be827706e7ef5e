"""`python -m tests.api.lists_bench [--postings 100000] [--asks 200]`: how fast list pages answer when there are many postings.

The same lists are asked for twice in one run, of a hundredth of the postings and of all of them; the last column is
how many times longer the second takes. Milliseconds in this process, through the whole stack of the server but the network.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

LIMIT_MS = 200
"""What 95 of 100 answers of every list must stay below."""
OWNERS = 40
BATCH = 2_000
LISTS = {
    "the newest, for everybody": "postings?page_size=20",
    "of one kind": "postings?kind=talent_need&page_size=20",
    "page 50 of one kind": "postings?kind=talent_need&page_size=20&page=50",
    "of one organisation": "postings?organisation={organisation}&page_size=50",
    "one's own in every state": "postings?mine=1&page_size=100",
    "one's own that are open": "postings?mine=1&status=published&page_size=50",
    "notices": "notices?page_size=20",
}


def main() -> int:
    """Measure, print; the exit status says whether all are within the limit."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postings", type=int, default=100_000)
    options.add_argument("--asks", type=int, default=200)
    asked = options.parse_args()
    with TemporaryDirectory(prefix="rongqiao-lists-") as folder:
        os.environ.update(RONGQIAO_VAR=folder, RONGQIAO_WORKER_IN_PROCESS="off", RONGQIAO_MAIL="off", RONGQIAO_ENCODER="none")
        os.environ["RONGQIAO_THROTTLE_PERSON"] = "1000000/min"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        return compare(asked.postings, asked.asks)


def compare(postings: int, asks: int) -> int:
    """Both rounds and the table."""
    owner, add = region()
    add(postings // 100)
    few = {name: p95(owner, path, asks) for name, path in LISTS.items()}
    add(postings - postings // 100)
    many = {name: p95(owner, path, asks) for name, path in LISTS.items()}
    print(f"{'p95, ms':28}{postings // 100:>10}{postings:>10}{'times':>8}")
    for name in LISTS:
        print(f"{name:28}{few[name]:>10.1f}{many[name]:>10.1f}{many[name] / few[name]:>8.1f}")
    return 0 if max(many.values()) <= LIMIT_MS else 1


def region() -> tuple[Any, Callable[[int], None]]:
    """Some organisations, the first of which asks; and how more postings are added, spread over all of them."""
    from django.core.management import call_command

    from rongqiao.postings.models import Posting
    from tests import world

    with Path(os.devnull).open("w") as nowhere:
        call_command("migrate", verbosity=0, stdout=nowhere)
        call_command("load_codes", "region", "major", stdout=nowhere)
    owners = [world.party(f"演示机械厂{number}", "enterprise", "500101", f"hr{number}@works.example") for number in range(OWNERS)]
    kinds: dict[str, dict[str, Any]] = {
        "talent_need": {"headcount": 3, "skills": ["数控车床"]},
        "internship": {"slots": 2},
        "tech_need": {"field": "智能装备"},
    }
    models = [world.publish(owners[0], kind, "数控车工", "会看图纸。", **details) for kind, details in kinds.items()]

    def add(count: int) -> None:
        for start in range(0, count, BATCH):
            rows = [copy(models[at % len(models)], owners[at % OWNERS], at) for at in range(start, min(start + BATCH, count))]
            Posting.objects.bulk_create(rows)

    def copy(model: Any, owner: Any, at: int) -> Any:
        own = (field.attname for field in Posting._meta.concrete_fields if not field.primary_key)
        fields = {name: getattr(model, name) for name in own}
        return Posting(**{**fields, "organisation_id": owner.organisation.pk, "title": f"{model.title}{at}"})

    return owners[0], add


def p95(owner: Any, path: str, asks: int) -> float:
    """Of so many answers, how long 95 in 100 take at most; the first ones, which warm up, do not count."""
    address = f"/api/v1/{path.format(organisation=owner.organisation.pk)}"
    taken = []
    for turn in range(asks + 5):
        begun = time.perf_counter()
        answer = owner.client.get(address, SERVER_NAME="localhost")
        taken.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (turn, address, answer.content)
    return sorted(taken[5:])[int(0.95 * asks)]


if __name__ == "__main__":
    sys.exit(main())
