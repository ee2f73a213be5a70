"""The checklist on the protection of technology as a page shows it: 22 questions under four measures, each with its
state, the partners it is answered for, what shows it and when that was looked at. Read off the standing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.procedure import Standing
from kaname.regimes.supply.catalogue import MEASURES, PRODUCTS
from kaname.regimes.supply.catalogue.technology_protection import Question

MEASURE_NAMES: dict[int, Text] = {
    1: T("守る技術を特定する", "Identify the technology to be protected"),
    2: T("触れる人を限り、管理する", "Limit and manage who can reach it"),
    3: T("取引先に守らせる", "See that partners protect it"),
    4: T("移転や海外拠点の前に相談する", "Consult before transfers and bases abroad"),
}
OF_PARTNERS = 3  # the measure whose questions are answered for each partner


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: for a partner, or ("") for the business as a whole."""

    partner: str
    answer: str
    evidence: str
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answers. `state`: met, no (for somebody), or open."""

    question: Question
    lines: tuple[Line, ...]

    @property
    def state(self) -> str:
        if not self.lines:
            return "open"
        return "no" if any(line.answer == "no" for line in self.lines) else "met"

    def line_of(self, partner: str) -> Line | None:
        return next((line for line in self.lines if line.partner == partner), None)


@dataclass(frozen=True, slots=True)
class Checklist:
    """`asked`: the policy of the plan's product asks for it; otherwise it is voluntary."""

    items: tuple[Item, ...]
    asked: bool

    @property
    def partners(self) -> tuple[str, ...]:
        return tuple(sorted({line.partner for item in self.items for line in item.lines if line.partner}))

    @property
    def met(self) -> int:
        return sum(item.state == "met" for item in self.items)

    def of(self, measure: int) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.question.measure == measure)

    def last_review(self) -> date | None:
        """The oldest of the days on which something was last looked at: what is to be looked at next."""
        return min((line.reviewed_on for item in self.items for line in item.lines if line.reviewed_on), default=None)


def checklist(standing: Standing) -> Checklist:
    """The checklist of a plan's case."""
    product = PRODUCTS.get(standing.fact("plan.product") or "")
    since = product.technology_from if product else None
    told = standing.fact("technology_protection.answers") or ()
    items = tuple(Item(q, tuple(_lines(q.id, told))) for q in MEASURES.values())
    return Checklist(items, bool(since and since <= standing.as_of))


def _lines(question: str, told: tuple[tuple[str, ...], ...]) -> Iterator[Line]:
    for id, partner, answer, evidence, day in told:
        if id == question:
            yield Line(partner, answer, evidence, date.fromisoformat(day) if day else None)
