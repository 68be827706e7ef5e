"""The web process. In the embedded mode it also starts the worker's thread."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (settings are ready only now)

if settings.RONGQIAO_WORKER_IN_PROCESS:
    from rongqiao.indexing.engines import warm_up
    from rongqiao.outbox.worker import start_thread

    start_thread(first=warm_up)
