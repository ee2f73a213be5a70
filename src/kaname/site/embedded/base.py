"""Django's engine for SQLite. A statement is put into SQLite's style once, not at every call: an act has only a few."""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


@lru_cache(1024)
def _with_question_marks(query: str) -> str:
    return str(base.SQLiteCursorWrapper.convert_query(None, query))


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        return str(super().convert_query(query, param_names=param_names))


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        """As Django's, but without a cursor of Django's, which costs four times the statement (see `ledger.link`)."""
        if self.queries_logged or self.execute_wrappers:
            super()._start_transaction_under_autocommit()
            return
        with self.wrap_database_errors:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")
