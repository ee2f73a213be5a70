"""What makes the database itself refuse to change a version or a note: triggers, put back after each migration and
looked at before each start and in /healthz.
"""

from django.db import connection, connections

from kaname.law import T, Text

TABLES = ("vendors_version", "vendors_note")
SAYS = "a version and a note are never changed or deleted; add a later one"
_FUNCTION = "vendors_refuse"
_BODY = f"BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END"

SQLITE = {
    name: f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for table in TABLES
    for what in ("UPDATE", "DELETE")
    for name in (f"{table}_no_{what.lower()}",)
}
POSTGRESQL = {f"{table}_no_change": table for table in TABLES}
_FOUND = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)",
    "postgresql": "SELECT t.tgname::text, t.tgtype::text || t.tgenabled::text || p.prosrc FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relname IN (%s, %s)",
}
_WHOLE = {
    "sqlite": SQLITE,
    # 58: before UPDATE, DELETE and TRUNCATE, for each statement; A: also while replication sleeps other triggers
    "postgresql": dict.fromkeys(POSTGRESQL, f"58A{_BODY}"),
}


def install(using: str = "default") -> None:
    """Put them back, whatever was there; for the owner of the tables."""
    link = connections[using]
    with link.cursor() as cursor:
        if not set(TABLES) <= set(link.introspection.table_names(cursor)):
            return  # the database has been taken back to before them
        for statement in _sqlite() if link.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def faults() -> list[Text]:
    """What is wrong with them; nothing where the tables are not there yet."""
    if not set(TABLES) <= set(connection.introspection.table_names()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FOUND[connection.vendor], TABLES)
        found = dict(cursor.fetchall())
    if found == _WHOLE[connection.vendor]:
        return []
    return [
        T(
            "開示の版と所見を守るトリガーが定められたものと違う；kaname migrate で元に戻る",
            "the triggers that protect versions and notes of vendors are not the ones laid down; run: kaname migrate",
        )
    ]


def _sqlite() -> list[str]:
    return [s for name, text in SQLITE.items() for s in (f"DROP TRIGGER IF EXISTS {name}", text)]


def _postgresql() -> list[str]:
    statements = [f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body${_BODY}$body$"]
    for name, table in POSTGRESQL.items():
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    return statements
