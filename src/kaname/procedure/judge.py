"""Asking conditions: met, unmet or unknown, with the reasons a reader needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kaname.law import T, Text
from kaname.procedure.declare import AnyCondition, Both, Condition, DayRule, Either, Not
from kaname.procedure.standing import Reason
from kaname.procedure.view import View

LACKS, NEEDS = "condition", "needs"  # codes of a reason: the answer is no; the form does not say yet


class Dated(Protocol):
    """What may begin, end, and be judged by another day than its own."""

    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def judged_by(self) -> DayRule | None: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a condition; `reasons` say what is wrong or not yet known."""

    met: bool | None
    reasons: tuple[Reason, ...] = ()


_YES = Verdict(True)


def in_force(element: Dated, view: View) -> bool:
    """Whether an element is in force on the day by which it is judged (its own transitional rule)."""
    if element.since is None and element.until is None:
        return True
    day = (element.judged_by.day(view) if element.judged_by else None) or view.on
    return not ((element.since and day < element.since) or (element.until and day > element.until))


def verdict(c: AnyCondition, view: View) -> Verdict:
    """Ask a condition. A question not in force on its day is met: the law does not ask it."""
    match c:
        case Condition():
            if not in_force(c, view):
                return _YES
            met = c.test(view)
            return _YES if met else Verdict(None if met is None else False, (_reason(c, met, view),))
        case Both():
            parts = [verdict(p, view) for p in c.parts]
            met = False if any(p.met is False for p in parts) else None if any(p.met is None for p in parts) else True
        case Either():
            parts = [verdict(p, view) for p in c.parts]
            met = True if any(p.met for p in parts) else None if any(p.met is None for p in parts) else False
        case Not():
            inner = verdict(c.part, view)
            met = None if inner.met is None else not inner.met
            return _YES if met else Verdict(met, inner.reasons if met is None else (_not(c.part),))
    return Verdict(met, () if met else tuple(r for p in parts for r in p.reasons))


def unmet(conditions: Iterable[AnyCondition], view: View) -> tuple[Reason, ...]:
    """The reasons of every condition answered no. Unknown is no refusal here: the ledger may hold less than a form."""
    answers = [verdict(c, view) for c in conditions]
    return tuple(r for v in answers if v.met is False for r in v.reasons if r.code == LACKS)


def says(c: AnyCondition) -> Text:
    """What a composed condition asks, in one line."""
    match c:
        case Condition():
            return c.requires
        case Not():
            inner = says(c.part)
            return T(f"次に当たらないこと：{inner.ja}", f"not: {inner.en}")
        case Both():
            return _joined(c.parts, "、かつ、", " and ")
        case Either():
            return _joined(c.parts, "、又は、", " or ")


def _joined(parts: Iterable[AnyCondition], ja: str, en: str) -> Text:
    said = [says(p) for p in parts]
    return T(ja.join(t.ja for t in said), en.join(t.en for t in said))


def _reason(c: Condition, met: bool | None, view: View) -> Reason:
    if met is None:
        text = T(f"未記入：{c.requires.ja}", f"not filled in: {c.requires.en}")
        return Reason(text, c.basis, c.id, NEEDS)
    return Reason(c.tells(view) if c.tells else c.lacks, c.basis, c.id, LACKS, c.question)


def _not(part: AnyCondition) -> Reason:
    said = says(part)
    basis, id, question = (part.basis, part.id, part.question) if isinstance(part, Condition) else ((), "", None)
    return Reason(T(f"次に当たる：{said.ja}", f"this is so: {said.en}"), basis, id, LACKS, question)
