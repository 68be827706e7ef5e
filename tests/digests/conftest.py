"""A firm and a college that fit each other, and people whose address is theirs."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from allauth.account.models import EmailAddress

from rongqiao.common import clock
from rongqiao.digests import sending, services
from rongqiao.digests.models import Digest, Preference
from rongqiao.mailing import delivery
from rongqiao.parties.models import Person
from tests import world
from tests.kept import Keep, Kept
from tests.servers import smtp

NEED = {"skills": ["焊接", "识图"], "headcount": 3}
OFFER = {"major_code": "460110", "skills": ["焊接", "识图"]}


def proved(person: Person) -> Person:
    """The address is theirs."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def low(settings: Any) -> None:
    """Small postings fit a little: that is enough here."""
    settings.RONGQIAO_DIGEST_THRESHOLD = 0.05


def fit() -> tuple[world.Party, world.Party]:
    """An enterprise with one need and a college whose major fits it; both read their mail."""
    enterprise, college = world.enterprise(), world.college()
    world.publish(enterprise, "talent_need", "焊工", "焊接工艺与识图", **NEED)
    world.publish(college, "major", "智能焊接技术", "焊接工艺与识图", **OFFER)
    world.drain()
    proved(enterprise.person)
    proved(college.person)
    services.enrol()
    return enterprise, college


@pytest.fixture(scope="module")
def built(keep: Keep) -> Kept[tuple[world.Party, world.Party]]:
    """They are the same in all tests of a module."""
    return keep(fit)


@pytest.fixture
def both(low: None, built: Kept[tuple[world.Party, world.Party]], db: None) -> tuple[world.Party, world.Party]:
    """The enterprise and the college."""
    return built.again()


@pytest.fixture
def fitting(both: tuple[world.Party, world.Party]) -> world.Party:
    """The enterprise, where it has a college whose major fits."""
    return both[0]


@pytest.fixture
def college(request: pytest.FixtureRequest, db: None) -> world.Party:
    """The one that fits, where it does, else one that has posted nothing."""
    if "both" not in request.fixturenames:
        return world.college()
    return cast(world.Party, request.getfixturevalue("both")[1])


Tell = Callable[..., Digest | None]


def due_now(person: Person, kind: str = "pairings") -> Preference:
    """The person's digest of a kind is due, about all that it can be about."""
    preference = Preference.objects.get(person=person, kind=kind)
    now = clock.now()
    preference.weekday = world_day(now)
    preference.due_at = now
    preference.save()
    return preference


def world_day(moment: Any) -> int:
    """The weekday of a moment, where the platform lives."""
    from django.utils import timezone

    return timezone.localtime(moment).weekday()


@pytest.fixture
def tell() -> Tell:
    """Make somebody's digest due, and have it written."""

    def told(person: Person, kind: str = "pairings") -> Digest | None:
        preference = due_now(person, kind)
        before = set(Digest.objects.values_list("pk", flat=True))
        sending.handle([preference.pk])
        return Digest.objects.exclude(pk__in=before).filter(person=person).first()

    return told


@pytest.fixture
def server(settings: Any) -> Any:
    """A real mail server, to which the letters go."""
    with smtp.server() as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", made.port, 2
        yield made


def delivered(server: smtp.MailServer) -> list[smtp.Taken]:
    """What the server has after all that is due was sent."""
    while delivery.deliver():
        pass
    return server.taken
