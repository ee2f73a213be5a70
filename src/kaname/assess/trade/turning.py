"""What would change an answer: how far a figure is from a threshold, and how much of the supply would have to move.

A threshold is a user's own: none stands in the law.
"""

import enum
from dataclasses import dataclass
from math import sqrt

from kaname.assess.trade.figures import Figure
from kaname.assess.trade.stated import NOBODY, REST


class Side(enum.StrEnum):
    """Where a figure stands. OPEN: its bounds, or the error of reports, lie on both sides of the threshold."""

    OVER = "over"
    UNDER = "under"
    OPEN = "open"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure beside a threshold. `certain`: no bound and no draw lies on the other side.

    `moved`: the part of all supply that would have to go from the largest supplier to others, in equal parts to nobody
    large, for the figure to meet the threshold; None where no such move does, or none is needed.
    """

    figure: Figure
    threshold: float
    side: Side
    certain: bool
    moved: float | None = None

    @property
    def distance(self) -> float | None:
        return None if self.figure.value is None else self.figure.value - self.threshold


def judged(figure: Figure, threshold: float) -> Judged:
    """A figure beside a threshold: over it, under it (or on it), or open."""
    if figure.value is None:
        return Judged(figure, threshold, Side.NO_DATA, False)
    ends = [end for end in (figure.low, figure.high, *(figure.drawn or ())) if end is not None]
    over = figure.value > threshold
    certain = all((end > threshold) == over for end in ends)
    bounds = [end for end in (figure.low, figure.high) if end is not None]
    is_open = bool(bounds) and not all((end > threshold) == over for end in bounds)
    side = Side.OPEN if is_open else Side.OVER if over else Side.UNDER
    return Judged(figure, threshold, side, certain, _moved(figure, threshold) if over else None)


def _moved(figure: Figure, threshold: float) -> float | None:
    """How much must leave the largest supplier. Only of figures of shares alone."""
    amounts = figure.inputs.get("amounts")
    if figure.measure not in ("hhi", "top_1") or not amounts:
        return None
    total = sum(float(amount) for amount in amounts.values())
    part = sorted((float(a) / total for code, a in amounts.items() if code not in (REST, NOBODY)), reverse=True)
    if not part:
        return None
    first, rest = part[0], part[1:]
    if figure.measure == "top_1":
        needed = first - threshold
        return needed if not rest or rest[0] <= threshold else None
    others = figure.value - first * first if figure.value is not None else 0.0
    if others >= threshold:
        return None  # even without the largest the others are as concentrated
    return first - sqrt(threshold - others)
