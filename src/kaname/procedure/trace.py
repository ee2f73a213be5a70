"""Trace: who did what, and what the law did, line by line. A golden text that a lawyer can review."""

from collections.abc import Iterable
from datetime import date

from kaname.law import Lang, cited
from kaname.procedure.declare import CaseKind
from kaname.procedure.fold import fold
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.standing import Entry, Note, Running, track_key
from kaname.procedure.work import Line

_WHO = {"ja": {"act": "行為", "law": "法律", "kernel": "記録"}, "en": {"act": "act ", "law": "law ", "kernel": "book"}}


def trace(kind: CaseKind, entries: Iterable[Entry], as_of: date, lang: Lang = "ja") -> list[str]:
    """One line an event up to a day: `day who name: from -> to +clock to day -stopped =met [provision]`."""
    log: list[Line] = []
    listed = list(entries)
    standing = fold(kind, listed, as_of, log=log)
    book = [_book(e, i, lang) for i, e in enumerate(listed, 1) if e.act in KERNEL_ACTS and e.on <= as_of]
    lines = [_line(kind, line, lang) for line in log]
    breaches = [_note(n, lang) for n in standing.notes if n.kind != "irregular"]
    return [*book, *lines, *breaches]


def _line(kind: CaseKind, line: Line, lang: Lang) -> str:
    who = _WHO[lang][line.who]
    procedure, _, element = line.name.partition(".")
    head = f"{line.on}  {who}  {track_key(procedure, line.run)}.{element}"
    if line.note:
        return f"{head}  ×{line.note[lang]}" + _basis(line, lang)
    label = index(kind).element(line.name).label[lang]
    move = line.to if line.source == line.to else f"{line.source or '-'} -> {line.to}"
    clocks = "".join(
        [f"  +{r.clock.id}{_until(r, lang)}" for r in line.starts]
        + [f"  -{r.clock.id}" for r in line.stops]
        + [f"  ={r.clock.id}" for r in line.meets]
    )
    return f"{head} {label}: {move}{clocks}" + _basis(line, lang)


def _until(r: Running, lang: Lang) -> str:
    if r.status == "pending":
        return "（起算日待ち）" if lang == "ja" else " (waiting)"
    if r.last_day is None:
        return "（遅滞なく）" if lang == "ja" else " (without delay)"
    return f" {r.last_day} まで" if lang == "ja" else f" to {r.last_day}"


def _basis(line: Line, lang: Lang) -> str:
    return f"  [{cited(line.basis, lang, line.on)}]" if line.basis else ""


def _book(entry: Entry, number: int, lang: Lang) -> str:
    target = entry.data.get("entry")
    return f"{entry.on}  {_WHO[lang]['kernel']}  {entry.act} #{target} (#{entry.seq or number})"


def _note(note: Note, lang: Lang) -> str:
    said = "; ".join(f"{r.text[lang]} [{cited(r.basis, lang, note.on)}]" for r in note.reasons)
    word = {"breach": ("違反", "breach"), "doubtful": ("疑義", "doubtful")}[note.kind][lang == "en"]
    return f"{note.on}  {word}  #{note.entry} {note.act}: {said}"
