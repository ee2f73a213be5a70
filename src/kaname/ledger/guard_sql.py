"""What makes the database itself refuse to change an entry, and the digests by which the guards are recognised.

SQLite: `recursive_triggers` makes REPLACE fire the delete trigger; the insert guard holds where the pragma is off.
PostgreSQL: statement triggers, so that TRUNCATE and statements that meet no row are refused too; ALWAYS, so that
`session_replication_role = replica` does not put them to sleep. The table's owner could still drop them: the office
works in a role that owns nothing (see `roles`).
"""

TABLE = "ledger_entry"
SAYS = "an entry is never changed or deleted; correct or annul it by a new entry"

SQLITE = {
    "ledger_entry_no_update": f"""CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    "ledger_entry_no_delete": f"""CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    "ledger_entry_no_replace": f"""CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON {TABLE}
WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (case_id = NEW.case_id AND seq = NEW.seq)
  OR (case_id = NEW.case_id AND idempotency_key = NEW.idempotency_key))
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    "ledger_case_no_delete": f"""CREATE TRIGGER ledger_case_no_delete BEFORE DELETE ON ledger_case
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
}

_FUNCTION = "ledger_refuse"
_BODY = f"BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END"
POSTGRESQL = {
    "ledger_entry_no_change": f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}",
    "ledger_case_no_delete": "BEFORE DELETE OR TRUNCATE ON ledger_case",
}

# SHA-256 of what `found` reads from a database whose guards are whole. A change of the guards changes these, knowingly.
PINNED = {
    "sqlite": "4689c8c6be7e7ec61c13e17d8e69be9fd1bb458d7e6bb0d359db57e6429bbaf2",
    "postgresql": "c1d84069b4b89063d93b927a4dd19239e378cae09853c07e66b626572a5ad72a",
}


def install_sqlite() -> list[str]:
    """Statements that put the guards back, whatever was there."""
    return [s for name, text in SQLITE.items() for s in (f"DROP TRIGGER IF EXISTS {name}", text)]


def install_postgresql() -> list[str]:
    """Statements for the owner of the tables."""
    statements = [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body${_BODY}$body$",
        f"REVOKE ALL ON {TABLE}, ledger_case FROM PUBLIC",
    ]
    for name, when in POSTGRESQL.items():
        table = when.rsplit(" ", 1)[1]
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {when} FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    return statements


# Every trigger and rule on the two tables, so that one too many is seen as well as one too few.
FOUND_SQLITE = """SELECT name, tbl_name, sql FROM sqlite_master
WHERE type = 'trigger' AND tbl_name IN ('ledger_entry', 'ledger_case') ORDER BY name"""

FOUND_POSTGRESQL = """SELECT t.tgname::text, c.relname::text, t.tgtype::text, t.tgenabled::text, p.prosrc,
  p.prosecdef::text
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.oid IN ('ledger_entry'::regclass, 'ledger_case'::regclass)
UNION ALL
SELECT r.rulename::text, c.relname::text, 'rule', r.ev_enabled::text, pg_get_ruledef(r.oid), ''
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.oid IN ('ledger_entry'::regclass, 'ledger_case'::regclass)
ORDER BY 1"""

# The unique constraints on which "no act twice" rests.
UNIQUE = (("case_id", "seq"), ("case_id", "idempotency_key"))
