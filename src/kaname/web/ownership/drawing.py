"""The owners of a company as a drawing in columns: the company on the left, its holders right of it, theirs next.

A pure function of the tree; the same tree gives the same drawing. Long holdings run between the boxes, a circle's way
back runs from right to left. Sizes are those of the letters, so nothing is ever scaled down.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaname.procedure.draw.layers import Box as Size
from kaname.procedure.draw.layers import place

WIDTH, HEIGHT = 142, 66  # of a box
BETWEEN, APART = 74, 14  # columns, boxes of a column
_EDGE = 4
_LETTER = 14
_LINES = 2


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in a box: the name, a line below it, how many of its holders are not drawn."""

    name: str
    below: str = ""
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A holding to draw, by the places of holder and company. `missing`: not known, or only as a range."""

    holder: int
    company: int
    share: str
    missing: bool = False
    control: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box: its corner, the lines of its name, and the whole name."""

    x: float
    y: float
    lines: tuple[str, ...]
    label: Label


@dataclass(frozen=True, slots=True)
class Line:
    """A holding: the way of its line from the holder to the company, its arrow, and where its share stands."""

    path: str
    arrow: str
    x: float
    y: float
    anchor: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    boxes: tuple[Drawn, ...]
    lines: tuple[Line, ...]


def drawing(labels: Sequence[Label], ties: Sequence[Tie]) -> Drawing:
    """The drawing of boxes 0..n-1 (0 is the company asked about) and the holdings between them."""
    if not labels:
        return Drawing(0, 0, (), ())
    placed = place([Size(HEIGHT, WIDTH)] * len(labels), [(tie.company, tie.holder) for tie in ties], APART)
    column = placed.rank
    shift = min(column.values())

    def left(node: int) -> float:
        return _EDGE + (column[node] - shift) * (WIDTH + BETWEEN)

    def middle(node: int) -> float:
        return _EDGE + placed.x[node]

    ports = _ports(placed.paths, middle)
    lines = []
    for number, (tie, way) in enumerate(zip(ties, placed.paths, strict=True)):
        back = number in placed.upward  # the holder stands left of the company
        points = []
        for at, node in enumerate(way):
            real = at in (0, len(way) - 1)
            y = middle(node) + (ports[number, at] if real else 0)
            points.append((left(node) + WIDTH, y) if at == 0 else (left(node), y))
            if not real:
                points.append((left(node) + WIDTH, y))
        x, y = points[0] if back else points[-1]
        if not back:
            points.reverse()
        tip, away = points[-1], -1 if back else 1
        arrow = f"{tip[0]},{tip[1]} {tip[0] + 9 * away},{tip[1] - 5} {tip[0] + 9 * away},{tip[1] + 5}"
        lines.append(Line(_curve(points), arrow, x + (7 if back else -7), y - 5, "start" if back else "end", tie))
    boxes = tuple(
        Drawn(left(n), middle(n) - HEIGHT / 2, wrapped(label.name, WIDTH - 16, _LINES), label)
        for n, label in enumerate(labels)
    )
    width = max(box.x for box in boxes) + WIDTH + _EDGE
    height = max(middle(node) for node in column) + HEIGHT / 2 + _EDGE
    return Drawing(round(width, 1), round(height, 1), boxes, tuple(lines))


def _ports(paths: Sequence[tuple[int, ...]], middle: Callable[[int], float]) -> dict[tuple[int, int], float]:
    """How far from the middle of its box each line begins and ends: in the order in which the lines come in."""
    sides: dict[tuple[int, bool], list[tuple[float, int, int]]] = {}
    for number, way in enumerate(paths):
        sides.setdefault((way[0], True), []).append((middle(way[1]), number, 0))
        sides.setdefault((way[-1], False), []).append((middle(way[-2]), number, len(way) - 1))
    found = {}
    for ends in sides.values():
        step = min(18.0, (HEIGHT - 18) / max(len(ends) - 1, 1))
        for place_, (_, number, at) in enumerate(sorted(ends)):
            found[number, at] = (place_ - (len(ends) - 1) / 2) * step
    return found


def _curve(points: Sequence[tuple[float, float]]) -> str:
    said = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (x1 + x2) / 2
        said.append(f"L{x2:g} {y2:g}" if y1 == y2 else f"C{half:g} {y1:g} {half:g} {y2:g} {x2:g} {y2:g}")
    return " ".join(said)


def wrapped(text: str, room: float, most: int) -> tuple[str, ...]:
    """A name in at most so many lines of a box; what does not fit ends in an ellipsis."""
    lines, line, used = list[str](), "", 0.0
    for word in _words(text):
        width = _width(word)
        if used + width > room and line.strip():
            lines.append(line.strip())
            line, used = "", 0.0
        line, used = line + word, used + width
    lines.append(line.strip())
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and _width(last + "…") > room:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + "…")


def _words(text: str) -> list[str]:
    """Where a line may break: after a space, between characters of full width, anywhere in a word of great length."""
    found: list[str] = []
    for letter in text:
        joins = found and not _is_wide(letter) and not _is_wide(found[-1][-1]) and not found[-1].endswith(" ")
        if joins and len(found[-1]) < WIDTH / 9:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WFA"


def _width(text: str) -> float:
    return sum(_LETTER if _is_wide(letter) else _LETTER * 0.58 for letter in text)
