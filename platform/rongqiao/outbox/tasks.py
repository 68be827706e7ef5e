"""The worker of a deployment on servers. Redis only rings; the work lies in the database."""

import threading

from celery import shared_task

from . import worker


@shared_task
def drain(seconds: float = 30.0) -> None:
    """Serve the outbox for so many seconds; beat starts it again and again, several may run at once."""
    worker.run(threading.Event(), seconds=seconds)
