"""The database itself refuses to change, delete or replace an entry, and no office starts where it would not refuse."""

from dataclasses import replace

import psycopg
import pytest
from acts import APPLY, opened
from django.core.management import call_command
from django.db import DatabaseError, connection, models
from throwaway import connect, url

from kaname.ledger import guard_sql, guards, roles
from kaname.ledger.errors import StartRefused
from kaname.ledger.models import Case, Entry
from kaname.site import sqlite
from kaname.site.databases import embedded, postgresql

COLUMNS = "case_id, seq, act, run, role, party, person, effective_on, at, recorded_at, law_version, data, sealed, \
prev_digest, digest, idempotency_key"
COPY = "SELECT " + COLUMNS.replace("act,", "'permit.withdraw',") + " FROM ledger_entry"
UPSERT = "WHERE true ON CONFLICT (case_id, seq) DO UPDATE SET act = excluded.act"
CHANGES = (
    "UPDATE ledger_entry SET act = 'permit.withdraw'",
    "DELETE FROM ledger_entry",
    f"INSERT INTO ledger_entry ({COLUMNS}) {COPY} {UPSERT}",
    "DELETE FROM ledger_case",
)
SQLITE = (
    *CHANGES,
    "UPDATE OR REPLACE ledger_entry SET seq = 1",
    f"INSERT OR REPLACE INTO ledger_entry ({COLUMNS}) {COPY}",
    f"REPLACE INTO ledger_entry (id, {COLUMNS}) SELECT id, 9, 9, {COLUMNS.split('seq, ')[1]} FROM ledger_entry",
    f"INSERT OR REPLACE INTO ledger_entry ({COLUMNS}) SELECT case_id, 9, {COLUMNS.split('seq, ')[1]} FROM ledger_entry",
)
POSTGRESQL = (*CHANGES, "TRUNCATE ledger_entry CASCADE", "TRUNCATE ledger_case CASCADE")


def attempt(statement, link=None):
    with (link or connection).cursor() as cursor:
        cursor.execute(statement)


def unchanged(act="permit.apply"):
    return list(Entry.objects.values_list("seq", "act")) == [(1, act)]


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("statement", SQLITE)
def test_sqlite_refuses(sqlite_office, statement, recursive):
    """REPLACE slips past the delete trigger where recursive_triggers is off: the insert guard holds it."""
    opened()
    attempt(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(DatabaseError, match="never changed"):
        attempt(statement)
    assert unchanged()


def test_the_insert_guard_is_what_holds_replace_where_the_pragma_is_off(sqlite_office):
    opened(replace(APPLY, data={"name": "Kumo", "size": "small"}))
    attempt("PRAGMA recursive_triggers = OFF")
    attempt("DROP TRIGGER ledger_entry_no_replace")
    attempt(f"INSERT OR REPLACE INTO ledger_entry ({COLUMNS}) {COPY}")
    assert unchanged("permit.withdraw")


@pytest.mark.parametrize("user", [roles.WEB, roles.OWNER, "app"])
@pytest.mark.parametrize("statement", POSTGRESQL)
def test_postgresql_refuses(postgresql_office, statement, user):
    """The office's role lacks the right; the owner and a superuser meet the trigger, asleep or not."""
    opened()
    with psycopg.connect(url(postgresql_office.cluster, user, postgresql_office.database), autocommit=True) as link:
        if user == "app":
            link.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.Error, match=r"never changed|permission denied"):
            link.execute(statement)
    assert unchanged()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
        "DROP TABLE ledger_entry CASCADE",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "UPDATE ledger_case SET kind = 'other'",
        "SET ROLE kaname_owner",
    ],
)
def test_the_office_cannot_take_the_guards_away_on_postgresql(postgresql_office, statement):
    opened()
    with pytest.raises(DatabaseError):
        attempt(statement)
    assert guards.guards() == []


def test_the_office_cannot_give_itself_a_right_on_postgresql(postgresql_office):
    attempt("GRANT UPDATE, DELETE, TRUNCATE ON ledger_entry TO kaname_web")  # PostgreSQL warns and grants nothing
    assert guards.guards() == []


# -- sabotage: what the start must notice ---------------------------------------------------------------------------

WEAK = "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END"
SWALLOW = "CREATE TRIGGER swallow BEFORE INSERT ON ledger_entry BEGIN SELECT RAISE(IGNORE); END"


def remake_table():
    """What a later migration does: SQLite tables are altered by making them anew, and triggers are not copied."""
    field = models.CharField(max_length=200)
    field.set_attributes_from_name("act")
    field.model = Entry
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, Entry._meta.get_field("act"), field)


def drop_unique():
    constraint = next(c for c in Entry._meta.constraints if c.name == "ledger_entry_seq")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Entry, constraint)


SQLITE_SABOTAGE = {
    "no update trigger": lambda: attempt("DROP TRIGGER ledger_entry_no_update"),
    "no delete trigger": lambda: attempt("DROP TRIGGER ledger_entry_no_delete"),
    "no insert guard": lambda: attempt("DROP TRIGGER ledger_entry_no_replace"),
    "a trigger of the same name that does nothing": lambda: (
        attempt("DROP TRIGGER ledger_entry_no_update"),
        attempt(WEAK),
    ),
    "one trigger too many": lambda: attempt(SWALLOW),
    "a table remade by a migration": remake_table,
    "no unique (case, seq)": drop_unique,
    "synchronous NORMAL": lambda: attempt("PRAGMA synchronous = NORMAL"),
    "recursive_triggers off": lambda: attempt("PRAGMA recursive_triggers = OFF"),
    "secure_delete off": lambda: attempt("PRAGMA secure_delete = OFF"),
    "foreign_keys off": lambda: attempt("PRAGMA foreign_keys = OFF"),
    "no tables": lambda: attempt("ALTER TABLE ledger_entry RENAME TO gone"),
}


@pytest.mark.parametrize("name", SQLITE_SABOTAGE)
def test_the_start_is_refused_on_sqlite(sqlite_office, name):
    guards.require()
    SQLITE_SABOTAGE[name]()
    with pytest.raises(StartRefused):
        guards.require()


def test_wal_on_a_sqlite_with_the_reset_fault_is_refused(sqlite_office, monkeypatch):
    monkeypatch.setattr(guards, "FIXED_IN", (99, 0, 0))
    with pytest.raises(StartRefused, match=r"99\.0\.0 or later"):
        guards.require()


def test_without_wal_an_older_sqlite_would_do(tmp_path, sqlite_office, monkeypatch):
    monkeypatch.setattr(guards, "FIXED_IN", (99, 0, 0))
    monkeypatch.setattr(guards, "PRAGMAS", {**sqlite.PRAGMAS, "journal_mode": "delete"})
    settings = embedded(tmp_path / "other.sqlite3")
    settings["OPTIONS"]["init_command"] = sqlite.init_command().replace("journal_mode=wal", "journal_mode=delete")
    connect(settings)
    call_command("migrate", verbosity=0)
    assert guards.guards() == []


def test_a_migration_puts_the_guards_back(sqlite_office):
    remake_table()
    attempt("UPDATE ledger_entry SET act = 'x'")
    call_command("migrate", verbosity=0)
    assert guards.guards() == []


ENTRY = "ledger_entry"
POSTGRESQL_SABOTAGE = {
    "no trigger": [f"DROP TRIGGER ledger_entry_no_change ON {ENTRY}"],
    "trigger disabled": [f"ALTER TABLE {ENTRY} DISABLE TRIGGER ledger_entry_no_change"],
    "trigger asleep for replicas": [f"ALTER TABLE {ENTRY} ENABLE TRIGGER ledger_entry_no_change"],
    "the function lets all pass": [
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    ],
    "a rule that swallows entries": [f"CREATE RULE swallow AS ON INSERT TO {ENTRY} DO INSTEAD NOTHING"],
    "no unique (case, seq)": [f"ALTER TABLE {ENTRY} DROP CONSTRAINT ledger_entry_seq"],
    "the office may update": [f"GRANT UPDATE ON {ENTRY} TO kaname_web"],
    "the office may update one column": [f"GRANT UPDATE (act) ON {ENTRY} TO kaname_web"],
    "the office may delete": [f"GRANT DELETE ON {ENTRY} TO kaname_web"],
    "the office may truncate": [f"GRANT TRUNCATE ON {ENTRY} TO kaname_web"],
    "the office owns a table": ["ALTER TABLE ledger_standing OWNER TO kaname_web"],
    "the office is a member of the owner": ["GRANT kaname_owner TO kaname_web"],
    "the office is a superuser": ["ALTER ROLE kaname_web SUPERUSER"],
    "commits need not be durable": ["ALTER ROLE kaname_web SET synchronous_commit = off"],
    "triggers asleep in the session": ["ALTER ROLE kaname_web SET session_replication_role = replica"],
}
REPAIR = (
    "ALTER ROLE kaname_web NOSUPERUSER",
    "ALTER ROLE kaname_web RESET ALL",
    "REVOKE kaname_owner FROM kaname_web",
)


@pytest.mark.parametrize("name", POSTGRESQL_SABOTAGE)
def test_the_start_is_refused_on_postgresql(postgresql_office, name):
    guards.require()
    try:
        postgresql_office.superuser(*POSTGRESQL_SABOTAGE[name])
        connection.close()
        with pytest.raises(StartRefused):
            guards.require()
    finally:
        postgresql_office.superuser(*REPAIR)


def test_the_owner_and_the_superuser_are_no_roles_to_work_in(postgresql_office):
    for user in (roles.OWNER, "app"):
        connect(postgresql(url(postgresql_office.cluster, user, postgresql_office.database)))
        with pytest.raises(StartRefused, match="connect as kaname_web"):
            guards.require()


def test_the_pinned_digest_is_that_of_the_statements_in_this_version(office):
    with connection.cursor() as cursor:
        assert guards.found(cursor) == guard_sql.PINNED[office.vendor]
    assert Case.objects.count() == 0
