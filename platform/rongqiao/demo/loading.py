"""Loading the demo region; safe to repeat."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from . import offers_and_needs, parties

BATCH = 100
REFUSAL = "演示数据的账号密码是公开的，不能载入正式环境；请用 embedded 模式（run.py demo）。"


class RefusedError(Exception):
    """The demo's accounts have a password that everybody knows: not in production."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found and did."""

    organisations: int
    postings: int
    new: int
    accounts: list[parties.Account]


def refuse_production() -> None:
    """Raise RefusedError under the production settings or settings made from them (which name a broker)."""
    module = str(getattr(settings, "SETTINGS_MODULE", ""))
    if module.rpartition(".")[2] == "production" or hasattr(settings, "CELERY_BROKER_URL"):
        raise RefusedError(REFUSAL)


def load(*, progress: Callable[[int, int], None]) -> Loaded:
    """Load what is not there yet. `progress(done, of)` is told after each batch of postings.

    Raises RefusedError in production, ValueError when a file holds a row that could not be published.
    """
    refuse_production()
    organisations = parties.add_organisations()
    accounts = parties.add_people(organisations)
    rows = list(offers_and_needs.told(organisations))
    new = 0
    for start in range(0, len(rows), BATCH):
        new += offers_and_needs.add(rows[start : start + BATCH])
        progress(min(start + BATCH, len(rows)), len(rows))
    return Loaded(len(organisations), len(rows), new, accounts)
