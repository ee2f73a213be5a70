"""What a source says about who holds what: entities and dated holdings as columns, whatever the format it came in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from kaname.assess.ownership.shares import UNKNOWN, Share
from kaname.files.batches import Fault
from kaname.law import T, Text

I64 = NDArray[np.int64]
Days = NDArray[np.datetime64]
NOT_STATED = -1
NO_DAY = np.datetime64("NaT", "D")


class Kind(IntEnum):
    """What an entity is. A state is a government, or a body of one."""

    UNKNOWN = 0
    COMPANY = 1
    PERSON = 2
    STATE = 3


KIND_WORDS = {
    "": Kind.UNKNOWN, "unknown": Kind.UNKNOWN, "不明": Kind.UNKNOWN, "company": Kind.COMPANY, "法人": Kind.COMPANY,
    "会社": Kind.COMPANY, "person": Kind.PERSON, "個人": Kind.PERSON, "state": Kind.STATE, "政府": Kind.STATE,
    "国": Kind.STATE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """One statement: `holder` has so much of the votes and capital of `company`, from `since` to `until`, both counted.

    A right is None where the source does not speak of it; UNKNOWN where it does and gives no figure. An `indirect`
    holding repeats what a chain of others says. Holders of one `group` act in concert.
    """

    holder: str
    company: str
    votes: Share | None = None
    capital: Share | None = None
    since: date | None = None
    until: date | None = None
    row: int = 0
    indirect: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A company, person or state; `country` in two letters, "" if unknown."""

    id: str
    name: str = ""
    country: str = ""
    kind: Kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Columns:
    """Holdings as arrays. `votes` and `capital` are (holdings, 2): low and high, NOT_STATED where not spoken of."""

    holder: I64
    company: I64
    votes: I64
    capital: I64
    since: Days
    until: Days
    row: I64
    indirect: NDArray[np.bool_]
    group: I64  # a place in Book.groups, -1 for none

    @property
    def size(self) -> int:
        return self.holder.size

    def take(self, which: NDArray[np.generic]) -> "Columns":
        return Columns(*(getattr(self, name)[which] for name in self.__slots__))


@dataclass(slots=True)
class Book:
    """Entities (by number), holdings, and what was wrong with the source. `place` finds the lines of faults."""

    name: str
    form: str
    entities: list[Entity]
    columns: Columns
    groups: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)  # worth telling, nothing wrong
    place: Callable[[list[Fault]], list[tuple[int, Fault]]] = lambda faults: [(f.line or f.row + 1, f) for f in faults]
    rows: int = 0
    number: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.number:
            self.number = {entity.id: n for n, entity in enumerate(self.entities)}

    def called(self, number: int) -> str:
        """How a text names an entity: its name, else its id."""
        return self.entities[number].name or self.entities[number].id


def book(
    entities: Iterable[Entity], holdings: Sequence[Holding], name: str = "-", form: str = "", rows: int | None = None
) -> Book:
    """A book of single holdings. An entity that only a holding names is known by its id alone."""
    known = {entity.id: entity for entity in entities}
    for holding in holdings:
        for one in (holding.holder, holding.company):
            known.setdefault(one, Entity(one))
    number = {one: n for n, one in enumerate(known)}
    groups = list(dict.fromkeys(h.group for h in holdings if h.group))
    columns = Columns(
        np.array([number[h.holder] for h in holdings], np.int64),
        np.array([number[h.company] for h in holdings], np.int64),
        _pairs(h.votes for h in holdings),
        _pairs(h.capital for h in holdings),
        np.array([h.since or NO_DAY for h in holdings], "datetime64[D]"),
        np.array([h.until or NO_DAY for h in holdings], "datetime64[D]"),
        np.array([h.row for h in holdings], np.int64),
        np.array([h.indirect for h in holdings], np.bool_),
        np.array([groups.index(h.group) if h.group else -1 for h in holdings], np.int64),
    )
    return Book(name, form, list(known.values()), columns, groups, rows=len(holdings) if rows is None else rows)


def _pairs(shares: Iterable[Share | None]) -> I64:
    pairs = [(s.low, s.high) if s else (NOT_STATED, NOT_STATED) for s in shares]
    return np.array(pairs, np.int64).reshape(len(pairs), 2)


def until_before(end: date | None) -> date | None:
    """The last day held, where a source gives the day on which it ended."""
    return end - timedelta(days=1) if end else None


def sentence(fault: Fault) -> Text:
    """What stands there, what is wanted."""
    found = fault.found if isinstance(fault.found, Text) else T(f"「{fault.found}」", repr(fault.found))
    return T(f"{found.ja}；{fault.expected.ja}が要る", f"{found.en}; expected {fault.expected.en}")


__all__ = [
    "KIND_WORDS", "NOT_STATED", "NO_DAY", "UNKNOWN", "Book", "Columns", "Days", "Entity", "Holding", "Kind", "book",
    "sentence", "until_before",
]  # fmt: skip
