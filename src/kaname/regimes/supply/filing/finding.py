"""What the check of an application finds: one thing that is missing or wrong, on which form, and by which provision."""

from dataclasses import dataclass
from enum import StrEnum

from kaname.law import Bases, Text


class Weight(StrEnum):
    """Missing and wrong keep an application from being whole; a check is for a human to look at."""

    MISSING = "missing"
    WRONG = "wrong"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Finding:
    """`field`: the field of the act it is about, `part` the part of the form where it stands. `row`: of several
    applicants, which one (from 1). `question`: the note in docs/law on which it rests."""

    weight: Weight
    part: str
    field: str
    text: Text
    basis: Bases
    row: int = 0
    question: int | None = None

    @property
    def blocks(self) -> bool:
        return self.weight is not Weight.CHECK
