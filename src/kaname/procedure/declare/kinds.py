"""States, procedures (手続) and case kinds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kaname.law import Bases, Text
from kaname.procedure.declare.acts import Act, Ban, Consequence, Duty
from kaname.procedure.declare.days import Clock
from kaname.procedure.declare.questions import AnyCondition, atoms
from kaname.procedure.declare.who import Role

if TYPE_CHECKING:
    from kaname.procedure.view import View


@dataclass(frozen=True)
class State:
    """A stage. `end=True`: the run is over; its clocks stop and its open duties are void, except lasting ones.
    `waits_for`: by whose act it goes on, where neither a duty nor a clock says so (the file lies with the Minister).
    """

    label: Text
    end: bool = False
    waits_for: Role | None = None


def end(label: Text) -> State:
    return State(label, end=True)


def waits(label: Text, role: Role) -> State:
    """A stage in which the run lies with a role: it stands in the inbox of those who act in it."""
    return State(label, waits_for=role)


@dataclass(frozen=True)
class Procedure:
    """One declared machine. `start`: the state it has from the case's first day (None: it comes to be by an act).

    `after` names procedures that must have begun before any act of this one can be done, `excludes` those that must not
    (a case holds one plan). `per` names the parts of a
    run's key (one run per sharing operator); with `named` no run goes without a name, since the unnamed one is the
    case's main subject and a change of it is not. `recurs(view, after, upto)` yields (day, key parts) of runs that open
    by time, in state `start`. `warns` are asked whenever the case is shown: the `lacks` of an unmet one is a warning
    (the ban outlasts the priority year).
    """

    id: str
    label: Text
    basis: Bases
    states: Mapping[str, State | Text]
    start: str | None = None
    acts: tuple[Act, ...] = ()
    clocks: tuple[Clock, ...] = ()
    duties: tuple[Duty, ...] = ()
    bans: tuple[Ban, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    warns: tuple[AnyCondition, ...] = ()
    after: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    named: bool = False
    recurs: "Callable[[View, date, date], Iterable[tuple[date, tuple[str, ...]]]] | None" = None
    note: Text | None = None

    def label_of(self, state: str) -> Text:
        found = self.states[state]
        return found.label if isinstance(found, State) else found

    def is_run_of(self, role: Role) -> bool:
        """Whether each run is named for the party that fills the role in it: a run of a matter is not."""
        return any(of in role.own_run for of in self.per)

    def is_end(self, state: str) -> bool:
        found = self.states[state]
        return isinstance(found, State) and found.end

    def waits_for(self, state: str) -> Role | None:
        found = self.states.get(state)
        return found.waits_for if isinstance(found, State) else None


@dataclass(frozen=True)
class Custody:
    """When what belongs to a case leaves the office only with a second person's approval: while `procedure` is in one
    of `states`. `basis`: what asks for it. `measures`: the procedure by which the secret is managed (管理措置), if any:
    the cases of the kind then have the page that holds each measure against what the program does."""

    procedure: str
    states: tuple[str, ...]
    basis: Bases
    measures: str = ""


@dataclass(frozen=True)
class Authority:
    """Under whom a case falls (所管): the `names` of all there may be, by id, and `of`, which of them it is by the
    particulars of the case (asked by name) on a day; "" where they do not tell."""

    names: Mapping[str, Text]
    of: Callable[[Callable[[str], Any], date], str]


@dataclass(frozen=True, eq=False)
class CaseKind:
    """The procedures that run side by side over one ledger. Versions are computed from all days that it mentions.

    `catalogue_days` are the days on which its catalogue changes, `in_force` the first day of the regime. `reference`
    and `title` are the particulars by which people know a case (`first_review.application_number`); of several
    references the first that a case has. `planned`: particulars that are days, of which the first that a case has is
    the day on which its matter is to come about: lists follow it. `opened_by` names the acts by which people open one;
    where it is empty, they are worked out. The first procedure that has begun is the case's main one: its state is what
    lists show. `marks_papers`: a paper of its cases leaves only with the name of who opens it, and the time; then the
    roles in `log_of` alone see what others have opened. `in_person`: those who act in it are named in person; whoever
    deputises for one of them needs a mandate of their own, or an administrator's consent. `custody`: when copies of
    what belongs to its cases need approval (`access.custody`). `authority`: under whom a case falls.
    `parties`: what those are called who are known in it by an id, as who has a seat by office.
    `unread`: days on which the law changed in words that were not read, each with its open question; whatever is said
    of a later day is unverified so far.
    """

    id: str
    regime: str
    label: Text
    in_force: date
    procedures: tuple[Procedure, ...]
    catalogue_days: tuple[date, ...] = ()
    notes: Mapping[int, Text] = field(default_factory=dict)
    reference: tuple[str, ...] = ()
    title: str = ""
    opened_by: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    marks_papers: bool = False
    in_person: bool = False
    log_of: tuple[str, ...] = ()
    custody: Custody | None = None
    authority: Authority | None = None
    parties: Mapping[str, Text] = field(default_factory=dict)
    unread: Mapping[date, int] = field(default_factory=dict)

    def procedure(self, id: str) -> Procedure:
        return next(p for p in self.procedures if p.id == id)

    @property
    def versions(self) -> tuple[date, ...]:
        """Every day on which the kind's rules change, the first day in force included, ascending."""
        days = {self.in_force, *self.catalogue_days}
        for p in self.procedures:
            for element in dated(p):
                if element.since:
                    days.add(element.since)
                if element.until:
                    days.add(date.fromordinal(element.until.toordinal() + 1))
        return tuple(sorted(days))

    def unverified(self, day: date) -> dict[date, int]:
        """The changes up to a day whose words were not read, and their open questions."""
        return {since: question for since, question in sorted(self.unread.items()) if since <= day}

    def version(self, day: date) -> date:
        """The version in force on a day (the first one before the regime began)."""
        return max((v for v in self.versions if v <= day), default=self.versions[0])


def dated(p: Procedure) -> Iterable[Any]:
    """Every dated element of a procedure, parts of conditions and options of fields included."""
    for act in p.acts:
        yield act
        required = (f.required for f in act.fields if not isinstance(f.required, bool))
        for c in (*act.conditions, *act.void_unless, *act.advice, *required):
            yield from atoms(c)
        for f in act.fields:
            yield f
            yield from f.options
    yield from p.clocks
    for consequence in p.consequences:
        yield consequence
        yield from atoms(consequence.only_if)
    for c in (*p.warns, *(c for ban in p.bans for c in ban.unless)):
        yield from atoms(c)
