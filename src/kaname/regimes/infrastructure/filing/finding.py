"""What validation finds: one thing that is missing or wrong, where it stands, by which provision, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from kaname.law import Bases, Text


class Weight(StrEnum):
    """How much it matters: missing and wrong keep a plan from being filed, a check is for a human to look at."""

    MISSING = "missing"
    WRONG = "wrong"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Finding:
    """`place`: the path of the value (`components[12].supplier`, `parties[NAME].officers[1].birth_date`); `where`: the
    same for people. `item`: the id of the catalogue's disclosure. `party`: the key of the vendor it is about, or "".

    The value itself is never part of a finding: it may be sealed.
    """

    id: str
    weight: Weight
    place: str
    where: Text
    text: Text
    item: str
    basis: Bases
    party: str = ""
    part: str = ""  # of a disclosure: holders, officers, ...

    @property
    def blocks(self) -> bool:
        return self.weight is not Weight.CHECK
