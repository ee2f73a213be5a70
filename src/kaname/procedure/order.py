"""Which entries count, and in what order: kernel acts (correct, annul, deliver, issue), `known_at`, order of effect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from kaname.procedure.kernel_acts import ANNUL, DELIVER, ISSUE, KERNEL_ACTS, names_nothing, patched, read
from kaname.procedure.standing import Entry, Note

JAPAN = timezone(timedelta(hours=9), "JST")  # the legal day is the Tokyo day


def recorded(entry: Entry) -> datetime:
    """When an entry was written down: as recorded, else its instant, else the first moment of its day in Japan."""
    return entry.recorded_at or entry.at or datetime.combine(entry.on, time.min, JAPAN)


def numbered(entries: Iterable[Entry]) -> list[Entry]:
    """Entries with their numbers: those they bear, else their place in the ledger from 1."""
    return [e if e.seq else replace(e, seq=i) for i, e in enumerate(entries, 1)]


def effective(
    entries: Iterable[Entry], as_of: date | None = None, known_at: datetime | None = None
) -> tuple[list[Entry], list[Note], int]:
    """The acts that have effect, in order of (on, seq), with notes on kernel acts that name nothing, and the last seq.

    Annulled entries are gone as if never entered (取消し, ex tunc); annulling an annulment restores. Corrections and
    deliveries change the entry they name, in order. Entries written after `known_at`, or of effect after `as_of`, are
    left out.
    """
    known = [e for e in numbered(entries) if known_at is None or recorded(e) <= known_at]
    last = max((e.seq for e in known), default=0)
    kernel = [e for e in known if e.act in KERNEL_ACTS]
    if not kernel:
        acts = known
        notes: list[Note] = []
    else:
        acts, notes = _applied(known, kernel)
    if as_of is not None:
        acts = [e for e in acts if e.on <= as_of]
    return sorted(acts, key=lambda e: (e.on, e.seq)), notes, last


def _applied(known: Sequence[Entry], kernel: Sequence[Entry]) -> tuple[list[Entry], list[Note]]:
    by_seq = {e.seq: e for e in known}
    notes: list[Note] = []
    sound: list[tuple[Entry, Mapping[str, Any]]] = []
    for e in kernel:
        values, reasons = read(e)
        target = by_seq.get(values.get("entry", 0))
        if not reasons and not names_earlier(e, target):
            reasons = (names_nothing(e),)
        if reasons:
            notes.append(Note(e.seq, "irregular", e.act, e.on, reasons))
        else:
            sound.append((e, values))
    gone: set[int] = set()
    for e, values in reversed(sound):  # a later annulment may annul an earlier one
        if e.act == ANNUL and e.seq not in gone:
            gone.add(values["entry"])
    acts = {e.seq: e for e in known if e.act not in KERNEL_ACTS and e.seq not in gone}
    for e, values in sound:
        if e.act not in (ANNUL, ISSUE) and e.seq not in gone and values["entry"] in acts:
            acts[values["entry"]] = patched(acts[values["entry"]], e, values)
    return list(acts.values()), notes


def names_earlier(entry: Entry, target: Entry | None) -> bool:
    """Whether a kernel act names an earlier entry that it can change. Annul reaches other kernel acts; a paper may go
    out of an annulment or a correction."""
    if target is None or target.seq >= entry.seq:
        return False
    if entry.act == ISSUE:
        return target.act not in (DELIVER, ISSUE)
    return entry.act == ANNUL or target.act not in KERNEL_ACTS


def upon(entries: Iterable[Entry], seq: int) -> tuple[Entry, ...]:
    """The kernel acts that name an entry and stand: those annulled themselves are left out. In order of recording."""
    kernel = [e for e in numbered(entries) if e.act in KERNEL_ACTS]
    gone: set[int] = set()
    for e in reversed(kernel):
        named = e.data.get("entry")
        if e.act == ANNUL and e.seq not in gone and isinstance(named, int):
            gone.add(named)
    return tuple(e for e in kernel if e.seq not in gone and e.data.get("entry") == seq)
