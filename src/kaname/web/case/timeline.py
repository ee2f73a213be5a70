"""The history of a case in order of effect: what people did, what the law did, what the book was corrected by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kaname.law import Bases, T, Text
from kaname.procedure import Entry, Reason, fold
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import ANNUL, CORRECT, DELIVER, ISSUE, KERNEL_ACTS
from kaname.procedure.order import recorded
from kaname.procedure.standing import Note, Running
from kaname.procedure.work import Line

KERNEL = {
    CORRECT: T("記録{n}を訂正した", "entry {n} corrected"),
    ANNUL: T("記録{n}を取り消した", "entry {n} annulled"),
    DELIVER: T("記録{n}の到達日を加えた", "day of receipt added to entry {n}"),
    ISSUE: T("記録{n}の書面を発した", "paper of entry {n} issued"),
}
MARK = {
    CORRECT: T("記録{n}により訂正", "corrected by entry {n}"),
    ANNUL: T("記録{n}により取消し", "annulled by entry {n}"),
    DELIVER: T("到達日は記録{n}", "day of receipt: entry {n}"),
    ISSUE: T("書面は記録{n}", "paper: entry {n}"),
}
NOTE = {
    "breach": T("違反", "breach"),
    "irregular": T("効果なし", "no effect"),
    "doubtful": T("疑義", "doubtful"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history. `sort`: act, law or book; `seq`: the entry (0 where time alone did it)."""

    sort: str
    on: date
    title: Text
    moved: Text | None = None
    clocks: tuple[Text, ...] = ()
    basis: Bases = ()
    seq: int = 0
    run: str = ""
    changed_by: tuple[Text, ...] = ()
    notes: tuple[tuple[Text, tuple[Reason, ...]], ...] = field(default=())
    has_receipt_day: bool = False


def timeline(
    kind: CaseKind, entries: Sequence[Entry], as_of: date, known_at: datetime | None = None
) -> list[Happening]:
    """The history up to a day, as known at an instant. Annulled entries stay in it, marked."""
    log: list[Line] = []
    standing = fold(kind, entries, as_of, known_at, log=log)
    known = [e for e in entries if e.on <= as_of and (known_at is None or recorded(e) <= known_at)]
    noted: dict[int, list[Note]] = {}
    for note in standing.notes:
        noted.setdefault(note.entry, []).append(note)
    by = _changed_by(known)
    # A line with a note stands for an entry that had no effect, or repeats one that was a breach: told with the entry.
    lines = [_line(kind, line, by, noted) for line in log if not line.note]
    told = {h.seq for h in lines if h.sort == "act"}
    left = [e for e in known if e.seq not in told]
    found = [*(_bare(kind, e, by, noted) for e in left), *lines]
    return sorted(found, key=lambda h: h.on)  # stable: within a day as the fold told it


def _changed_by(entries: Iterable[Entry]) -> Mapping[int, tuple[Text, ...]]:
    found: dict[int, tuple[Text, ...]] = {}
    for e in entries:
        target = e.data.get("entry")
        if e.act in KERNEL_ACTS and isinstance(target, int):
            found[target] = (*found.get(target, ()), MARK[e.act].fill(n=e.seq))
    return found


def _line(kind: CaseKind, line: Line, by: Mapping[int, tuple[Text, ...]], noted: Mapping[int, list[Note]]) -> Happening:
    tables = index(kind)
    procedure_id, _, _ = line.name.partition(".")
    procedure, element = tables.procedures[procedure_id], tables.element(line.name)
    moved = None
    if line.source != line.to:
        source = procedure.label_of(line.source) if line.source else T("—", "—")
        to = procedure.label_of(line.to)
        moved = T(f"{procedure.label.ja}：{source.ja} → {to.ja}", f"{procedure.label.en}: {source.en} → {to.en}")
    is_act = line.who == "act"
    of = tables.acts.get(line.name) if is_act else None
    return Happening(
        sort="act" if is_act else "law",
        on=line.on,
        title=element.label,
        moved=moved,
        clocks=_clocks(line),
        basis=line.basis,
        seq=line.entry if is_act else 0,
        run=line.run,
        changed_by=by.get(line.entry, ()) if is_act else (),
        notes=_notes(noted.get(line.entry, ())) if is_act else (),
        has_receipt_day=bool(of and of.act.received),
    )


def _bare(kind: CaseKind, e: Entry, by: Mapping[int, tuple[Text, ...]], noted: Mapping[int, list[Note]]) -> Happening:
    """An entry that the fold did not apply: a kernel act, or one that was annulled or had no effect."""
    of = index(kind).acts.get(e.act)
    basis: Bases = ()
    if e.act in KERNEL_ACTS:
        title = KERNEL[e.act].fill(n=e.data.get("entry", "?"))
    else:
        title, basis = (of.act.label, of.act.basis) if of else (T(e.act, e.act), ())
    notes = _notes(noted.get(e.seq, ()))
    return Happening(
        "book" if e.act in KERNEL_ACTS else "act", e.on, title, basis=basis, seq=e.seq, run=e.run,
        changed_by=by.get(e.seq, ()), notes=notes, has_receipt_day=bool(of and of.act.received),
    )  # fmt: skip


def _notes(notes: Iterable[Note]) -> tuple[tuple[Text, tuple[Reason, ...]], ...]:
    return tuple((NOTE[n.kind], n.reasons) for n in notes)


def _clocks(line: Line) -> tuple[Text, ...]:
    return (
        *(_started(r) for r in line.starts),
        *(T(f"期間「{r.clock.label.ja}」が止まる", f"the period stops: {r.clock.label.en}") for r in line.stops),
        *(T(f"期間「{r.clock.label.ja}」を履行", f"the period is met: {r.clock.label.en}") for r in line.meets),
    )


def _started(r: Running) -> Text:
    if r.last_day:
        return T(
            f"期間「{r.clock.label.ja}」が始まる（{r.last_day} まで）",
            f"a period runs: {r.clock.label.en} (to {r.last_day})",
        )
    if r.status == "pending":
        return T(f"期間「{r.clock.label.ja}」は起算日待ち", f"a period waits to start: {r.clock.label.en}")
    return T(f"期間「{r.clock.label.ja}」が始まる（遅滞なく）", f"a period runs: {r.clock.label.en} (without delay)")
