"""The one place that asks what time it is, in the region's zone."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> date:
    """Today's date where the platform lives (TIME_ZONE)."""
    return timezone.localdate()
