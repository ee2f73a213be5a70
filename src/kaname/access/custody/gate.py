"""What stands before every door by which bytes leave: the page that shows something is none, a file is one.

passed = leaving(person, case, "document abcd", "api")      raises NeedsApproval; else the copy is in the register
access.reveal(..., under=passed)                            parts of what was approved as a whole
"""

from dataclasses import dataclass

from django.db.models import Max

from kaname.access.custody import decisions, requests
from kaname.access.custody.decisions import Matter
from kaname.access.custody.models import Copy
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.models import Case

# Doors that show on a page and hand nothing out. Reading there is logged like any other.
ON_SCREEN = frozenset({"page", "preview", "list", "search"})
_TRIES = 50


class NeedsApproval(NotAllowed):
    """It leaves only with the approval of a second person. `case`, `what`: what is to be asked for."""

    def __init__(self, case: str, what: str) -> None:
        super().__init__(_NEEDED)
        self.case, self.what = case, what


_NEEDED: Text = T(
    "保全対象の複製・持出しには、他の人の事前の承認が要る（府令10条3号ハ・ニ）。事件の「取扱い」で、対象、理由、部数を書いて求めること",
    "copies of what is designated need the prior approval of a second person (CAO Ordinance 10(iii)(ハ), (ニ)); ask "
    "for it under Custody in the case, with what, why and how many",
)


@dataclass(frozen=True, slots=True)
class Pass:
    """Something may leave: under copy `number` of the register, or (0) without approval because none is needed."""

    number: int = 0


def held_back(case: str) -> bool:
    """Whether copies of a case need approval: for the host's commands, which act in nobody's name."""
    found = Case.objects.filter(public_id=case).first()
    return found is not None and requests.applies(found)


STAYS = Pass()  # for what is read on its way into the vault, not out of the office


def leaving(person: Person, case: Case, what: str, door: str) -> Pass:
    """Take a copy of an approval, and enter it in the register before the first byte. Raises NeedsApproval: refused,
    which is written down."""
    if not requests.applies(case):
        return Pass()
    for _ in range(_TRIES):
        for approval in requests.usable(person, case, what):
            taken = approval.asked.taken.count()
            if taken >= approval.copies:
                continue
            number = 1 + (Copy.objects.filter(case=case).aggregate(n=Max("number"))["n"] or 0)
            row = Copy(asked=approval.asked, ordinal=taken + 1, case=case, number=number, door=door,
                       at=clock.now())  # fmt: skip
            try:
                decisions.step(person, case, f"copy {number} {what}", [row])
            except decisions.Taken:
                break  # somebody took a copy in the same moment: look again
            return Pass(number)
        else:
            break
    decisions.refused(person, [Matter(case, what)], door, "approval")
    raise NeedsApproval(case.public_id, what)
