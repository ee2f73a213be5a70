"""One change: a value on one day and on another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kaname.law import T, Text
from kaname.registers.blocks import Value


class Subject(StrEnum):
    """What a change is a change of, in the order in which they are told."""

    LAW = "law"
    DESIGNATIONS = "designations"
    CASES = "cases"
    MONEY = "money"
    DATES = "dates"
    FIGURES = "figures"

    @property
    def label(self) -> Text:
        return _LABEL[self]


_LABEL = {
    Subject.LAW: T("法令", "Law"),
    Subject.DESIGNATIONS: T("指定", "Designations"),
    Subject.CASES: T("案件の状態", "Cases by state"),
    Subject.MONEY: T("予算と基金", "Money"),
    Subject.DATES: T("動いた期日", "Dates that moved"),
    Subject.FIGURES: T("そのほかの数", "Other figures"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """`before` and `after`: None where there is nothing on that day. `why`: the provision or the act behind it."""

    subject: Subject
    id: str
    label: Text
    before: Value | Text
    after: Value | Text
    unit: Text | None = None
    why: Text | None = None
    records: str = ""

    def reversed(self) -> "Change":
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes from one day to another. `more`: how many of the cases whose dates moved are not told singly."""

    before: date
    after: date
    changes: tuple[Change, ...]
    more: int = 0

    def of(self, subject: Subject) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.subject is subject)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)
