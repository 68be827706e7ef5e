"""What beat calls by the day."""

from celery import shared_task

from . import services


@shared_task
def discard_outdated() -> None:
    """Remove uploaded tables that nobody needs any more."""
    services.discard_outdated()
