"""What makes the database itself refuse to change a version or a note: triggers, put in place by the migration."""

from typing import Any

TABLES = ("vendors_version", "vendors_note")
SAYS = "a version and a note are never changed or deleted; add a later one"
_FUNCTION = "vendors_refuse"


def sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for table in TABLES
        for what in ("UPDATE", "DELETE")
    ]


def postgresql() -> list[str]:
    body = f"BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END"
    function = f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
    triggers = [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
        for table in TABLES
    ]
    return [function, *triggers]


def install(apps: Any, editor: Any) -> None:
    """As a step of a migration."""
    for statement in sqlite() if editor.connection.vendor == "sqlite" else postgresql():
        editor.execute(statement)
