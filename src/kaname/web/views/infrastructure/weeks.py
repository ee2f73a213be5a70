"""The drawing of the plan board: weeks across, a plan a line. Figures only; the template draws them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.days import DayError, is_agency_closed
from kaname.law import Text
from kaname.regimes.infrastructure.board import Plan

WEEKS, WIDE, LEFT, TOP, LINE = 26, 1200, 310, 40, 44
ONE = timedelta(1)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a bar, cut at the edges of the drawing."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A plan as drawn. `solid`: the thirty days, or what is left of them; `outline`: the extension; `hatched`: when an
    order can be given; `flag`: the last useful day for a recommendation; `diamond`: the go-live; `ring`: the first day
    on which the standstill is over; `late`: the go-live lies before it."""

    name: Text
    facility: str
    href: str
    y: int
    solid: Span | None
    outline: Span | None
    hatched: Span | None
    flag: float | None
    diamond: float | None
    ring: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class Weeks:
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, date], ...]
    closed: tuple[Span, ...]
    today: float | None
    height: int
    wide: int = WIDE
    left: int = LEFT
    top: int = TOP


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day lies: from Monday `first` on, `WEEKS` weeks."""

    first: date

    @property
    def last(self) -> date:
        return self.first + timedelta(7 * WEEKS - 1)

    def x(self, day: date) -> float:
        return round(LEFT + (WIDE - LEFT - 8) * (day - self.first).days / (7 * WEEKS), 1)

    def mark(self, day: date | None) -> float | None:
        """The middle of a day, where it lies on the drawing."""
        return round((self.x(day) + self.x(day + ONE)) / 2, 1) if day and self.first <= day <= self.last else None

    def span(self, first: date, last: date) -> Span | None:
        """From the morning of one day to the evening of another."""
        if last < self.first or first > self.last or last < first:
            return None
        start, end = self.x(max(first, self.first)), self.x(min(last, self.last) + ONE)
        return Span(start, round(end - start, 1))


def monday(day: date) -> date:
    return day - timedelta(day.weekday())


def draw(plans: Sequence[tuple[Text, str, Plan]], first: date, today: date) -> Weeks:
    """`plans`: what each is called, where its case is, and the plan."""
    scale = Scale(monday(first))
    lines = tuple(_line(scale, n, *told) for n, told in enumerate(plans))
    ticks = tuple((scale.x(day), day) for day in (scale.first + timedelta(28 * n) for n in range(WEEKS // 4 + 1)))
    return Weeks(
        lines, tuple(t for t in ticks if t[0] < WIDE - 70), tuple(_closed(scale)), scale.mark(today),
        TOP + LINE * len(lines) + 6,
    )  # fmt: skip


def _line(scale: Scale, n: int, name: Text, href: str, plan: Plan) -> Line:
    solid = outline = None
    if plan.standstill:
        first, last = plan.standstill
        solid = scale.span(first, plan.thirty or last)
        outline = scale.span(plan.thirty + ONE, last) if plan.thirty else None
    return Line(
        name, plan.facility or plan.label.ja, href, TOP + n * LINE, solid, outline,
        scale.span(*plan.order) if plan.order else None, scale.mark(plan.useful), scale.mark(plan.go_live),
        None if plan.over else scale.mark(plan.free), plan.too_early,
    )  # fmt: skip


def _closed(scale: Scale) -> Iterator[Span]:
    """Days on which offices are closed, neighbours in one piece."""
    start: date | None = None
    for day in (scale.first + timedelta(n) for n in range(7 * WEEKS + 1)):
        if day <= scale.last and _is_closed(day):
            start = start or day
        elif start:
            if span := scale.span(start, day - ONE):
                yield span
            start = None


def _is_closed(day: date) -> bool:
    try:
        return is_agency_closed(day)
    except DayError:
        return day.weekday() >= 5
