"""Text made alike for searching (never for storing): width, case, spaces, old and new forms of characters.

`install()` keeps an index of the words of all cases beside the projection: trigrams of SQLite's FTS5 by triggers, a
trigram index of PostgreSQL. Both find from three characters on; fewer are looked for by LIKE, in SQLite along an index
that holds nothing but the words.
"""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Any

# Variant forms met in names, each before its common form. For search keys only: a name is shown as it was filed.
_PAIRS = (
    "髙高﨑崎濵浜濱浜邊辺邉辺齋斎齊斉嶋島嶌島澤沢廣広國国櫻桜瀨瀬眞真德徳會会學学體体圓円榮栄龍竜瀧滝萬万與与寶宝檜桧曾曽"
    "淵渕淸清靑青增増黑黒緖緒藏蔵惠恵敎教硏研關関鐵鉄氣気驗験發発變変權権證証讓譲釋釈鹽塩廳庁應応拂払舊旧"
)
_FORMS = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))


def alike(text: str) -> str:
    """The search key of a text: NFKC, lower case, one space, common forms of characters."""
    if text.isascii():  # has no forms: numbers and references mostly
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_FORMS).split())


def marked(text: str, pieces: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """A text as filed, cut into parts that were looked for (pieces made alike) and parts that were not."""
    keys = [unicodedata.normalize("NFKC", c).casefold().translate(_FORMS) for c in text]
    places = [i for i, key in enumerate(keys) for _ in key]
    flat, hit = "".join(keys), [False] * len(text)
    for piece in pieces:
        at = flat.find(piece) if piece else -1
        while at >= 0:
            for i in range(places[at], places[at + len(piece) - 1] + 1):
                hit[i] = True
            at = flat.find(piece, at + 1)
    runs = groupby(range(len(text)), key=hit.__getitem__)
    return tuple(("".join(text[i] for i in run), is_hit) for is_hit, run in runs)


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
CREATE INDEX IF NOT EXISTS ledger_standing_text ON ledger_standing (words);
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
