"""The one mutable thing: the case while a call works on it. Made from a standing, turned back into one."""

import heapq
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from kaname.law import Bases, Text
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import Index, index
from kaname.procedure.standing import Bound, Entry, Move, Note, Running, Standing, Track, track_key

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a trace: who did what, or what the law did, and what moved, started and stopped by it."""

    on: date
    who: str  # act | law | kernel
    name: str
    run: str
    source: str
    to: str
    starts: tuple[Running, ...]
    stops: tuple[Running, ...]
    meets: tuple[Running, ...]
    basis: Bases
    entry: int
    note: Text | None = None


class Work:
    """A case under way. Maps are its own copies; `ends` is a heap of (morning, order, clock key)."""

    __slots__ = (
        "bound", "clocks", "course", "done", "ends", "facts", "index", "judge", "kind", "last_on", "log", "notes",
        "parties", "places", "seq", "today", "tracks", "waiting",
    )  # fmt: skip

    def __init__(self, kind: CaseKind, judge: bool = False, log: list[Line] | None = None):
        self.kind = kind
        self.index: Index = index(kind)
        self.judge = judge
        self.log = log
        self.tracks: dict[str, Track] = {
            p.id: Track(p.id, "", p.start or "", date.min, "", 0) for p in self.index.standing_from_start
        }
        self.clocks: dict[str, Running] = {}
        self.facts: dict[str, Any] = {}
        self.done: dict[tuple[str, str], tuple[date, int]] = {}
        self.waiting: list[tuple[date, Entry]] = []
        self.bound: list[Bound] = []
        self.places: dict[str, list[int]] | None = {}
        self.parties: dict[str, str] = {}
        self.notes: list[Note] = []
        self.ends: list[tuple[date, int, str]] = []
        self.course: list[Move] = []
        self.today = date.min
        self.last_on: date | None = None
        self.seq = 0

    @classmethod
    def on_top_of(cls, standing: Standing, judge: bool = False, log: list[Line] | None = None) -> "Work":
        """A working copy of a standing."""
        work = cls.__new__(cls)
        work.kind, work.index, work.judge, work.log = standing.kind, index(standing.kind), judge, log
        work.tracks, work.clocks = dict(standing.tracks), dict(standing.clocks)
        work.facts, work.done = dict(standing.facts), dict(standing.done)
        work.waiting, work.bound, work.places = list(standing.waiting), list(standing.bound), None
        work.parties, work.notes = dict(standing.parties), list(standing.notes)
        work.ends, work.course = list(standing.ends), list(standing.course)
        work.today, work.last_on, work.seq = standing.as_of, standing.last_on, standing.seq
        return work

    def standing(self, as_of: date) -> Standing:
        """What the work has come to, at the end of a day."""
        return Standing(
            self.kind, as_of, self.last_on, self.seq, self.tracks, self.clocks, self.facts, self.done,
            tuple(self.waiting), tuple(self.bound), self.parties, tuple(self.notes), tuple(self.ends),
            tuple(self.course),
        )  # fmt: skip

    def bind(self, duty: Bound) -> None:
        """A duty arises."""
        if self.places is not None:
            self.places.setdefault(track_key(duty.procedure, duty.run), []).append(len(self.bound))
        self.bound.append(duty)

    def bound_in(self, track: str) -> Sequence[int]:
        """The places of the duties that arose in a track. Found once: a council has hundreds of members."""
        if self.places is None:
            self.places = {}
            for i, duty in enumerate(self.bound):
                self.places.setdefault(track_key(duty.procedure, duty.run), []).append(i)
        return self.places.get(track, ())

    def wait(self, received_on: date, entry: Entry) -> None:
        """An act is on its way: `waiting` is in order of the days of receipt, those of one day as they were sent."""
        insort(self.waiting, (received_on, entry), key=itemgetter(0))

    def put_clock(self, running: Running) -> None:
        """Store a clock, and note the morning on which it will end."""
        self.clocks[running.key] = running
        if running.status == "running" and running.later is not None:
            order = self.index.clock_order[f"{running.procedure}.{running.clock.id}"]
            heapq.heappush(self.ends, (running.later + ONE_DAY, order, running.key))

    def next_end(self) -> date | None:
        """The morning of the next end of a clock. Entries of clocks that were stopped or set anew are dropped here."""
        while self.ends:
            morning, _, key = self.ends[0]
            if is_live(self.clocks.get(key), morning):
                return morning
            heapq.heappop(self.ends)
        return None

    def take_ends(self, morning: date) -> list[Running]:
        """All clocks that end on a morning, in order of declaration, each once."""
        found: dict[str, Running] = {}
        while self.ends and self.ends[0][0] == morning:
            _, _, key = heapq.heappop(self.ends)
            running = self.clocks.get(key)
            if running and is_live(running, morning):
                found[key] = running
        return list(found.values())


def is_live(running: Running | None, morning: date) -> bool:
    """Whether a clock still ends on a morning that was noted for it."""
    return bool(
        running and running.status == "running" and running.later is not None and running.later + ONE_DAY == morning
    )
