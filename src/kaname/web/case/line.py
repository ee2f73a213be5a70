"""A sentence of the answer, and what several kinds of sentences share."""

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


def named(label: Text, run: str) -> Text:
    return T(f"{label.ja}（{run}）", f"{label.en} ({run})") if run else label
