"""What beat calls by the hour."""

from celery import shared_task

from . import services


@shared_task
def expire() -> None:
    """Close what is out of date."""
    services.expire_stale()
