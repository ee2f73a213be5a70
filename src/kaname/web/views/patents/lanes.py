"""The planner's drawing: days on one scale, a lane for each way out. Figures only; the template draws them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import T, Text
from kaname.regimes.patents.planner import Lane, Plan

X = Callable[[date], float]  # where a day lies
WIDE, LEFT, RIGHT, TOP, LANE = 1000, 300, 24, 64, 44
MARKS = {
    "filing": T("出願", "filing"), "three": T("三月", "3 months"), "ten": T("十月", "10 months"),
    "year": T("十二月", "12 months"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    label: Text
    day: date
    x: float
    high: int  # the line of its label: labels that lie close stand one over the other

    @property
    def anchor(self) -> str:
        return "end" if self.x > WIDE - 90 else "middle"


@dataclass(frozen=True, slots=True)
class Bar:
    """A lane as drawn: the ban as a bar up to its end; a window dashed; a diamond on the first free day."""

    lane: Lane
    y: int
    ban: tuple[float, float] | None
    window: tuple[float, float] | None
    diamond: float | None


@dataclass(frozen=True, slots=True)
class Drawing:
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    today: float | None
    priority: tuple[float, float] | None
    height: int
    width: int = WIDE
    left: int = LEFT
    label_y: int = TOP

    @property
    def foot(self) -> int:
        return self.height - 34


def draw(plan: Plan) -> Drawing | None:
    """None where there is no day to draw from: nothing filed, nothing planned."""
    if not plan.marks:
        return None
    days = [day for _, day in plan.marks] + list(plan.priority or ())
    frees = [lane.first_free for lane in plan.lanes if lane.first_free]
    first, last = min(days), max([*days, *frees, *([plan.today] if plan.banned else [])]) + timedelta(10)
    scale = (WIDE - LEFT - RIGHT) / max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (min(max(day, first), last) - first).days * scale, 1)

    bars = tuple(_bar(lane, TOP + 26 + n * LANE, x, plan.marks[0][1], last) for n, lane in enumerate(plan.lanes))
    return Drawing(
        tuple(_marks(plan, x)), bars, x(plan.today) if first <= plan.today <= last else None,
        (x(plan.priority[0]), x(plan.priority[1])) if plan.priority else None, TOP + 26 + LANE * len(bars) + 44,
    )  # fmt: skip


def _marks(plan: Plan, x: X) -> Iterable[Mark]:
    before, high = -1e9, 0
    for name, day in sorted(plan.marks, key=lambda m: m[1]):
        here = x(day)
        high = 1 - high if here - before < 150 else 0
        before = here
        yield Mark(MARKS[name], day, here, 20 + high * 20)


def _bar(lane: Lane, y: int, x: X, start: date, last: date) -> Bar:
    free, window = lane.first_free, lane.window
    closed = lane.status in ("closed", "passed")
    until = None if closed else free or (window[0] if window else None)
    ban = (x(start), x(until) - x(start)) if until and until > start else None
    ends = window[1] if window and window[1] else last
    dashed = (x(window[0]), x(ends) - x(window[0])) if window and lane.status == "waits" else None
    return Bar(lane, y, ban, dashed, x(free) if free and not closed else None)
