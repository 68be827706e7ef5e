"""The demo's people get a digest as soon as the server runs and has paired: the mail page shows what the region is told."""

from collections.abc import Iterable

from django.utils import timezone

from rongqiao.common import clock
from rongqiao.digests import services
from rongqiao.digests.models import Preference

from .parties import Account


def make_due(accounts: Iterable[Account]) -> int:
    """Make the first digest of these people due, of those who were told nothing yet. Returns how many."""
    services.enrol()
    now = clock.now()
    new = Preference.objects.filter(person__email__in=[account.email for account in accounts], told_at=None)
    return new.update(due_at=now, weekday=timezone.localtime(now).weekday())
