"""The kernel: a procedure of the law declared once; status, dates, duties, bans, charts and tests derived from it.

    fold(kind, entries, as_of) -> Standing            step(kind, standing, entry) -> Standing | None
    at(kind, standing, day) -> Standing               decide(standing, entry) -> Accepted | Refused
    explain(standing, name) -> Explained              trace(kind, entries, as_of) -> lines
    as_data(standing, lang) -> JSON-able data         next_change(standing) -> day
    pending(standing) -> rows for inboxes             stage(standing) -> the track that tells how far a case has come

In rooms of their own: `declare` (the words), `check.check(kind)` (what is wrong with a declaration),
`draw.draw(kind, form)` (Mermaid, SVG, BPMN, JSON) and `describe.describe(kind, day)` (the declaration as plain data).
"""

from kaname.procedure.decide import Accepted, Refused, decide
from kaname.procedure.explain import Explained, explain
from kaname.procedure.fold import at, fold, next_change, step
from kaname.procedure.pending import Pending, pending
from kaname.procedure.show import as_data, bans, duties, may, stage, warnings
from kaname.procedure.standing import Entry, Reason, Standing
from kaname.procedure.trace import trace

__all__ = [
    "Accepted", "Entry", "Explained", "Pending", "Reason", "Refused", "Standing", "as_data", "at", "bans", "decide",
    "duties", "explain", "fold", "may", "next_change", "pending", "stage", "step", "trace", "warnings",
]  # fmt: skip
