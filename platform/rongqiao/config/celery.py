"""The Celery application of a deployment on servers: `celery -A rongqiao.config.celery worker --beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.production")
application = Celery("rongqiao")
application.config_from_object("django.conf:settings", namespace="CELERY")
application.autodiscover_tasks()
