"""Acts (行為), what the law does upon them (法律効果), duties (義務) and bans (禁止)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kaname.law import Bases, Text
from kaname.procedure.declare.days import DayRule, Extend, Shorten
from kaname.procedure.declare.forms import Field, Keep, Take
from kaname.procedure.declare.moves import Moves, Trigger
from kaname.procedure.declare.questions import AnyCondition
from kaname.procedure.declare.who import NoPenalty, Role

if TYPE_CHECKING:
    from kaname.procedure.view import View


@dataclass(frozen=True)
class Act:
    """An act (行為) of the law. `on` is the day issued; `received=True` gives it a day of receipt (received_on) too.

    A `deed` (事実行為) can happen unlawfully: under a ban it is refused when tried and recorded as a breach when done.
    `aliases` are other names the same act goes by in the sources (one act, one owner). `void_unless`: those of the
    conditions without which a recorded act has no effect at all; without any other it stands, and is doubtful.
    """

    id: str
    label: Text
    by: Role | tuple[Role, ...]
    basis: Bases
    moves: Moves
    fields: tuple[Field, ...] = ()
    conditions: tuple[AnyCondition, ...] = ()
    void_unless: tuple[AnyCondition, ...] = ()
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
    it `arises`; then it binds the persons in field `person`, and `lasts` beyond the track (secrecy). `moot`: the states
    in which nothing follows any more from its last day having passed.
    Where a named run is that of another role than `by` (a sharing operator), `by_named` says whose duty it is there;
    where a particular of the run says whom it binds (an addressee), `by_fact` names it and the role of each value;
    under "" the role of a party that the particular names itself.
    """

    id: str
    label: Text
    basis: Bases
    by: Role
    penalty: str | NoPenalty
    to: Role | None = None
    clock: str | None = None
    states: tuple[str, ...] = ()
    moot: tuple[str, ...] = ()
    arises: tuple[Trigger, ...] = ()
    done: tuple[Trigger, ...] = ()
    person: str | None = None
    key_part: str | None = None
    by_named: Role | None = None
    by_fact: tuple[str, tuple[tuple[str, Role], ...]] | None = None
    lasts: bool = False
    effort: bool = False
    question: int | None = None


@dataclass(frozen=True)
class Plainly:
    """A ban as people say it: until its end I cannot (この設備を導入できません), from the day after I can."""

    cannot: Text
    can: Text


@dataclass(frozen=True)
class Ban:
    """A ban (禁止), read off the track's state ("": not begun). `covers` acts, `unless` exceptions, `ends_with` clocks.

    `left`: what it is called in a state in which the law leaves only a part of it.
    `plainly`: how it is told to people. `at_most`: the clock that tells how far its end can still be put off.
    `older`: the ban is older than the case (the foreign filing ban needs no application); its
    first day here is the first on which the ledger shows it.
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
    left: Mapping[str, Text] = field(default_factory=dict, hash=False)
    plainly: Plainly | None = None
    at_most: str = ""
    question: int | None = None

    def label_of(self, state: str) -> Text:
        """What the ban is called while the track is in a state."""
        return self.left.get(state, self.label)
