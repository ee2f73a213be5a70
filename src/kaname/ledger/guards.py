"""The guards of the entries: put in place after each migration, looked at before each start, in `verify`, in /healthz.

`guards()` lists what is wrong; `require()` refuses the start.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import connection, connections

from kaname.law import T, Text
from kaname.ledger import guard_sql, roles, sealing
from kaname.ledger.errors import StartRefused
from kaname.site.sqlite import FIXED_IN, PRAGMAS

_CALM = ("off", "local")  # settings of synchronous_commit under which a commit can be lost or is not yet replicated


def install(using: str = "default") -> None:
    """Put the guards in place, for the owner of the tables. Called after every migration."""
    link = connections[using]
    sqlite = link.vendor == "sqlite"
    statements = guard_sql.install_sqlite() if sqlite else guard_sql.install_postgresql()
    with link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        if not sqlite:
            roles.grant(cursor)


_TABLES = {"ledger_entry", "ledger_case"}
NO_TABLES = T(
    "台帳の表がない；kaname migrate を実行すること", "the tables of the ledger are missing; run: kaname migrate"
)


def has_tables() -> bool:
    return set(connection.introspection.table_names()) >= _TABLES


def guards() -> list[Text]:
    """Everything that is wrong with the protection of the entries; empty where all is well."""
    tables = set(connection.introspection.table_names())
    if not tables >= _TABLES:
        return [NO_TABLES]
    checks: tuple[Callable[[Any], list[Text]], ...] = (
        (_triggers, _unique, _sqlite_settings)
        if connection.vendor == "sqlite"
        else (_triggers, _unique, _postgresql_settings, roles.faults)
    )
    with connection.cursor() as cursor:
        found = [fault for look in checks for fault in look(cursor)]
    return found + sealing.faults(tables)


def require() -> None:
    """Refuse the start where a guard is missing. Raises StartRefused with every fault."""
    if faults := guards():
        raise StartRefused(
            T(
                "記録が守られていない：" + "；".join(f.ja for f in faults),
                "the entries are not protected: " + "; ".join(f.en for f in faults),
            )
        )


def found(cursor: Any) -> str:
    """The digest of the triggers and rules as the database holds them."""
    sqlite = connection.vendor == "sqlite"
    cursor.execute(guard_sql.FOUND_SQLITE if sqlite else guard_sql.FOUND_POSTGRESQL)
    return sha256(repr([tuple(row) for row in cursor.fetchall()]).encode()).hexdigest()


def _triggers(cursor: Any) -> list[Text]:
    if found(cursor) == guard_sql.PINNED[connection.vendor]:
        return []
    return [
        T(
            "記録を守るトリガーが定められたものと違う；kaname migrate で元に戻る",
            "the triggers that protect the entries are not the ones laid down; run: kaname migrate",
        )
    ]


def _unique(cursor: Any) -> list[Text]:
    constraints = connection.introspection.get_constraints(cursor, guard_sql.TABLE).values()
    held = {tuple(c["columns"]) for c in constraints if c["unique"]}
    return [
        T(
            f"ledger_entry の一意制約 ({', '.join(columns)}) がない",
            f"ledger_entry lacks the unique constraint ({', '.join(columns)})",
        )
        for columns in guard_sql.UNIQUE
        if columns not in held
    ]


def _sqlite_settings(cursor: Any) -> list[Text]:
    faults = []
    cursor.execute("SELECT sqlite_version()")
    version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
    for name, wanted in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}")
        value = str(cursor.fetchone()[0])
        if name == "journal_mode" and value == "wal" and version < FIXED_IN:
            faults.append(_old_sqlite(version))
        elif value != wanted and not (name == "synchronous" and value == "3"):
            faults.append(
                T(
                    f"SQLite の {name} が {value}；{wanted} でなければならない",
                    f"SQLite: {name} is {value}; it must be {wanted}",
                )
            )
    return faults


def _old_sqlite(version: tuple[int, ...]) -> Text:
    old, fixed = (".".join(map(str, v)) for v in (version, FIXED_IN))
    return T(
        f"SQLite {old} は WAL で壊れることがある；{fixed} 以後（パッケージ pysqlite3）が要る",
        f"SQLite {old} can corrupt a database in WAL mode; needed: {fixed} or later (package pysqlite3)",
    )


def _postgresql_settings(cursor: Any) -> list[Text]:
    faults = []
    for name, wrong in (("fsync", ("off",)), ("full_page_writes", ("off",)), ("synchronous_commit", _CALM)):
        cursor.execute(f"SHOW {name}")
        value = cursor.fetchone()[0]
        if value in wrong:
            faults.append(
                T(
                    f"PostgreSQL の {name} が {value}；on でなければならない",
                    f"PostgreSQL: {name} is {value}; it must be on",
                )
            )
    return faults
