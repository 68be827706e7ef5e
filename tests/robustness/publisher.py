"""Publishes through the services at a steady rate, and withdraws one of four some seconds later; after each commit one
line says which posting, where, and when by the clock that all processes share.

`python -m tests.robustness.publisher RATE SECONDS`
"""

import json
import sys
import time
from collections import deque

import django

django.setup()

from rongqiao.parties.models import Organisation  # noqa: E402
from rongqiao.postings import services  # noqa: E402
from rongqiao.postings.life_cycle import OWNER  # noqa: E402
from rongqiao.postings.models import Posting  # noqa: E402
from tests.robustness.live import WITHDRAWN, county_of  # noqa: E402

WITHDRAWN_AFTER = 5.0
WHO = frozenset({OWNER})


def main(rate: float, seconds: float) -> None:
    """Publish for so many seconds, then withdraw what is left to withdraw."""
    owner = Organisation.objects.get(name="演示企业1")
    leaving: deque[tuple[float, Posting]] = deque()
    begun = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        posting = publish(owner, number, county_of(number, rate))
        if number % WITHDRAWN == 0:
            leaving.append((time.monotonic() + WITHDRAWN_AFTER, posting))
        while leaving and leaving[0][0] < time.monotonic():
            withdraw(leaving.popleft()[1])
    for due, posting in leaving:
        time.sleep(max(0.0, due - time.monotonic()))
        withdraw(posting)


def publish(owner: Organisation, number: int, county: str) -> Posting:
    """A need like those that are published over HTTP."""
    draft = services.create_draft(
        organisation=owner, by=None, kind_code="talent_need", details={},
        base={"title": f"焊工{number}号", "region_code": county},
    )  # fmt: skip
    return _step(draft, "publish")


def withdraw(posting: Posting) -> None:
    _step(posting, "withdraw")


def _step(posting: Posting, code: str) -> Posting:
    done = services.take_step(posting_id=posting.pk, version=posting.version, step_code=code, who=WHO)
    print(json.dumps({"step": code, "id": done.pk, "county": done.region_code, "at": time.monotonic()}), flush=True)
    return done


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]))
