"""A sentence of the answer, and what several kinds of sentences share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence. `sort`: overdue, ban, due, chance, free or state; `why`: the clock it rests on; `day`: its day."""

    sort: str
    text: Text
    why: str = ""
    day: date | None = None


def nearest(line: Line) -> date:
    """What lines are sorted by."""
    return line.day or date.max


def run_name(run: str, called: Mapping[str, Text]) -> Text:
    """What a run is called. `called`: the words for those whom a kind of case knows by an id (`CaseKind.parties`)."""
    return called.get(run) or T(run, run)


def named(label: Text, run: str, called: Mapping[str, Text] | None = None) -> Text:
    of = run_name(run, called or {})
    return T(f"{label.ja}（{of.ja}）", f"{label.en} ({of.en})") if run else label
