"""One machine, no server to install: SQLite, the embedded index, the worker as a thread of the web process."""

from .base import *  # noqa: F403
from .base import EMAIL_BACKEND, VAR, env
from .databases import database
from .mail import FOLDER
from .secret import kept_secret

DATABASES = {"default": database()}
SECRET_KEY = env.str("RONGQIAO_SECRET", default="") or kept_secret(VAR)
RONGQIAO_WORKER_IN_PROCESS = env.bool("RONGQIAO_WORKER_IN_PROCESS", default=True)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# The demo shows the letters it wrote, the secret ones too: its accounts are public.
RONGQIAO_MAIL_SHOWN = env.bool("RONGQIAO_MAIL_SHOWN", default=True) and EMAIL_BACKEND == FOLDER
