"""The database, from one address: SQLite with the options that make it safe under threads, or PostgreSQL."""

from typing import Any

from .base import VAR, env

# Without IMMEDIATE two transactions that read and then write fail with "database is locked" at once.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;",
}


def database() -> dict[str, Any]:
    """Django's DATABASES['default'] for DATABASE_URL; a SQLite file in VAR when that is not set."""
    VAR.mkdir(parents=True, exist_ok=True)
    settings: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'rongqiao.sqlite3'}")
    settings["ATOMIC_REQUESTS"] = False
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
