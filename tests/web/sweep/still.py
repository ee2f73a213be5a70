"""Whether the office lies as it lay: a digest of every table and of every file beside them, before and after.

state()    what lies there now
visit()    what changed while it lasted, by table or file; and where something did, which address wrote what
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

# What a reading may leave behind, and why. A table by its name, a column as `table.column`.
MAY = {
    "access_session": "a session notes when it was last used, and what a page asks back for",
    "access_token.last_used_at": "an hour's use of a token is noted, so that its person sees whether it is needed",
    "access_decision": "what is sealed is handed out after the reading was written down: that log is a promise",
    "access_sealedread": "the same, for the person who reads",
    "aside_mention.read_at": "that somebody has read where they were called is what the page of notes is for",
}
# The same of files beside the database, by how their names begin; the database is looked into table by table.
MAY_FILES = {
    "kaname.sqlite3": "the tables themselves",
    "calls": "how often a token has called within the minute",
    "signing_key": "drawn once, when anybody first asks what the office signs with",
    "envelope_": "keys to which others seal are renewed by their days, whoever asks for them first",
    ".envelope_lock": "held while they are",
}
State = dict[str, str]


def state() -> State:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {table: _rows(cursor, table) for table in tables if table not in MAY}
    home = Path(connection.settings_dict["NAME"]).parent
    return found | {
        path.relative_to(home).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and not path.relative_to(home).as_posix().startswith(tuple(MAY_FILES))
    }


def _rows(cursor: Any, table: str) -> str:
    """All rows of a table, but for the columns that may change."""
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    kept = ", ".join(f'"{name}"' for name in columns if f"{table}.{name}" not in MAY)
    cursor.execute(f'SELECT {kept} FROM "{table}" ORDER BY 1')  # names out of the database itself
    digest = sha256()
    for row in cursor:
        digest.update(repr(row).encode())
    return digest.hexdigest()


@dataclass
class Visit:
    """What somebody reads. `at`: the address asked for at the moment; `wrote`: statements that wrote, by address."""

    at: str = ""
    wrote: dict[str, set[str]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    after: State = field(default_factory=dict)

    def note(self, execute: Any, sql: str, *more: Any) -> Any:
        if sql.partition(" ")[0] in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
            self.wrote.setdefault(self.at, set()).add(sql[:90])
        return execute(sql, *more)


@contextmanager
def visit(before: State | None = None) -> Iterator[Visit]:
    """Afterwards `changed` says what lies otherwise than before, and who wrote where. `before`: what the visit just
    before this one left (`after`)."""
    before, made = before or state(), Visit()
    with connection.execute_wrapper(made.note):
        yield made
    now = made.after = state()
    made.changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    for at, statements in made.wrote.items():
        made.changed += [f"{at}: {sql}" for sql in sorted(statements) if any(f'"{one}"' in sql for one in made.changed)]
