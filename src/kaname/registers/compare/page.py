"""A comparison as a page of blocks: drawn by the same hands as every other."""

from kaname.law import T, Text
from kaname.registers.blocks import Block, Column, Page, Prose, Row, Table, Value
from kaname.registers.compare.model import Change, Comparison, Subject

_TITLE = T("何が変わったか", "What changed")
_NOTHING = T("{before} と {after} の間に違いはありません。", "Nothing differs between {before} and {after}.")
_ANSWER = T("{before} から {after} までに、{told}が変わりました。", "From {before} to {after} changed: {told}.")
_MORE = T("ほかに {n} 件の案件で期日が動いた可能性があります。期間を短くすると一件ずつ示します。",
          "In {n} more cases dates may have moved. Choose days nearer to each other to see each.")  # fmt: skip


def page_of(found: Comparison) -> Page:
    """One table a subject that has changes."""
    blocks: list[Block] = [_table(subject, found) for subject in Subject if found.of(subject)]
    if found.more:
        blocks.append(Prose("changes.more", Subject.DATES.label, (_MORE.fill(n=found.more),), open_question=True))
    return Page("changes", _TITLE, _answer(found), tuple(blocks))


def _answer(found: Comparison) -> Text:
    days = dict(before=found.before, after=found.after)
    counts = [(s.label, len(found.of(s))) for s in Subject if found.of(s)]
    if not counts:
        return _NOTHING.fill(**days)
    told = T("、".join(f"{label.ja}{n}件" for label, n in counts), ", ".join(f"{n} {label.en}" for label, n in counts))
    return _ANSWER.fill(told=T(told.ja, told.en.lower()), **days)


def _table(subject: Subject, found: Comparison) -> Table:
    changes = found.of(subject)
    columns = (
        Column("what", T("何が", "what")), Column("before", T(f"{found.before}", f"{found.before}")),
        Column("after", T(f"{found.after}", f"{found.after}")), Column("unit", T("単位", "unit")),
        Column("why", T("根拠", "why")),
    )  # fmt: skip
    keep = [n for n, c in enumerate(columns) if c.id not in ("unit", "why") or any(_cells(x)[n] for x in changes)]
    rows = tuple(Row(c.id, tuple(_cells(c)[n] for n in keep), c.records) for c in changes)
    return Table(f"changes.{subject}", subject.label, tuple(columns[n] for n in keep), rows)


def _cells(c: Change) -> tuple[Value | Text, ...]:
    return (c.label, c.before, c.after, c.unit or "", c.why or "")
