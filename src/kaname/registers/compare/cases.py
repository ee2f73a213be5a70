"""How many tracks stand in which state: from the numbers that the ledger keeps by day, nothing is folded."""

from collections.abc import Iterator

from kaname.law import T
from kaname.ledger.kinds import kinds
from kaname.registers.at import At
from kaname.registers.compare.model import Change, Subject
from kaname.registers.sources import CASE


def changes(one: At, other: At) -> Iterator[Change]:
    """States whose number differs, by kind, procedure and state in the order of the declarations."""
    before, after = one.records.stands, other.records.stands
    for kind in kinds().values():
        for procedure in kind.procedures:
            for state in procedure.states:
                key = (kind.id, procedure.id, state)
                was, is_ = before.get(key, 0), after.get(key, 0)
                if was != is_:
                    parts = (kind.label, procedure.label, procedure.label_of(state))
                    label = T("・".join(p.ja for p in parts), ", ".join(p.en for p in parts))
                    yield Change(Subject.CASES, ".".join(key), label, was, is_, CASE,
                                 records=other.cases(kind.id, procedure.id, state))  # fmt: skip
