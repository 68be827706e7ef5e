"""PostgreSQL, Redis, Celery behind a TLS proxy. Refuses to start on a default that would be unsafe."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import DEFAULT_FROM_EMAIL, RONGQIAO_CHATS, RONGQIAO_MAIL, RONGQIAO_SEARCH_ENGINE, RONGQIAO_URL, env
from .databases import database


def required(name: str, remedy: str) -> str:
    """The environment's value, or a refusal to start that says what to set."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {remedy}")
    return value


SECRET_KEY = required("RONGQIAO_SECRET", "Set it to at least 50 random characters, the same on every process.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("RONGQIAO_SECRET is shorter than 50 characters. Set a longer random one.")
ALLOWED_HOSTS = [host.strip() for host in required("RONGQIAO_HOSTS", "Name the hosts it answers to.").split(",")]
if "*" in ALLOWED_HOSTS or "" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("RONGQIAO_HOSTS must name each host; * would answer to any. Separate them by commas.")
required("DATABASE_URL", "Set it to postgres://user:password@host:5432/name.")
REDIS_URL = required("REDIS_URL", "Set it to redis://host:6379/0.")
required("RONGQIAO_URL", "Set it to https://host: where people reach the platform.")
if not RONGQIAO_URL.startswith("https://"):
    raise ImproperlyConfigured("RONGQIAO_URL must begin with https://: the links in letters carry secrets.")
if RONGQIAO_MAIL:
    required("EMAIL_URL", "Set it to smtp+tls://user:password@host:587, or RONGQIAO_MAIL=off to send no letters.")
    required("RONGQIAO_MAIL_FROM", "Set it to the sender, 融桥 <no-reply@host>, or RONGQIAO_MAIL=off to send no letters.")
    if "@" not in DEFAULT_FROM_EMAIL:
        raise ImproperlyConfigured("RONGQIAO_MAIL_FROM has no address. Set it to 融桥 <no-reply@host>.")
if RONGQIAO_SEARCH_ENGINE == "elasticsearch":
    required("ELASTICSEARCH_URL", "Set it to http://user:password@host:9200, or RONGQIAO_SEARCH_ENGINE=embedded.")

for address in RONGQIAO_CHATS.values():
    if not address.startswith("https://"):
        raise ImproperlyConfigured("RONGQIAO_CHAT_… must begin with https://: the keys of robots are in their addresses.")

DATABASES = {"default": database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}
RONGQIAO_SECOND_FACTOR = env.bool("RONGQIAO_SECOND_FACTOR", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("RONGQIAO_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000

# Redis carries the beat of the worker only; the work itself lies in the database's outbox.
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "drain-outbox": {
        "task": "rongqiao.outbox.tasks.drain",
        "schedule": 5.0,
        "kwargs": {"seconds": 30.0},
        "options": {"expires": 10.0},
    },
}
