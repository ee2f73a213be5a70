"""The words in which a procedure of the Act is declared: plain frozen dataclasses and named functions, nothing hidden.

A declaration file reads in this order: who, what is asked, conditions, sums, procedure. Names are lower snake case.
Inside its own procedure an element is called by its bare id (`three_months`); from outside by `procedure.id`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kaname.days import FirstDay, Length, Move
from kaname.law import Bases, Text

if TYPE_CHECKING:
    from kaname.procedure.standing import Standing
    from kaname.procedure.view import View

Test = Callable[["View"], bool | None]
COUNTED, EXCLUDED = FirstDay.COUNTED, FirstDay.EXCLUDED


# -- who ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Role:
    """Who, in law. `own_run`: only the party named by the run (the sharing operator whose run it is)."""

    id: str
    label: Text
    own_run: bool = False


@dataclass(frozen=True)
class NoPenalty:
    """A ban or duty without penalty, and why: what the law does instead."""

    why: Text


# -- questions ----------------------------------------------------------------------------------------------------


class Asked:
    """What conditions have in common: they compose."""

    def __and__(self, other: "AnyCondition") -> "Both":
        return Both((self, other))  # type: ignore[arg-type]

    def __or__(self, other: "AnyCondition") -> "Either":
        return Either((self, other))  # type: ignore[arg-type]

    def __invert__(self) -> "Not":
        return Not(self)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Condition(Asked):
    """One question of law over a view of the case: met, unmet, or unknown while the form is empty.

    `requires` says what is asked (for the page), `lacks` what is wrong (for the refusal). Composes with & | ~.
    `since`/`until` bound it in time; `judged_by` is the day rule that picks the version: the transitional rule.
    """

    id: str
    requires: Text
    lacks: Text
    basis: Bases
    test: Test
    since: date | None = None
    until: date | None = None
    judged_by: "DayRule | None" = None
    question: int | None = None


@dataclass(frozen=True)
class Both(Asked):
    """All parts must be met; every unmet part gives its own reason."""

    parts: "tuple[AnyCondition, ...]"


@dataclass(frozen=True)
class Either(Asked):
    """One part suffices; when none is met, every part gives its reason."""

    parts: "tuple[AnyCondition, ...]"


@dataclass(frozen=True)
class Not(Asked):
    """Met when its part is unmet; unknown stays unknown."""

    part: "AnyCondition"


AnyCondition = Condition | Both | Either | Not


def condition(
    requires: Text, lacks: Text, basis: Bases, *, since: date | None = None, until: date | None = None,
    judged_by: "DayRule | None" = None, question: int | None = None,
) -> Callable[[Test], Condition]:  # fmt: skip
    """Turn a named function over a view into a Condition; its name becomes the id."""

    def made(test: Test) -> Condition:
        return Condition(test.__name__, requires, lacks, basis, test, since, until, judged_by, question)

    return made


# -- days ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayRule:
    """A named day from which a clock counts (起算日). Answers None for "not yet": the clock waits."""

    id: str
    label: Text
    day: Callable[["View"], date | None]


def day_rule(label: Text) -> Callable[[Callable[["View"], date | None]], DayRule]:
    """Turn a named function over a view into a DayRule; its name becomes the id."""
    return lambda day: DayRule(day.__name__, label, day)


@day_rule(Text("その行為の日", "the day of the act"))
def act_day(view: "View") -> date | None:
    return view.on


@day_rule(Text("通知を受けた日", "the day the notice was received"))
def received(view: "View") -> date | None:
    return view.received_on


class Kind(StrEnum):
    """The kind of period. It alone decides whether, and how, the last day moves over closed days."""

    FILING = "filing", Move.AGENCY  # an act toward a national administrative organ
    STANDSTILL = "standstill", Move.NONE  # a waiting period, or the end of a prohibition
    AGENCY_DUTY = "agency_duty", Move.NONE  # binds the authority itself
    PATENT = "patent", Move.PATENT  # a procedure before the Patent Office
    SUIT = "suit", Move.COURT
    TERM = "term", Move.NONE  # how long a right or designation stands
    CONTRACT = "contract", Move.CONTRACT

    move: Move

    def __new__(cls, value: str, move: Move) -> "Kind":
        kind = str.__new__(cls, value)
        kind._value_, kind.move = value, move
        return kind


class Force(StrEnum):
    """What the end of a clock means. A target never changes a state; "without delay" has no last day."""

    DEADLINE = "deadline"
    IN_PRINCIPLE = "in_principle"
    TARGET = "target"
    WITHOUT_DELAY = "without_delay"


@dataclass(frozen=True)
class Count:
    """One way to count: a length from a day, its first day counted (起算して) or not. `length=None`: that very day."""

    length: Length | None
    at: DayRule
    first_day: FirstDay = EXCLUDED


@dataclass(frozen=True)
class Reading:
    """A second reading of unclear law: the end `plus` days later. Shown beside the safe day; rights end only then."""

    plus: int
    label: Text
    question: int


@dataclass(frozen=True)
class Clock:
    """A period (期間). Several counts: the latest end counts. `chosen` names the field by which the authority sets an
    earlier end; the count is then the cap. No counts with WITHOUT_DELAY: an open duty. `lasting`: outlives its track.
    """

    id: str
    label: Text
    kind: Kind
    basis: Bases
    counts: tuple[Count, ...] = ()
    force: Force = Force.DEADLINE
    chosen: str | None = None
    reading: Reading | None = None
    lasting: bool = False
    since: date | None = None
    until: date | None = None
    judged_by: DayRule | None = None
    question: int | None = None


@dataclass(frozen=True)
class Extend:
    """Moves a clock's end to the day in field `to` (or the cap). The cap runs from the clock's start or its end."""

    clock: str
    cap: Length
    basis: Bases
    counted_from: str = "end"  # "start" | "end"
    to: str = "ends_on"
    first_day: FirstDay = COUNTED


@dataclass(frozen=True)
class Shorten:
    """Moves a clock's end forward to the day in field `to`."""

    clock: str
    basis: Bases
    to: str = "ends_on"


# -- what is asked ------------------------------------------------------------------------------------------------


class FieldType(StrEnum):
    TEXT = "text"
    FLAG = "flag"  # true or false; left out = 未記入 (not filled in)
    DAY = "day"
    INSTANT = "instant"
    INTEGER = "integer"
    YEN = "yen"
    PERCENT = "percent"  # exact decimal, written as text or number
    PARTY = "party"
    PERSON = "person"
    DOCUMENT = "document"
    IPC = "ipc"  # list of classification symbols
    CHOICE = "choice"
    ROWS = "rows"


@dataclass(frozen=True)
class Option:
    """One option of a choice, with its provision and the days between which it can be chosen."""

    id: str
    label: Text
    basis: Bases = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Field:
    """What an act asks for. `required` may be a condition (required-if). `proposes` works a value out of the case: a
    different value given needs a reason, under `reason_for_<id>` in the same data. `columns` describe the rows.
    """

    id: str
    label: Text
    type: FieldType
    basis: Bases = ()
    required: "bool | AnyCondition" = False
    options: tuple[Option, ...] = ()
    columns: "tuple[Field, ...]" = ()
    several: bool = False
    sealed: bool = False
    finding: bool = False  # a judgement the law leaves to the officer: recorded, never computed
    help: Text | None = None
    proposes: Callable[["View"], Any] | None = None
    form: Text | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Worked:
    """A worked value with its steps, as `Field.proposes` may answer: each line says what was done and by which rule."""

    value: Any
    steps: tuple[Text, ...]


@dataclass(frozen=True)
class Take:
    """What an act takes from another case. Read by `decide` from the other standing, copied into the entry."""

    id: str
    label: Text
    kind: str
    read: Callable[["Standing"], Mapping[str, Any]]


@dataclass(frozen=True)
class Keep:
    """A particular (記載事項): a value that later rules read. Without `value`, the field of the same name."""

    id: str
    value: "DayRule | Callable[[View], Any] | None" = None


def keep(id: str, value: "DayRule | Callable[[View], Any] | None" = None) -> Keep:
    return Keep(id, value)


# -- moves and triggers -------------------------------------------------------------------------------------------

Moves = tuple[tuple[str, str], ...]  # (from, to); from "" = the track does not exist yet


def go(to: str, *sources: str) -> Moves:
    """From each of the states to `to`."""
    return tuple((s, to) for s in sources)


def opens(to: str) -> Moves:
    """The track (or the run) comes to be, in state `to`."""
    return (("", to),)


def stay(*states: str) -> Moves:
    """Allowed in these states; the state is kept."""
    return tuple((s, s) for s in states)


@dataclass(frozen=True)
class Trigger:
    """An event that a consequence or a lasting duty waits for."""

    event: str  # done | receipt | end | enters
    name: str


def done(name: str) -> Trigger:
    """An act was done, or a consequence came about: `done("first_review.file")`."""
    return Trigger("done", name)


def receipt(name: str) -> Trigger:
    """The addressee received the act: `receipt("designation.notify_end")`."""
    return Trigger("receipt", name)


def end_of(name: str) -> Trigger:
    """The morning after a clock's last day."""
    return Trigger("end", name)


def enters(name: str) -> Trigger:
    """A track enters a state: `enters("designation.lifted")`."""
    return Trigger("enters", name)


# -- what happens -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """An act (行為) of the law. `on` is the day issued; `received=True` gives it a day of receipt (received_on) too.

    A `deed` (事実行為) can happen unlawfully: under a ban it is refused when tried and recorded as a breach when done.
    `aliases` are other names the same act goes by in the sources (one act, one owner).
    """

    id: str
    label: Text
    by: Role | tuple[Role, ...]
    basis: Bases
    moves: Moves
    fields: tuple[Field, ...] = ()
    conditions: tuple[AnyCondition, ...] = ()
    advice: tuple[AnyCondition, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    extends: tuple[Extend, ...] = ()
    shortens: tuple[Shorten, ...] = ()
    keeps: tuple[Keep, ...] = ()
    takes: tuple[Take, ...] = ()
    received: bool = False
    deed: bool = False
    penalty: str | None = None
    aliases: tuple[str, ...] = ()
    note: Text | None = None
    since: date | None = None
    until: date | None = None
    judged_by: DayRule | None = None
    question: int | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        return self.by if isinstance(self.by, tuple) else (self.by,)


@dataclass(frozen=True)
class Consequence:
    """What the law itself does (法律効果) upon an act, its receipt, or the end of a clock.

    Declared at the procedure it moves. It stays within its run; `every_run` moves all, `into` names the runs.
    """

    id: str
    label: Text
    basis: Bases
    upon: tuple[Trigger, ...]
    moves: Moves
    only_if: AnyCondition | None = None
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    keeps: tuple[Keep, ...] = ()
    every_run: bool = False
    into: Callable[["View"], Iterable[str]] | None = None
    note: Text | None = None
    since: date | None = None
    until: date | None = None
    judged_by: DayRule | None = None
    question: int | None = None


@dataclass(frozen=True)
class Duty:
    """A duty (義務). It stands with a `clock` (due on its last day), while the track is in `states`, or from the moment
    it `arises`; then it binds the persons in field `person`, and `lasts` beyond the track (secrecy).
    """

    id: str
    label: Text
    basis: Bases
    by: Role
    penalty: str | NoPenalty
    to: Role | None = None
    clock: str | None = None
    states: tuple[str, ...] = ()
    arises: tuple[Trigger, ...] = ()
    done: tuple[Trigger, ...] = ()
    person: str | None = None
    key_part: str | None = None
    lasts: bool = False
    effort: bool = False
    question: int | None = None


@dataclass(frozen=True)
class Ban:
    """A ban (禁止), read off the track's state. `covers` acts, `unless` exceptions, `ends_with` clocks.

    `older`: the ban is older than the case, so it has no first day here (the foreign filing ban needs no application).
    """

    id: str
    label: Text
    basis: Bases
    binds: Role
    states: tuple[str, ...]
    covers: tuple[str, ...]
    penalty: str | NoPenalty
    ends_with: tuple[str, ...] = ()
    unless: tuple[AnyCondition, ...] = ()
    older: bool = False
    question: int | None = None


@dataclass(frozen=True)
class State:
    """A stage. `end=True`: the run is over; its clocks stop and its open duties are void, except lasting ones."""

    label: Text
    end: bool = False


def end(label: Text) -> State:
    return State(label, end=True)


@dataclass(frozen=True)
class Procedure:
    """One declared machine. `start`: the state it has from the case's first day (None: it comes to be by an act).

    `per` names the parts of a run's key (one run per sharing operator); `recurs(view, after, upto)` yields
    (day, key parts) of runs that open by time, in state `start`. `warns` are asked whenever the case is shown: the
    `lacks` of an unmet one is a warning (the ban outlasts the priority year).
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
    per: tuple[str, ...] = ()
    recurs: "Callable[[View, date, date], Iterable[tuple[date, tuple[str, ...]]]] | None" = None
    note: Text | None = None

    def label_of(self, state: str) -> Text:
        found = self.states[state]
        return found.label if isinstance(found, State) else found

    def is_end(self, state: str) -> bool:
        found = self.states[state]
        return isinstance(found, State) and found.end


@dataclass(frozen=True, eq=False)
class CaseKind:
    """The procedures that run side by side over one ledger. Versions are computed from all days that it mentions.

    `catalogue_days` are the days on which its catalogue changes, `in_force` the first day of the regime.
    """

    id: str
    regime: str
    label: Text
    in_force: date
    procedures: tuple[Procedure, ...]
    catalogue_days: tuple[date, ...] = ()
    notes: Mapping[int, Text] = field(default_factory=dict)

    def procedure(self, id: str) -> Procedure:
        return next(p for p in self.procedures if p.id == id)

    @property
    def versions(self) -> tuple[date, ...]:
        """Every day on which the kind's rules change, the first day in force included, ascending."""
        days = {self.in_force, *self.catalogue_days}
        for p in self.procedures:
            for element in _dated(p):
                if element.since:
                    days.add(element.since)
                if element.until:
                    days.add(date.fromordinal(element.until.toordinal() + 1))
        return tuple(sorted(days))

    def version(self, day: date) -> date:
        """The version in force on a day (the first one before the regime began)."""
        return max((v for v in self.versions if v <= day), default=self.versions[0])


def _dated(p: Procedure) -> Iterable[Any]:
    """Every dated element of a procedure, parts of conditions and options of fields included."""
    for act in p.acts:
        yield act
        for c in (*act.conditions, *act.advice):
            yield from atoms(c)
        for f in act.fields:
            yield f
            yield from f.options
    yield from p.clocks
    for consequence in p.consequences:
        yield consequence
        yield from atoms(consequence.only_if)
    for ban in p.bans:
        for c in ban.unless:
            yield from atoms(c)


def atoms(c: AnyCondition | None) -> Iterable[Condition]:
    """The single questions inside a composed condition."""
    if isinstance(c, Condition):
        yield c
    elif isinstance(c, Not):
        yield from atoms(c.part)
    elif c is not None:
        for part in c.parts:
            yield from atoms(part)
