"""An act on PostgreSQL in one statement: head moved, entry appended, row of the lists changed, or nothing of it.

A statement by itself is a transaction by itself: one way to the server and back instead of eight, and when its answer
comes the act is durable.
"""

from typing import Any

from django.db import DataError

from kaname.ledger import link, rows, store
from kaname.ledger.projection import AS_WRITTEN, COLUMNS, Projected, differing
from kaname.ledger.rows import Row
from kaname.ledger.store import Head
from kaname.ledger.strict_json import canonical_plain

_PARTY = "role text, party text"
_MATTER = "sort text, name text, run text, role text, day date"
_MATTERS = "sort, name, run, role, day"
# The division is how the statement takes itself back: the head has moved, but the row of the lists is not the one that
# is to be changed (a refresh came meanwhile, or its course was counted). No row at all: the head had moved before.
STATEMENT = f"""
WITH moved AS ({store.SWAP} RETURNING id),
entry AS (
  INSERT INTO ledger_entry (case_id, {", ".join(rows.COLUMNS)})
  SELECT id, {", ".join(["%s"] * len(rows.COLUMNS))} FROM moved),
shown AS (
  UPDATE ledger_standing AS s SET {", ".join(f"{c} = %s" for c in COLUMNS)}
  FROM moved WHERE s.case_id = moved.id AND {AS_WRITTEN} RETURNING s.case_id),
told AS (SELECT case_id, %s::json AS j FROM shown),
left_ AS (
  DELETE FROM ledger_caseparty AS p USING told, json_to_recordset(j->'left') AS x({_PARTY})
  WHERE p.case_id = told.case_id AND p.role = x.role AND p.party = x.party),
joined AS (
  INSERT INTO ledger_caseparty (case_id, role, party)
  SELECT case_id, x.role, x.party FROM told, json_to_recordset(j->'joined') AS x({_PARTY})),
gone AS (
  DELETE FROM ledger_matter AS m USING told, json_to_recordset(j->'gone') AS x({_MATTER})
  WHERE m.case_id = told.case_id AND m.sort = x.sort AND m.name = x.name AND m.run = x.run AND m.role = x.role
  AND m.day IS NOT DISTINCT FROM x.day),
came AS (
  INSERT INTO ledger_matter (case_id, {_MATTERS})
  SELECT case_id, {", ".join(f"x.{c}" for c in _MATTERS.split(", "))}
  FROM told, json_to_recordset(j->'came') AS x({_MATTER}))
SELECT 1 / (SELECT count(*) FROM shown) FROM moved
"""


class OtherRow(RuntimeError):
    """The row of the lists is not the one that this process wrote last. Nothing was recorded."""


def append(head: Head, row: Row, shown: Projected, over: Projected) -> bool:
    """Record an entry that has no sealed values. False: the race for the head was lost. Raises OtherRow.

    Outside of any transaction; committed when it returns.
    """
    swap = row.seq, row.digest, row.recorded_at, head.pk, head.head_seq, head.head_digest, head.circle
    values = (*swap, *row, *shown[: len(COLUMNS)], over.head_seq, over.as_of, _changes(shown, over))
    try:
        return link.one(STATEMENT, values) is not None
    except DataError as error:
        if getattr(error.__cause__, "sqlstate", "") != "22012":  # division by zero
            raise
        raise OtherRow from None


def _changes(row: Projected, over: Projected) -> str:
    """Parties and pending matters as far as they differ, as JSON."""
    said: dict[str, Any] = {"came": [], "gone": [], "joined": [], "left": []}
    if row.parties != over.parties:
        left, joined = differing(over.parties, row.parties)
        said["left"] = [{"role": role, "party": party} for role, party in left]
        said["joined"] = [{"role": role, "party": party} for role, party in joined]
    if row.matters != over.matters:
        gone, came = differing(over.matters, row.matters)
        said["gone"], said["came"] = [_matter(m) for m in gone], [_matter(m) for m in came]
    return canonical_plain(said)


def _matter(m: Any) -> dict[str, str | None]:
    return {"sort": m.sort, "name": m.name, "run": m.run, "role": m.role, "day": m.day.isoformat() if m.day else None}
