"""A view that writes down what is asked of it: conditions, day rules and sums are run once on cases that do not exist.

Each is asked three times: on an empty case with an empty form, and on a case where everything has happened, with the
flags of the form once true and once false. The first shows whether it bears an empty form; the others reach what
stands behind `if` and `and`. A comparison of a state within a set (`in {...}`) leaves no trace; `==` and tuples do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from kaname.procedure.check.problem import elements
from kaname.procedure.declare import DayRule, Field, FieldType, Procedure
from kaname.procedure.index import Index, UnknownName
from kaname.procedure.order import JAPAN
from kaname.procedure.standing import EMPTY, Entry, Running, Track
from kaname.procedure.view import View

DAY = date(2025, 4, 1)
Compared = list[tuple[str, object]]  # (procedure, what its state was compared with)


@dataclass
class Reads:
    """What was asked of a view."""

    fields: set[str] = field(default_factory=set)
    takes: set[str] = field(default_factory=set)
    clocks: set[str] = field(default_factory=set)
    compared: Compared = field(default_factory=list)
    past: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    received: bool = False
    unknown: str = ""
    raised: str = ""


@dataclass(frozen=True)
class _NoCase:
    """A case in which nothing has happened."""

    tracks: Mapping[str, Track]
    clocks: Mapping[str, Running]
    facts: Mapping[str, Any]
    done: Mapping[tuple[str, str], tuple[date, int]]
    parties: Mapping[str, str]


class _StateName(str):
    """A state that remembers what it is compared with."""

    procedure: str
    compared: Compared

    def __eq__(self, other: object) -> bool:
        self.compared.append((self.procedure, other))
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


class Probe(View):
    """A view of an invented case. `filled` is None for the empty one, else the value of every flag."""

    __slots__ = ("fields", "filled", "reads")

    def __init__(
        self,
        index: Index,
        procedure: Procedure,
        fields: Mapping[str, Field],
        reads: Reads,
        filled: bool | None,
        entry: bool,
    ):
        run = ":".join("a" for _ in procedure.per)
        form = Entry("", DAY, run=run) if entry else None
        super().__init__(index, _NoCase(EMPTY, EMPTY, EMPTY, {}, EMPTY), procedure, run, DAY, form)
        self.fields, self.reads, self.filled = fields, reads, filled

    def given(self, field: str) -> Any:
        self.reads.fields.add(field)
        known = self.fields.get(field)
        return None if self.filled is None or known is None else sample(known, self.filled)

    @property
    def received_on(self) -> date | None:
        self.reads.received = True
        return None if self.filled is None else DAY

    def context(self, take: str) -> Mapping[str, Any] | None:
        self.reads.takes.add(take)
        return None if self.filled is None else EMPTY

    def state(self, procedure: str = "", run: str | None = None) -> str:
        super().state(procedure, run)
        id = procedure or self.procedure.id
        name = _StateName("" if self.filled is None else next(iter(self.index.procedures[id].states)))
        name.procedure, name.compared = id, self.reads.compared
        return name

    def since(self, procedure: str = "", run: str | None = None) -> date | None:
        return super().since(procedure, run) if self.filled is None else DAY

    def fact(self, name: str, run: str | None = None) -> Any:
        found = super().fact(name, run)
        self.reads.facts.add(name if "." in name else f"{self.procedure.id}.{name}")
        return found if self.filled is None else _particular(self.index, self.procedure, name, self.filled)

    def done(self, act: str, run: str | None = None) -> date | None:
        found = super().done(act, run)
        return found if self.filled is None else DAY

    def clock(self, name: str, run: str | None = None) -> Running | None:
        found = super().clock(name, run)
        full = name if "." in name else f"{self.procedure.id}.{name}"
        self.reads.clocks.add(full)
        if self.filled is None:
            return found
        owner, clock = full.split(".")[0], self.index.clocks[full]
        return Running(full, owner, "", clock, "running", DAY, (DAY,), 0, DAY, DAY, DAY, DAY)

    def runs(self, procedure: str = "") -> tuple[str, ...]:
        found = super().runs(procedure)
        return found if self.filled is None else ("a",)

    def party(self, role: str) -> str:
        return "" if self.filled is None else "a"


_DOOR = frozenset(
    {"actor", "clock", "context", "done", "fact", "given", "key", "on", "over", "party", "procedure", "received_on",
     "role", "run", "runs", "since", "subject", "state"}
)  # fmt: skip


class _Door:
    """The part of a view that declarations may use; a hand that reaches past it into the machinery is noted."""

    def __init__(self, view: Probe):
        self._view = view

    def __getattr__(self, name: str) -> Any:
        if name not in _DOOR:
            self._view.reads.past.add(name)
        return getattr(self._view, name)


def ask(
    index: Index,
    procedure: Procedure,
    question: Callable[[View], Any],
    fields: Mapping[str, Field] = EMPTY,
    entry: bool = True,
) -> Reads:
    """What a condition, day rule or sum asks of a view. `entry` False: it is asked where no act is at hand."""
    reads = Reads()
    for filled in (None, True, False):
        try:
            door = _Door(Probe(index, procedure, fields, reads, filled, entry))
            answer = question(cast(View, door))
            if isinstance(answer, Iterable) and not isinstance(answer, str | Mapping):
                list(answer)
        except UnknownName as error:
            reads.unknown = str(error.args[0])
        except Exception as error:
            # Whatever it raises on the empty case is the finding; the invented values of the full case may not fit it.
            if filled is None:
                reads.raised = f"{type(error).__name__}: {error}"
    return reads


def sample(f: Field, flag: bool) -> Any:
    """A value that the field could hold."""
    value = _one(f, flag)
    return (value,) if f.several and f.type not in (FieldType.ROWS, FieldType.IPC) else value


def _one(f: Field, flag: bool) -> Any:
    match f.type:
        case FieldType.FLAG:
            return flag
        case FieldType.DAY:
            return DAY
        case FieldType.INSTANT:
            return datetime(DAY.year, DAY.month, DAY.day, tzinfo=JAPAN)
        case FieldType.INTEGER | FieldType.YEN:
            return 1
        case FieldType.PERCENT:
            return Decimal(1)
        case FieldType.IPC:
            return ("F41H 13/00",)
        case FieldType.CHOICE:
            return f.options[0 if flag else -1].id if f.options else ""
        case FieldType.ROWS:
            return ({c.id: sample(c, flag) for c in f.columns},)
        case _:
            return "a"


def _particular(index: Index, procedure: Procedure, name: str, flag: bool) -> Any:
    """A value that the particular could hold: a day, or a sample of the field it is kept from."""
    owner, _, id = (name if "." in name else f"{procedure.id}.{name}").partition(".")
    for element in elements(index.procedures[owner]):
        for kept in element.keeps:
            if kept.id == id and isinstance(kept.value, DayRule):
                return DAY
    for of in index.acts.values():
        if id in of.fields:
            return sample(of.fields[id], flag)
    return None
