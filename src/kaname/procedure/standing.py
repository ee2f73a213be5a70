"""What a case is made of while it runs: entries, tracks, running clocks, notes, and the standing that holds them.

All values are frozen (named tuples where a fold makes them by the thousand); a standing is a pure function of kind,
entries and day. The maps in it are never changed in place once it is handed out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from kaname.days import FirstDay, Length
from kaname.law import Basis, Text
from kaname.procedure.declare import CaseKind, Clock

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: `act` is `procedure.act` or a kernel act (correct, annul, deliver).

    `on` is the day of effect in Japan, `at` the instant where it matters, `recorded_at` when it was written down.
    `run` names the run of a procedure that has several, `by` the role, `party` who fills it. `seq` counts from 1.
    """

    act: str
    on: date
    data: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    run: str = ""
    by: str = ""
    party: str = ""
    at: datetime | None = None
    recorded_at: datetime | None = None
    seq: int = 0

    def filled(self, act: str, data: Mapping[str, Any]) -> "Entry":
        """The entry under the full name of its act, its form read. (dataclasses.replace costs twice as much.)"""
        return Entry(act, self.on, data, self.run, self.by, self.party, self.at, self.recorded_at, self.seq)

    def numbered(self, seq: int, recorded_at: datetime | None) -> "Entry":
        """The entry with its number, and the instant at which it was written down."""
        return Entry(self.act, self.on, self.data, self.run, self.by, self.party, self.at, recorded_at, seq)

    @property
    def received_on(self) -> date | None:
        """The day of receipt, where the entry carries one that is a day."""
        value = self.data.get("received_on")
        try:
            value = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return None
        return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: what is wrong, under which provision, (for a field) where, and the open question it rests on."""

    text: Text
    basis: tuple[Basis, ...] = ()
    field: str = ""
    code: str = ""  # role | state | field | condition | ban | clock | version | run | act
    question: int | None = None

    def __str__(self) -> str:
        return str(self.text)


class Note(NamedTuple):
    """What the fold noticed about an entry: breach, irregular (it had no effect) or doubtful (judged again)."""

    entry: int
    kind: str
    act: str
    on: date
    reasons: tuple[Reason, ...]


OPENED_BY_TIME = "@time"  # the cause of a run that time opened


class Track(NamedTuple):
    """One procedure running: its state, the day it was entered, and what brought it there (act, consequence, clock)."""

    procedure: str
    run: str
    state: str
    since: date
    cause: str
    entry: int  # 0: brought by time alone


class Move(NamedTuple):
    """A track came into a state on a day. `track`: its key."""

    on: date
    track: str
    state: str


class SetEnd(NamedTuple):
    """The end of a clock as set by an entry: chosen within the cap, extended or shortened."""

    how: str  # chosen | extended | shortened
    day: date
    entry: int
    cap: date | None
    written: bool  # the day stands in the entry; otherwise it is the cap, counted as below
    counted: tuple[date, Length, FirstDay] | None = None


class Running(NamedTuple):
    """One clock of one run. `last_day` is after any move; `later` is the end by the second reading, where one exists.

    `starts` holds, for each declared count, the day it counts from; `winner` is the count that decided.
    `set_by` are the entries that set the end (chosen, extended, shortened), each with its day.
    """

    key: str
    procedure: str
    run: str
    clock: Clock
    status: str  # pending | running | met | ended | stopped
    since: date
    starts: tuple[date | None, ...] = ()
    winner: int = 0
    first_counted_day: date | None = None
    unmoved_last_day: date | None = None
    last_day: date | None = None
    later: date | None = None
    met_on: date | None = None
    set_by: tuple[SetEnd, ...] = ()
    cause: str = ""
    entry: int = 0

    def ended(self) -> "Running":
        return self._replace(status="ended")


class Bound(NamedTuple):
    """A duty that arose by an event and stays until done, or for ever (secrecy)."""

    duty: str
    procedure: str
    run: str
    since: date
    person: str = ""
    done_on: date | None = None
    void_on: date | None = None
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands at the end of a day. Keys: track `procedure` or `procedure/run`; clock `track.clock`;
    particular `track.name`; `done[(act, run)]` = (last day, how often). `last_on`, `seq` are those of the last entry.
    `course`: every move of its tracks in the order in which they came about, the first entry before them ("", "").
    """

    kind: CaseKind
    as_of: date
    last_on: date | None
    seq: int
    tracks: Mapping[str, Track]
    clocks: Mapping[str, Running]
    facts: Mapping[str, Any]
    done: Mapping[tuple[str, str], tuple[date, int]]
    waiting: tuple[tuple[date, Entry], ...]
    bound: tuple[Bound, ...]
    parties: Mapping[str, str]
    notes: tuple[Note, ...]
    ends: tuple[tuple[date, int, str], ...] = ()  # running clocks by the morning on which they end: a heap
    course: tuple[Move, ...] = ()

    def state(self, procedure: str, run: str = "") -> str:
        """The state of a track, or "" where it does not exist."""
        track = self.tracks.get(track_key(procedure, run))
        return track.state if track else ""

    def fact(self, name: str, default: Any = None) -> Any:
        return self.facts.get(name, default)


def track_key(procedure: str, run: str) -> str:
    """`procedure` or `procedure/run`."""
    return f"{procedure}/{run}" if run else procedure
