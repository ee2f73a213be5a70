"""Findings as a table: one row a finding, and one row for each name without any, so that none is lost."""

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from kaname.assess.names.decisions import Decision, Decisions, fingerprint
from kaname.assess.names.reasons import reasons
from kaname.assess.names.screening import NUMBER, Finding, Screen
from kaname.assess.names.subjects import Subject
from kaname.law import T, Text

OUTPUT = pa.schema(
    [(name, pa.float64() if name == "score" else pa.string())
     for name in ("id", "name", "outcome", "score", "matched", "list", "entity_id", "listed", "rule", "pair",
                  "decision", "decided_by", "decided_on", "note", "reasons_ja", "reasons_en")]
)  # fmt: skip
OUTCOMES = ("similar", "same_number", "changed", "cleared", "confirmed", "none", "invalid")
OPEN = ("similar", "same_number", "changed")  # findings that wait for a decision
_NO_NAME = T("比べられる名称がない。", "No name to compare.")


def tabled(
    subjects: Sequence[Subject | None], shown: Sequence[tuple[str, str]], found: Sequence[Finding], screen: Screen,
    decisions: Decisions,
) -> tuple[pa.RecordBatch, Counter[str]]:  # fmt: skip
    """The rows of a batch in its order, and how many there are of each outcome. `shown`: id and name as given.

    `found` numbers the subjects that are not None.
    """
    rows, at = [], 0
    number = 0
    for subject, (identity, cell) in zip(subjects, shown, strict=True):
        if subject is None:
            rows.append(_row(identity, cell, "invalid", _NO_NAME))
            continue
        first = at
        while at < len(found) and found[at].subject == number:
            rows.append(_finding(subject, found[at], screen.listed[found[at].listed], decisions))
            at += 1
        if at == first:
            rows.append(_row(subject.id, subject.names[0].text, "none"))
        number += 1
    columns = [pa.array([row[i] for row in rows], kind.type) for i, kind in enumerate(OUTPUT)]
    return pa.RecordBatch.from_arrays(columns, schema=OUTPUT), Counter(str(row[2]) for row in rows)


_Row = tuple[str | float | None, ...]


def _row(identity: str, name: str, outcome: str, said: Text | None = None) -> _Row:
    words = (said.ja, said.en) if said else ("", "")
    return tuple(map(clean, (identity, name, outcome))) + (None,) + ("",) * 10 + words


def _finding(subject: Subject, found: Finding, listed: Subject, decisions: Decisions) -> _Row:
    decision, holds = decisions.about(subject, listed)
    said = reasons(found)
    if decision:
        history = _told(decision, holds)
        said = T(said.ja + history.ja, f"{said.en} {history.en}")
    outcome = "same_number" if found.rule == NUMBER else "similar"
    if decision:
        outcome = decision.decision if holds else "changed"
    kept = (decision.decision, decision.by, decision.on.isoformat(), decision.note) if decision and holds else ("",) * 4
    texts = (subject.id, subject.names[0].text, outcome)
    pair = (found.ours[0].text, listed.source, listed.id, found.theirs[0].text, found.rule)
    return (
        *map(clean, texts), round(found.score, 4), *map(clean, pair), fingerprint(subject, listed), *kept,
        clean(said.ja), clean(said.en),
    )  # fmt: skip


def _told(decision: Decision, holds: bool) -> Text:
    by, on = decision.by, decision.on
    if not holds:
        return T(f"{on} {by} の決定（{decision.decision}）の後に名称が変わった；改めて決めること。",
                 f"The names have changed since {by} {decision.decision} the pair on {on}: decide again.")  # fmt: skip
    if decision.decision == "cleared":
        return T(f"{on} {by} が別の者と決めた。", f"Cleared by {by} on {on}.")
    return T(f"{on} {by} が要対応と決めた。", f"Confirmed by {by} on {on}.")


def clean(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
