"""Geometry of the drawings of trade: figures only; the templates draw them.

Across, everything is in per cent of the width, so that it is drawn again for every width and its text stays at 14 px.
Where suppliers lie is drawn as tiles (`world`): a bar compares shares better than the area of a country does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEFT, RIGHT = 9.0, 97.0  # per cent: the years lie between
TOP, HIGH = 24, 220  # px: the drawing area
_ROW = 34  # px a row of the dumbbell


@dataclass(frozen=True, slots=True)
class Spot:
    """A value at a year, with the ends of its uncertainty."""

    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A series: its spots, and the pieces between spots of neighbouring years."""

    name: str
    label: str
    spots: Sequence[Spot]
    pieces: Sequence[tuple[Spot, Spot]]


@dataclass(frozen=True, slots=True)
class Lines:
    lines: Sequence[Line]
    years: Sequence[tuple[float, str, str]]  # place, year, how it is anchored
    grid: Sequence[tuple[float, str]]  # height and per cent
    height: int = TOP + HIGH + 30

    @property
    def foot(self) -> int:
        return TOP + HIGH


def _y(share: float) -> float:
    return round(TOP + HIGH * (1 - min(max(share, 0.0), 1.0)), 1)


def lines(
    years: Sequence[int], series: Mapping[str, tuple[str, Mapping[int, tuple[float, float | None, float | None]]]]
) -> Lines:
    """Shares of 0 to 1 over years. `series`: name -> label and, by year, the value with both ends."""
    span = max(years[-1] - years[0], 1)

    def x(year: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (year - years[0]) / span, 2) if len(years) > 1 else (LEFT + RIGHT) / 2

    made = []
    for name, (label, values) in series.items():
        spots = {
            year: Spot(x(year), _y(value), None if low is None else _y(low), None if high is None else _y(high))
            for year, (value, low, high) in sorted(values.items())
        }
        pieces = [(spots[year], spots[year + 1]) for year in spots if year + 1 in spots]
        made.append(Line(name, label, list(spots.values()), pieces))
    step = max(1, -(-len(years) // 7))
    shown = [year for n, year in enumerate(years) if n % step == 0 or year == years[-1]]
    named = [(x(y), str(y), "end" if y == years[-1] and len(years) > 1 else "middle") for y in shown]
    return Lines(made, named, [(_y(part / 100), f"{part} %") for part in (0, 25, 50, 75, 100)])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two years of one supplier: where each lies across, in per cent of the width."""

    label: str
    y: int
    before: float
    after: float
    said: str


@dataclass(frozen=True, slots=True)
class Dumbbell:
    pairs: Sequence[Pair]
    grid: Sequence[tuple[float, str, str]]
    height: int


def dumbbell(rows: Sequence[tuple[str, float, float, str]]) -> Dumbbell:
    """Shares of 0 to 1 in two years, one row each; the label stands above its row."""

    def x(share: float) -> float:
        return round(2 + 95 * share, 2)

    pairs = [Pair(label, 44 + n * (_ROW + 14), x(before), x(after), said)
             for n, (label, before, after, said) in enumerate(rows)]  # fmt: skip
    grid = [(x(part / 100), f"{part} %", {0: "start", 100: "end"}.get(part, "middle")) for part in (0, 50, 100)]
    return Dumbbell(pairs, grid, 44 + len(rows) * (_ROW + 14))


def radius(share: float | None, most: float = 11.0) -> float:
    """Of a dot whose area is a share."""
    return 0.0 if share is None else round(max(most * max(share, 0.0) ** 0.5, 0.8), 1)
