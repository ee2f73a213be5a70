"""The small values of lists that are no tables: what happened, what is to do, what was filled in, what to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaname.law import Bases, Text


@dataclass(frozen=True)
class Event:
    """One line of a timeline. `sort`: act | law (an operation of law) | breach."""

    on: date
    title: Text
    who: str = ""
    detail: Text | str = ""
    basis: Bases = ()
    sort: str = "act"
    href: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Task:
    """One line of a task list: a link, a hint, and where it stands (a word, or a state of the table of states)."""

    title: Text
    href: str
    word: Text | None = None
    state: str = ""
    hint: Text | None = None


@dataclass(frozen=True)
class Filled:
    """One line of the check page: the label, the value as a person reads it, and the way to change it."""

    label: Text
    value: Any
    change: str = ""
    basis: Bases = ()


@dataclass(frozen=True)
class Mend:
    """What helps against a reason: the words of a link, and its address."""

    text: Text
    href: str


@dataclass(frozen=True)
class Tab:
    label: Text
    href: str
    on: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Mark:
    """A day on a strip. `sort`: start | end | free | today."""

    day: date
    label: Text
    sort: str = "end"


@dataclass(frozen=True)
class Series:
    """Values of a spark line or of bars, and the sentence a reader of screens hears instead."""

    values: Sequence[float]
    summary: Text
