"""The database's own refusal to change or delete what the audit trail holds."""

from typing import Any

TABLES = ("audit_entry", "audit_seal")

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is only ever added to'; END $$;
"""


def protect(connection: Any) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def unprotect(connection: Any) -> None:
    """Take the triggers away (a migration undone; the tests, whose database is emptied by DELETE)."""
    with connection.cursor() as cursor:
        for table in TABLES:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}{on}")


def _statements(vendor: str, table: str) -> list[str]:
    act = (
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        if vendor == "postgresql"
        else "BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"
    )
    return [
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} {act}" for event in ("UPDATE", "DELETE")
    ]
