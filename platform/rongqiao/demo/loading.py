"""Loading the demo region, step by step; safe to repeat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from . import history, introductions, offers_and_needs, parties, telling

BATCH = 100
REFUSAL = "演示数据的账号密码是公开的，不能载入正式环境；请用 embedded 模式（run.py demo）。"

Progress = Callable[[int, int], None]


class RefusedError(Exception):
    """The demo's accounts have a password that everybody knows: not in production."""


@dataclass(slots=True)
class Loaded:
    """What the steps so far found and did; each step reads what those before it have left here."""

    organisations: Mapping[str, int] = field(default_factory=dict)
    accounts: list[parties.Account] = field(default_factory=list)
    postings: int = 0
    new: int = 0


Step = Callable[[Loaded, Progress], None]


def load(*, progress: Progress) -> Loaded:
    """Load what is not there yet. `progress(done, of)` is told after each batch of a step that has several.

    Raises RefusedError in production, ValueError when a file holds a row that could not be published.
    """
    refuse_production()
    loaded = Loaded()
    for step in STEPS:
        step(loaded, progress)
    return loaded


def refuse_production() -> None:
    """Raise RefusedError under the production settings or settings made from them (which name a broker)."""
    module = str(getattr(settings, "SETTINGS_MODULE", ""))
    if module.rpartition(".")[2] == "production" or hasattr(settings, "CELERY_BROKER_URL"):
        raise RefusedError(REFUSAL)


def load_organisations(loaded: Loaded, progress: Progress) -> None:
    """Who is there."""
    loaded.organisations = parties.add_organisations()


def load_people(loaded: Loaded, progress: Progress) -> None:
    """Who may sign in."""
    loaded.accounts = parties.add_people(loaded.organisations)


def load_postings(loaded: Loaded, progress: Progress) -> None:
    """What they need and offer."""
    rows = list(offers_and_needs.told(loaded.organisations))
    for start in range(0, len(rows), BATCH):
        loaded.new += offers_and_needs.add(rows[start : start + BATCH])
        progress(min(start + BATCH, len(rows)), len(rows))
    loaded.postings = len(rows)


def load_history(loaded: Loaded, progress: Progress) -> None:
    """What has happened there: applications and answers, tags and a flag, an invitation; and the letters of it."""
    history.tell(loaded.organisations)


def load_introductions(loaded: Loaded, progress: Progress) -> None:
    """Who has asked whom, what they answered, what they signed."""
    introductions.tell()


def load_digests(loaded: Loaded, progress: Progress) -> None:
    """What they are told by mail, once the server runs."""
    telling.make_due(loaded.accounts)


# In this order, each once a load and each adding only what is missing. A new part of the demo is a new step.
STEPS: tuple[Step, ...] = (
    load_organisations,
    load_people,
    load_postings,
    load_history,
    load_introductions,
    load_digests,
)
