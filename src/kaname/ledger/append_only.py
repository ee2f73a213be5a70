"""Tables that only grow, beside the ledger's own: triggers of the database refuse to change or delete a row of them.

They are put back after each migration, and looked at before each start and in /healthz. On SQLite `recursive_triggers`
(see `guard_sql`) makes REPLACE fire the delete trigger.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, connections

from kaname.law import Text

_FOUND = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({})",
    "postgresql": "SELECT t.tgname::text, t.tgtype::text || t.tgenabled::text || p.prosrc FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relname IN ({})",
}


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """The guards of some tables. `function`: its name in PostgreSQL; `says`: what the database answers to a change;
    `fault`: what is wrong when they are not as laid down."""

    tables: tuple[str, ...]
    function: str
    says: str
    fault: Text

    def install(self, using: str = "default") -> None:
        """Put them back, whatever was there; for the owner of the tables."""
        link = connections[using]
        with link.cursor() as cursor:
            if not set(self.tables) <= set(link.introspection.table_names(cursor)):
                return  # the database has been taken back to before them
            for statement in self._sqlite() if link.vendor == "sqlite" else self._postgresql():
                cursor.execute(statement)

    def faults(self) -> list[Text]:
        """What is wrong with them; nothing where the tables are not there yet."""
        if not set(self.tables) <= set(connection.introspection.table_names()):
            return []
        with connection.cursor() as cursor:
            cursor.execute(_FOUND[connection.vendor].format(", ".join(["%s"] * len(self.tables))), self.tables)
            found = dict(cursor.fetchall())
        return [] if found == self.whole() else [self.fault]

    def whole(self) -> dict[str, str]:
        """The triggers as the database tells them where all is in order."""
        if connection.vendor == "sqlite":
            return dict(self._triggers())
        # 58: before UPDATE, DELETE and TRUNCATE, for each statement; A: also while replication sleeps other triggers
        return {f"{table}_no_change": f"58A{self._body}" for table in self.tables}

    @property
    def _body(self) -> str:
        return f"BEGIN RAISE EXCEPTION '{self.says}' USING ERRCODE = 'restrict_violation'; END"

    def _triggers(self) -> Iterable[tuple[str, str]]:
        for table in self.tables:
            for what in ("UPDATE", "DELETE"):
                name = f"{table}_no_{what.lower()}"
                text = f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
                yield name, text

    def _sqlite(self) -> list[str]:
        return [s for name, text in self._triggers() for s in (f"DROP TRIGGER IF EXISTS {name}", text)]

    def _postgresql(self) -> list[str]:
        statements = [
            f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS $body${self._body}$body$"
        ]
        for table in self.tables:
            name = f"{table}_no_change"
            statements += [
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {self.function}()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
            ]
        return statements
