"""The index of the words of all cases, made alike (`law.alike`): trigrams of SQLite's FTS5 by triggers, a trigram index
of PostgreSQL. Both find from three characters on; fewer are looked for by LIKE, in SQLite along an index that holds
nothing but the words and the key of the case.
"""

from typing import Any

_SQLITE = """
DROP TRIGGER IF EXISTS ledger_words_new;
DROP TRIGGER IF EXISTS ledger_words_change;
DROP TRIGGER IF EXISTS ledger_words_gone;
CREATE VIRTUAL TABLE IF NOT EXISTS ledger_words
  USING fts5(words, content='ledger_standing', content_rowid='case_id', tokenize='trigram');
CREATE TRIGGER ledger_words_new AFTER INSERT ON ledger_standing
BEGIN INSERT INTO ledger_words (rowid, words) VALUES (NEW.case_id, NEW.words); END;
CREATE TRIGGER ledger_words_change AFTER UPDATE OF words ON ledger_standing WHEN OLD.words <> NEW.words
BEGIN
  INSERT INTO ledger_words (ledger_words, rowid, words) VALUES ('delete', OLD.case_id, OLD.words);
  INSERT INTO ledger_words (rowid, words) VALUES (NEW.case_id, NEW.words);
END;
CREATE TRIGGER ledger_words_gone AFTER DELETE ON ledger_standing
BEGIN INSERT INTO ledger_words (ledger_words, rowid, words) VALUES ('delete', OLD.case_id, OLD.words); END;
INSERT INTO ledger_words (ledger_words) VALUES ('rebuild');
DROP INDEX IF EXISTS ledger_standing_text;
CREATE INDEX IF NOT EXISTS ledger_standing_found ON ledger_standing (words, case_id);
"""
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS ledger_standing_words ON ledger_standing USING gin (words gin_trgm_ops)",
    # Backwards a list ends with what has no day as well: an order of its own here, the same index read back in SQLite.
    "CREATE INDEX IF NOT EXISTS ledger_standing_last_due "
    "ON ledger_standing (next_due_on DESC NULLS LAST, case_id DESC)",
)


def install(link: Any) -> None:
    """Put the index in place, after every migration: a table remake of SQLite drops triggers."""
    if link.vendor == "sqlite":
        link.ensure_connection()
        link.connection.executescript(_SQLITE)
        return
    with link.cursor() as cursor:
        for statement in _POSTGRESQL:
            cursor.execute(statement)
