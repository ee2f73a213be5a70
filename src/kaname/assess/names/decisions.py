"""Decisions remembered: who cleared or confirmed a pair, on which day. They hold while both sides' names stay the same.

The file of decisions is a table; the output of a screening with `decision`, `decided_by` and `decided_on` filled in is
one. A pair is known by its fingerprint, which covers every name (and corporate number) of both sides.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kaname.assess.names.subjects import Subject
from kaname.files.batches import Batch, Fault, Reader
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

COLUMNS = ("id", "list", "entity_id", "pair", "decision", "decided_by", "decided_on")
NOTE = "note"
MADE = ("cleared", "confirmed")
_FILLED = T("空でない欄", "a value")


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a pair of names: `cleared` (somebody else) or `confirmed` (needs attention)."""

    pair: str
    decision: str
    by: str
    on: date
    note: str = ""


@dataclass(slots=True)
class Decisions:
    """The decisions of a file; of several about the same pair the last one counts."""

    by_pair: dict[tuple[str, str, str, str], Decision] = field(default_factory=dict)
    latest: dict[tuple[str, str, str], Decision] = field(default_factory=dict)

    def add(self, identity: str, source: str, listed: str, decision: Decision) -> None:
        self.latest[identity, source, listed] = self.by_pair[identity, source, listed, decision.pair] = decision

    def about(self, subject: Subject, listed: Subject) -> tuple[Decision | None, bool]:
        """The decision about the two, if there is one, and whether it still holds."""
        key = subject.id, listed.source, listed.id
        holding = self.by_pair.get((*key, fingerprint(subject, listed)))
        return (holding, True) if holding else (self.latest.get(key), False)


def fingerprint(subject: Subject, listed: Subject) -> str:
    """The same for the same names on both sides, in whatever order they are told."""
    sides = [[sorted(name.text for name in side.names), side.number] for side in (subject, listed)]
    text = json.dumps(["kaname names 1", *sides], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def columns(reader: Reader) -> dict[str, str]:
    """The columns of a file of decisions. Raises BadInput."""
    if missing := [name for name in COLUMNS if name not in reader.names]:
        have = ", ".join(reader.names)
        raise BadInput(
            Problem(reader.name, 1, name, T(f"列がない；ある列は {have}；kaname assess names の出力に書き足す",
                                            f"no such column; the file has {have}; expected the output of "
                                            "kaname assess names, filled in"))
            for name in missing
        )  # fmt: skip
    return {name: name for name in (*COLUMNS, NOTE) if name in reader.names}


def decided(batches: Iterator[Batch]) -> tuple[Decisions, list[Fault]]:
    """The decisions of a file, and what is wrong in it; rows without a decision are left out."""
    found, faults = Decisions(), []
    for batch in batches:
        faults += batch.faults
        for i, row in enumerate(_rows(batch)):
            if not row["decision"]:
                continue
            wrong = list(_wrong(row))
            faults += [Fault(batch.first + i, name, row[name][:40], expected) for name, expected in wrong]
            if not wrong:
                day = date.fromisoformat(row["decided_on"])
                made = Decision(row["pair"], row["decision"], row["decided_by"], day, row.get(NOTE, ""))
                found.add(row["id"], row["list"], row["entity_id"], made)
    return found, faults


def _rows(batch: Batch) -> Iterator[dict[str, str]]:
    cells = {name: column.to_pylist() for name, column in batch.columns.items()}
    for i in range(len(batch)):
        yield {name: (values[i] or "").strip() for name, values in cells.items()}


def _wrong(row: dict[str, str]) -> Iterator[tuple[str, Text]]:
    yield from ((name, _FILLED) for name in ("list", "entity_id", "pair", "decided_by") if not row[name])
    if row["decision"] not in MADE:
        yield "decision", T("cleared 又は confirmed", "cleared or confirmed")
    try:
        date.fromisoformat(row["decided_on"])
    except ValueError:
        yield "decided_on", T("2026-11-24 のような日", "a day such as 2026-11-24")
