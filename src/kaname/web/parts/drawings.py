"""Geometry of the small drawings: figures only; the templates draw them.

A strip is laid out in per cent of its width, so that it is drawn again for every width and its text stays at 14 px.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import DayError, is_agency_closed
from kaname.web.parts.items import Mark, Series

_TOP, _LANE = 62, 20  # px from above to the first label, and from one label to the next
_LONGEST_WITH_DAYS = 120  # days up to which single closed days can be seen


@dataclass(frozen=True)
class Placed:
    """A mark with its place: `x` in per cent; every label has a lane of its own, so that none lies over another."""

    mark: Mark
    x: float
    anchor: str
    text_y: int

    @property
    def foot(self) -> int:
        """Where the line from the mark down to its label ends."""
        return self.text_y - 14


@dataclass(frozen=True)
class Strip:
    """`spans` and `closed`: start and length in per cent."""

    placed: Sequence[Placed]
    spans: Sequence[tuple[float, float]]
    closed: Sequence[tuple[float, float]]
    height: int


def strip(marks: Sequence[Mark]) -> Strip:
    """Days on a line in proportion; closed days shaded where they can be seen."""
    days = sorted(marks, key=lambda m: m.day)
    first, last = days[0].day, days[-1].day
    one = 96 / max((last - first).days, 1)

    def x(day: date) -> float:
        return round(2 + (day - first).days * one, 2)

    placed = [Placed(mark, x(mark.day), _anchor(x(mark.day)), _TOP + lane * _LANE) for lane, mark in enumerate(days)]
    starts = [m.day for m in days if m.sort == "start"]
    ends = [m.day for m in days if m.sort == "end"]
    spans = [(x(starts[0]), round(x(ends[-1]) - x(starts[0]), 2))] if starts and ends else []
    closed = _closed(first, last) if (last - first).days <= _LONGEST_WITH_DAYS else []
    return Strip(placed, spans, [(x(d), round(one, 2)) for d in closed], _TOP + _LANE * len(days))


def _anchor(x: float) -> str:
    """Labels grow away from the edges."""
    return "start" if x < 34 else "end" if x > 66 else "middle"


def _closed(first: date, last: date) -> list[date]:
    days = (first + timedelta(n) for n in range((last - first).days))
    try:
        return [d for d in days if is_agency_closed(d)]
    except DayError:
        return []


_HIGH = 32


def points(series: Series) -> str:
    """The points of a spark line on 100 x 32, zero at the bottom."""
    top = max(*series.values, 1e-9)
    step = 100 / max(len(series.values) - 1, 1)
    heights = [_HIGH - 2 - v / top * (_HIGH - 4) for v in series.values]
    return " ".join(f"{i * step:.1f},{height:.1f}" for i, height in enumerate(heights))
