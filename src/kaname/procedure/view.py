"""What a condition, a day rule or a sum may see of a case. The only door from declarations to the running case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from kaname.procedure.declare import Procedure
from kaname.procedure.index import Index, UnknownName
from kaname.procedure.standing import Entry, Running, Track, track_key


class Case(Protocol):
    """What a view reads: a standing or the work inside a fold."""

    @property
    def tracks(self) -> Mapping[str, Track]: ...
    @property
    def clocks(self) -> Mapping[str, Running]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def done(self) -> Mapping[tuple[str, str], tuple[date, int]]: ...
    @property
    def parties(self) -> Mapping[str, str]: ...


class View:
    """A case seen from one procedure and run on one day, with the act's form (`given`) where there is one."""

    __slots__ = ("case", "entry", "index", "on", "procedure", "run")

    def __init__(self, index: Index, case: Case, procedure: Procedure, run: str, on: date, entry: Entry | None):
        self.index, self.case, self.procedure, self.run, self.on, self.entry = index, case, procedure, run, on, entry

    # -- the form -------------------------------------------------------------------------------------------------

    def given(self, field: str) -> Any:
        """The value of a field of the act; None while it is not filled in."""
        return self.entry.data.get(field) if self.entry else None

    @property
    def received_on(self) -> date | None:
        """The day the act was received, where known."""
        return self.entry.received_on if self.entry else None

    @property
    def actor(self) -> str:
        """The party who acts, where named."""
        return self.entry.party if self.entry else ""

    @property
    def role(self) -> str:
        """The role in which the act is done, where told."""
        return self.entry.by if self.entry else ""

    def context(self, take: str) -> Mapping[str, Any] | None:
        """What the act took from another case (copied into the entry), or None."""
        return self.entry.data.get("context", {}).get(take) if self.entry else None

    # -- the case -------------------------------------------------------------------------------------------------

    @property
    def key(self) -> tuple[str, ...]:
        """The parts of the run's key: `A:2024-03-31` is ("A", "2024-03-31")."""
        return tuple(self.run.split(":")) if self.run else ()

    def state(self, procedure: str = "", run: str | None = None) -> str:
        """The state of a procedure (of the same run where it has one); "" where it has not begun."""
        track = self._track(procedure, run)
        return track.state if track else ""

    def since(self, procedure: str = "", run: str | None = None) -> date | None:
        """The day the procedure entered its state."""
        track = self._track(procedure, run)
        return track.since if track else None

    @property
    def subject(self) -> str:
        """The run of the act that is done, or that set off what the law does: the change that was certified."""
        return self.entry.run if self.entry else self.run

    def fact(self, name: str, run: str | None = None) -> Any:
        """A particular: `filed_on` of this procedure, `first_review.filed_on` of another; None while not kept.

        It is that of this run, else of the case; `run` asks for that of another run and of no other.
        """
        name = name if "." in name else f"{self.procedure.id}.{name}"
        if name not in self.index.keeps:
            raise UnknownName(f"no particular {name!r} is kept in {self.index.kind.id}")
        procedure, _, rest = name.partition(".")
        if run is not None:
            return self.case.facts.get(f"{track_key(procedure, run)}.{rest}")
        if self.run:
            own = self.case.facts.get(f"{procedure}/{self.run}.{rest}")
            if own is not None:
                return own
        return self.case.facts.get(name)

    def done(self, act: str, run: str | None = None) -> date | None:
        """The day an act was last done (or a consequence last came about), or None."""
        found = self.case.done.get((self._name(act), self._run(act.partition(".")[0] if "." in act else "", run)))
        return found[0] if found else None

    def clock(self, name: str, run: str | None = None) -> Running | None:
        """A clock of this procedure or `procedure.clock`, or None where it never started."""
        name = name if "." in name else f"{self.procedure.id}.{name}"
        if name not in self.index.clocks:
            raise UnknownName(f"no clock {name!r} in {self.index.kind.id}")
        procedure, _, clock = name.partition(".")
        return self.case.clocks.get(f"{track_key(procedure, self._run(procedure, run))}.{clock}")

    def over(self, clock: str, run: str | None = None) -> bool:
        """Whether a clock's last day lies before this day (by the later reading, where there are two)."""
        found = self.clock(clock, run)
        return bool(found and found.later and found.later < self.on)

    def runs(self, procedure: str = "") -> tuple[str, ...]:
        """The names of the runs of a procedure, in order of opening."""
        id = self._procedure(procedure)
        return tuple(t.run for t in self.case.tracks.values() if t.procedure == id)

    def party(self, role: str) -> str:
        """Who last acted in a role, or ""."""
        return self.case.parties.get(role, "")

    # -- names ----------------------------------------------------------------------------------------------------

    def _track(self, procedure: str, run: str | None) -> Track | None:
        id = self._procedure(procedure)
        return self.case.tracks.get(track_key(id, self._run(id, run)))

    def _procedure(self, id: str) -> str:
        if not id:
            return self.procedure.id
        if id not in self.index.procedures:
            raise UnknownName(f"no procedure {id!r} in {self.index.kind.id}")
        return id

    def _run(self, procedure: str, run: str | None) -> str:
        if run is not None:
            return run
        id = procedure or self.procedure.id
        return self.run if self.index.procedures[id].per else ""

    def _name(self, act: str) -> str:
        name = act if "." in act else f"{self.procedure.id}.{act}"
        found = self.index.acts.get(name)
        if found:
            return found.name
        if name in self.index.names:
            return name
        raise UnknownName(f"no act or consequence {name!r} in {self.index.kind.id}")


def read(value: Any, view: View) -> Any:
    """The value of a day rule or a named function over a view."""
    return value.day(view) if hasattr(value, "day") else value(view)


__all__ = ["Case", "Iterable", "View", "read"]
