"""The web process. In the embedded mode it also starts the worker's thread."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
application = get_wsgi_application()

from threading import Thread  # noqa: E402  (the application is ready only now)

from django.conf import settings  # noqa: E402

from rongqiao.searching.selectors import warm_up as warm_search  # noqa: E402

Thread(target=warm_search, name="warm search", daemon=True).start()
if settings.RONGQIAO_WORKER_IN_PROCESS:
    from rongqiao.indexing.engines import warm_up
    from rongqiao.outbox.worker import start_thread

    start_thread(first=warm_up)
