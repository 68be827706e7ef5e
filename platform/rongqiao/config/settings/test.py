"""For the tests: the database of DATABASE_URL or a throw-away SQLite file, no encoder, no background thread."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import REST_FRAMEWORK, env
from .databases import SQLITE_OPTIONS

SECRET_KEY = "for tests only"  # noqa: S105
VAR = Path(tempfile.mkdtemp(prefix="rongqiao-test-"))
RONGQIAO_INDEX = VAR / "index"
RONGQIAO_FILES = VAR / "files"
RONGQIAO_ENCODER = env.str("RONGQIAO_ENCODER", default="none")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anon": None, "user": None}}
ACCOUNT_RATE_LIMITS = False

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'test.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of one test then share it as they do in the product.
    DATABASES["default"]["OPTIONS"] = dict(SQLITE_OPTIONS)
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
