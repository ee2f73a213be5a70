"""Moves between states, and the events that consequences wait for."""

from dataclasses import dataclass

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
