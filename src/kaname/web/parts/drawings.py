"""Geometry of the small drawings: figures only; the templates draw them. Text stays 14 px at every width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import DayError, is_agency_closed
from kaname.web.parts.items import Mark, Series

_HIGH = 32
_WIDE = 640
_LANE = 20


@dataclass(frozen=True)
class Placed:
    """A mark with its place: `x` on the axis, `lane` under it so that labels do not lie over each other."""

    mark: Mark
    x: float
    anchor: str
    text_y: float


@dataclass(frozen=True)
class Strip:
    placed: Sequence[Placed]
    spans: Sequence[tuple[float, float]]
    closed: Sequence[tuple[float, float]]
    height: int
    width: int = _WIDE


def strip(marks: Sequence[Mark]) -> Strip:
    """Days on a line in proportion, labels in as many lanes as they need; closed days shaded where they can be seen."""
    days = sorted(marks, key=lambda m: m.day)
    first, last = days[0].day, days[-1].day
    scale = (_WIDE - 24) / max((last - first).days, 1)

    def x(day: date) -> float:
        return round(12 + (day - first).days * scale, 1)

    placed = []
    for lane, mark in enumerate(days):
        at = x(mark.day)
        anchor = "start" if at < _WIDE / 3 else "end" if at > _WIDE * 2 / 3 else "middle"
        placed.append(Placed(mark, at, anchor, 62 + lane * _LANE))
    starts = [m.day for m in days if m.sort == "start"]
    ends = [m.day for m in days if m.sort == "end"]
    spans = [(x(starts[0]), x(ends[-1]) - x(starts[0]))] if starts and ends else []
    closed = _closed(first, last) if scale >= 4 else []
    return Strip(placed, spans, [(x(d), round(scale, 1)) for d in closed], 62 + _LANE * len(days))


def _closed(first: date, last: date) -> list[date]:
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    try:
        return [d for d in days if is_agency_closed(d)]
    except DayError:
        return []


def points(series: Series) -> str:
    """The points of a spark line on 100 x 32, zero at the bottom."""
    top = max((*series.values, 1e-9))
    step = 100 / max(len(series.values) - 1, 1)
    return " ".join(
        f"{round(i * step, 1)},{round(_HIGH - 2 - v / top * (_HIGH - 4), 1)}" for i, v in enumerate(series.values)
    )
