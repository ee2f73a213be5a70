"""Geometry of the drawing of chains of loss: firms as boxes in columns by how far they are from the shock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaname.assess.network.paths import Chain
from kaname.web.shocks.told import percent

MOST = 40  # boxes
_WIDE, _HIGH, _ACROSS, _DOWN = 150, 44, 200, 58  # px
_LETTERS, _COLUMNS = 10, 8


@dataclass(frozen=True, slots=True)
class Box:
    """A firm: where it stands, what it loses."""

    x: int
    y: int
    label: str
    loss: str
    struck: bool

    @property
    def middle(self) -> int:
        return self.x + _WIDE // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """From box to box; `down`: through supply (solid), else through demand (dashed). `heavy`: how much it passes on."""

    x1: int
    y1: int
    x2: int
    y2: int
    down: bool
    heavy: float


@dataclass(frozen=True, slots=True)
class Drawing:
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    width: int
    height: int
    box_width: int = _WIDE
    box_height: int = _HIGH


def drawing(chains: Sequence[Chain], names: Mapping[str, str]) -> Drawing:
    """The chains drawn over each other; a firm stands once, right of those that pass the loss on to it."""
    far: dict[int, int] = {}
    loss: dict[int, tuple[str, float]] = {}
    links: dict[tuple[int, int], tuple[bool, float]] = {}
    for one in chains:
        for at, step in enumerate(one.steps):
            if step.firm not in far and len(far) >= MOST:
                break
            far.setdefault(step.firm, at)
            loss[step.firm] = (step.name, step.loss)
            if at:
                links[one.steps[at - 1].firm, step.firm] = (one.down, step.passed)
    for _ in range(_COLUMNS):  # each firm right of those that pass on to it, unless they go round in a circle
        for (a, b), _ in links.items():
            if a in far and b in far and far[b] <= far[a] < _COLUMNS:
                far[b] = far[a] + 1
    rows: dict[int, int] = {}
    place: dict[int, tuple[int, int]] = {}
    for firm, column in far.items():
        place[firm] = (4 + column * _ACROSS, 4 + rows.get(column, 0) * _DOWN)
        rows[column] = rows.get(column, 0) + 1
    boxes = [Box(*place[firm], _short(names.get(loss[firm][0], loss[firm][0])), percent(loss[firm][1]), far[firm] == 0)
             for firm in far]  # fmt: skip
    arrows = [
        _arrow(place[a], place[b], down, heavy) for (a, b), (down, heavy) in links.items() if a in place and b in place
    ]
    return Drawing(boxes, arrows, 8 + max(far.values(), default=0) * _ACROSS + _WIDE,
                   8 + (max(rows.values(), default=1) - 1) * _DOWN + _HIGH)  # fmt: skip


def _arrow(a: tuple[int, int], b: tuple[int, int], down: bool, heavy: float) -> Arrow:
    middle = _HIGH // 2
    return Arrow(a[0] + _WIDE, a[1] + middle, b[0], b[1] + middle, down, round(1 + 3 * min(heavy, 1.0), 1))


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"
