"""The guards themselves: what is put into a database, what is looked for there, and what each thing missing is called.

What a server does with its statements `test_entries_cannot_be_changed` shows; that it is given these is held here.
"""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from acts import opened
from django.db import DatabaseError, connection

from kaname.law import T
from kaname.ledger import append_only, guard_sql, guards, sealing
from kaname.ledger.append_only import AppendOnly
from kaname.ledger.errors import StartRefused
from kaname.site.sqlite import PRAGMAS

TABLES = ["ledger_entry", "ledger_case"]
SAYS = "an entry is never changed or deleted; correct or annul it by a new entry"


def body(says):
    return f"BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'restrict_violation'; END"


def function(name, says):
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body(says)}$body$"


def trigger(name, events, table, function):
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


ON_A_SERVER = [
    function("ledger_refuse", SAYS), "REVOKE ALL ON ledger_entry, ledger_case FROM PUBLIC",
    *trigger("ledger_entry_no_change", "UPDATE OR DELETE OR TRUNCATE", "ledger_entry", "ledger_refuse"),
    *trigger("ledger_case_no_delete", "DELETE OR TRUNCATE", "ledger_case", "ledger_refuse"),
]  # fmt: skip


class Link:
    """A database that notes what it is asked and answers by the words of the question."""

    def __init__(self, vendor="postgresql", tables=TABLES, **answers):
        self.vendor, self.asked, self.answers = vendor, [], answers
        self.introspection = SimpleNamespace(table_names=lambda cursor=None: tables)

    @contextmanager
    def cursor(self):
        yield self

    def execute(self, statement, values=None):
        self.asked.append(statement if values is None else (statement, values))

    def fetchone(self):
        how, name = self.asked[-1].split()
        assert how in ("SHOW", "PRAGMA", "SELECT")
        return [self.answers[name]]

    def fetchall(self):
        return self.answers["rows"]


@pytest.fixture
def server(monkeypatch):
    """`server(...)`: in place of the office's database, in the guards."""

    def stands(link):
        for module in (guards, append_only):
            monkeypatch.setattr(module, "connection", link)
            monkeypatch.setattr(module, "connections", {"default": link})
        return link

    return stands


# -- what is put in place ----------------------------------------------------------------------------------------------


def test_a_server_is_given_these_guards(server, monkeypatch):
    link, granted = server(Link()), []
    monkeypatch.setattr(guards.roles, "grant", granted.append)
    guards.install()
    assert link.asked == ON_A_SERVER and granted == [link]


def test_of_a_server_every_trigger_and_rule_of_the_two_tables_is_looked_at(server):
    link = server(Link(rows=[]))
    guards.found(link)
    (asked,) = link.asked
    triggers, rules = " ".join(asked.split()).split(" UNION ALL ")
    assert triggers.endswith(
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.oid IN ('ledger_entry'::regclass, 'ledger_case'::regclass)"
    )
    assert rules.endswith(
        "FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
        "WHERE c.oid IN ('ledger_entry'::regclass, 'ledger_case'::regclass) ORDER BY 1"
    )
    assert guard_sql.PINNED["postgresql"] == "c1d84069b4b89063d93b927a4dd19239e378cae09853c07e66b626572a5ad72a"


def test_what_a_migration_took_away_is_put_back_on_sqlite(sqlite_office, monkeypatch):
    monkeypatch.setattr(guards.roles, "grant", None)  # of no use where there are no roles
    said = guard_sql.SQLITE
    assert [*said] == [
        f"ledger_{name}" for name in ("entry_no_update", "entry_no_delete", "entry_no_replace", "case_no_delete")
    ]
    for again in range(2):  # whether they are there or not
        guards.install()
        assert guards.guards() == [], again
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'")
            there = dict(cursor.fetchall())
            assert {name: there[name] for name in said} == said
            for name in said:
                cursor.execute(f"DROP TRIGGER {name}")
    assert [fault.en for fault in guards.guards()] == [TRIGGERS]


def test_what_lies_beside_the_two_tables_is_no_matter_of_their_guards(sqlite_office):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE beside (id INTEGER PRIMARY KEY)")
        cursor.execute("CREATE TRIGGER beside_no_update BEFORE UPDATE ON beside BEGIN SELECT 1; END")
        cursor.execute("CREATE INDEX ledger_entry_more ON ledger_entry (act)")
    assert guards.guards() == []


@pytest.mark.parametrize("statement", [
    "UPDATE ledger_entry SET act = act", "DELETE FROM ledger_entry", "DELETE FROM ledger_case",
    "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry"])  # fmt: skip
def test_whoever_tries_is_told_what_to_do_instead(sqlite_office, statement):
    opened()
    with pytest.raises(DatabaseError, match=SAYS), connection.cursor() as cursor:
        cursor.execute(statement)


# -- what is missing ---------------------------------------------------------------------------------------------------

TRIGGERS = "the triggers that protect the entries are not the ones laid down; run: kaname migrate"


def test_without_its_tables_there_is_no_ledger(server):
    for tables in ([], ["ledger_entry"], ["ledger_case", "other"]):
        server(Link(tables=tables))
        assert not guards.has_tables()
        assert [f.en for f in guards.guards()] == ["the tables of the ledger are missing; run: kaname migrate"]
    server(Link(tables=TABLES))
    assert guards.has_tables()


def test_every_fault_is_told_at_once(sqlite_office, monkeypatch):
    guards.require()
    monkeypatch.setattr(sealing, "faults", lambda tables: [T("鍵がない", "no key")])
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_no_update")
        cursor.execute("PRAGMA secure_delete = OFF")
        cursor.execute("PRAGMA synchronous = NORMAL")
    wrong = [TRIGGERS, "SQLite: synchronous is 1; it must be 2", "SQLite: secure_delete is 0; it must be 1", "no key"]
    assert sorted(f.en for f in guards.guards()) == sorted(wrong)
    with pytest.raises(StartRefused) as refused:
        guards.require()
    assert str(refused.value).startswith("the entries are not protected: ") and all(
        w in str(refused.value) for w in wrong
    )
    assert "鍵がない" in refused.value.text.ja


def test_an_index_that_is_not_unique_forbids_no_act_twice(server):
    def held(*constraints):
        link = server(Link())
        link.introspection.get_constraints = lambda cursor, table: (
            dict(enumerate(constraints)) if table == TABLES[0] else {}
        )
        return [f.en for f in guards._unique(link)]

    number, key = ({"columns": ["case_id", name], "unique": True} for name in ("seq", "idempotency_key"))
    assert held(number, key, {"columns": ["act"], "unique": False}) == []
    lacks = [f"ledger_entry lacks the unique constraint (case_id, {name})" for name in ("seq", "idempotency_key")]
    assert held(key) == lacks[:1] and held(number) == lacks[1:] and held() == lacks
    assert held({**number, "unique": False}, key) == lacks[:1]


def test_each_setting_of_sqlite_that_is_not_as_laid_down_is_named(server):
    def told(version="99.0.0", **other):
        values = {**PRAGMAS, **other, "sqlite_version()": version}
        return [f.en for f in guards._sqlite_settings(server(Link("sqlite", **values)))]

    assert told() == told(synchronous="3") == []  # EXTRA is more than FULL
    for name, wanted in PRAGMAS.items():
        for wrong in ("0", "3") if name != "synchronous" else ("0", "1"):
            assert told(**{name: wrong}) == [f"SQLite: {name} is {wrong}; it must be {wanted}"]
    fixed = ".".join(map(str, guards.FIXED_IN))
    assert told(fixed) == []
    old = "3.9.0"
    assert told(old) == [
        f"SQLite {old} can corrupt a database in WAL mode; needed: {fixed} or later (package pysqlite3)"
    ]
    assert told(old, journal_mode="delete") == ["SQLite: journal_mode is delete; it must be wal"]


def test_each_setting_of_a_server_under_which_a_commit_can_be_lost_is_named(server):
    def told(**other):
        values = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", **other}
        return [f.en for f in guards._postgresql_settings(server(Link(**values)))]

    assert told() == told(synchronous_commit="remote_apply") == told(synchronous_commit="remote_write") == []
    for name, wrong in (
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
    ):
        assert told(**{name: wrong}) == [f"PostgreSQL: {name} is {wrong}; it must be on"]
    assert len(told(fsync="off", full_page_writes="off", synchronous_commit="off")) == 3


def test_a_server_is_looked_at_for_all_of_it(server, monkeypatch):
    values = {"fsync": "off", "full_page_writes": "on", "synchronous_commit": "on", "rows": []}
    link = server(Link(**values))
    link.introspection.get_constraints = lambda cursor, table: {}
    monkeypatch.setattr(guards.roles, "faults", lambda cursor: [T("役割", "a role")])
    monkeypatch.setattr(sealing, "faults", lambda tables: [T("鍵", "a key")])
    found = [f.en for f in guards.guards()]
    assert (found[0], found[-3:]) == (TRIGGERS, ["PostgreSQL: fsync is off; it must be on", "a role", "a key"])
    assert len(found) == 6


# -- tables beside the ledger that only grow ---------------------------------------------------------------------------

FAULT = T("増えるだけの表の守りがない", "the guards of what only grows are not as laid down")
GROWN = AppendOnly(("grown", "more"), "grown_refuse", "what is here only grows", FAULT)


@pytest.fixture
def grown(sqlite_office):
    """Two tables that only grow; runs statements there."""

    def run(*statements):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    run(*(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, said TEXT)" for table in GROWN.tables))
    run(*(f"INSERT INTO {table} VALUES (1, 'a')" for table in GROWN.tables))
    assert GROWN.faults() == [FAULT]
    GROWN.install()
    assert GROWN.faults() == []
    return run


@pytest.mark.parametrize("table", GROWN.tables)
def test_what_only_grows_is_never_changed(grown, table):
    for statement in (
        f"UPDATE {table} SET said = 'b'",
        f"DELETE FROM {table}",
        f"REPLACE INTO {table} VALUES (1, 'b')",
    ):
        with pytest.raises(DatabaseError, match=GROWN.says):
            grown(statement)
    grown(f"INSERT INTO {table} VALUES (2, 'b')")


@pytest.mark.parametrize("table", GROWN.tables)
@pytest.mark.parametrize("event", ["UPDATE", "DELETE"])
def test_a_guard_that_is_gone_or_weak_is_told_and_put_back(grown, table, event):
    name = f"{table}_no_{event.lower()}"
    for made in ([], [f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT 1; END"]):
        grown(f"DROP TRIGGER {name}", *made)
        assert GROWN.faults() == [FAULT]
        GROWN.install()
        assert GROWN.faults() == []
    grown(f"CREATE TRIGGER swallow BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END")
    assert GROWN.faults() == [FAULT]


def test_tables_that_are_not_there_yet_need_no_guard(sqlite_office, grown):
    grown("CREATE INDEX on_grown ON grown (said)", "DROP TABLE more")
    GROWN.install()
    assert GROWN.faults() == []
    grown("DROP TRIGGER grown_no_update")
    assert GROWN.faults() == []


def test_a_server_is_given_the_guards_of_what_only_grows(server):
    link = server(Link(tables=GROWN.tables))
    GROWN.install()
    assert link.asked == [function("grown_refuse", GROWN.says), *(s for table in GROWN.tables for s in trigger(
        f"{table}_no_change", "UPDATE OR DELETE OR TRUNCATE", table, "grown_refuse"))]  # fmt: skip


def test_of_a_server_every_trigger_of_what_only_grows_is_looked_at(server):
    there = [(f"{table}_no_change", "58A" + body(GROWN.says)) for table in GROWN.tables]
    for rows, faults in ((there, []), (there[:1], [FAULT]), ([*there, ("swallow", "7A")], [FAULT]),
                         ([(name, text.replace("A", "O", 1)) for name, text in there], [FAULT])):  # fmt: skip
        for more in ([], ["other"]):
            link = server(Link(tables=[*GROWN.tables, *more], rows=rows))
            assert GROWN.faults() == faults
    ((asked, values),) = link.asked
    assert values == GROWN.tables and asked.endswith(
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.relname IN (%s, %s)"
    )
