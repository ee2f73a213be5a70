"""Geometry of the drawing of a chain: inputs as boxes in columns, each right of what goes into it."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaname.assess.network.chips import Chain, Outcome

MOST = 20  # boxes
_WIDE, _HIGH, _ACROSS, _DOWN = 184, 60, 250, 76  # px
_UNITS, _LINES = 22, 2  # width of a line in half letters, lines of a name


@dataclass(frozen=True, slots=True)
class Box:
    """An input. `lines`: of its name; `sort`: alone, stopped, less or whole; `high`: the share lost, as text."""

    x: int
    y: int
    lines: Sequence[str]
    sort: str
    high: str

    @property
    def middle(self) -> int:
        return self.x + _WIDE // 2

    @property
    def foot(self) -> int:
        return self.y + _HIGH - 8


@dataclass(frozen=True, slots=True)
class Graph:
    boxes: Sequence[Box]
    ways: Sequence[tuple[str, bool]]  # a path, and whether what stops goes over it
    width: int
    height: int
    left_out: int
    box_width: int = _WIDE
    box_height: int = _HIGH


def goes_into(chain: Chain, one: str) -> list[str]:
    """What needs an input, and the family that it is a variant of."""
    return [*chain.into.get(one, ()), *(family for family, variants in chain.types.items() if one in variants)]


def drawing(found: Outcome, percent: Mapping[str, str]) -> Graph:
    """What loses something and whatever that goes into, to the end of the chain."""
    chain = found.chain
    losing = [one.input for one in found.losses if one.input in chain.names]
    shown: dict[str, None] = {}
    for one in losing:
        new = [step for step in _onwards(chain, one) if step not in shown]
        if len(shown) + len(new) <= MOST:
            shown.update(dict.fromkeys(new))
    column = _columns(chain, list(shown))
    rows: dict[int, list[str]] = defaultdict(list)
    for one in shown:
        rows[column[one]].append(one)
    place: dict[str, tuple[int, int]] = {}
    for at in sorted(rows):
        rows[at].sort(key=lambda one: _height_before(chain, one, place))
        for n, one in enumerate(rows[at]):
            place[one] = (4 + at * _ACROSS, 4 + n * _DOWN)
    sort = {one.input: "alone" if one.alone else "stopped" if one.stopped else "less" for one in found.losses}
    boxes = [Box(x, y, lines(chain.called(one)), sort.get(one, "whole"), percent.get(one, ""))
             for one, (x, y) in place.items()]  # fmt: skip
    ways = [(_way(place[one], place[to]), sort.get(one) in ("alone", "stopped") and sort.get(to) == "stopped")
            for one in place for to in goes_into(chain, one) if to in place]  # fmt: skip
    return Graph(boxes, ways, 8 + max(rows, default=0) * _ACROSS + _WIDE,
                 8 + (max(map(len, rows.values()), default=1) - 1) * _DOWN + _HIGH,
                 sum(one not in shown for one in losing))  # fmt: skip


def lines(name: str) -> list[str]:
    """A name in at most `_LINES` lines, broken between words where it has any; what is too long ends in an ellipsis."""
    words = name.split(" ") if " " in name else list(name)
    between = " " if " " in name else ""
    told = [""]
    for word in words:
        longer = told[-1] + (between if told[-1] else "") + word
        if _width(longer) <= _UNITS or not told[-1]:
            told[-1] = longer
        elif len(told) < _LINES:
            told.append(word)
        else:
            told[-1] = told[-1].rstrip() + "…"
            break
    return told


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _onwards(chain: Chain, one: str) -> list[str]:
    found = [one]
    for step in found:
        found += [to for to in goes_into(chain, step) if to not in found]
    return found


def _columns(chain: Chain, shown: Sequence[str]) -> dict[str, int]:
    """Each right of all that goes into it; what goes round in a circle stays where it came."""
    column = dict.fromkeys(shown, 0)
    for _ in range(len(shown)):
        moved = False
        for one in shown:
            for to in goes_into(chain, one):
                if to in column and column[to] <= column[one] < len(shown) - 1:
                    column[to], moved = column[one] + 1, True
        if not moved:
            break
    for one in sorted(shown, key=lambda one: -column[one]):  # then each as near to what it goes into as can be
        column[one] = min((column[to] - 1 for to in goes_into(chain, one) if column.get(to, 0) > column[one]),
                          default=column[one])  # fmt: skip
    return column


def _height_before(chain: Chain, one: str, place: Mapping[str, tuple[int, int]]) -> float:
    """The middle of what goes into it, so that lines cross seldom."""
    before = [y for other, (_, y) in place.items() if one in goes_into(chain, other)]
    return sum(before) / len(before) if before else 0.0


def _way(a: tuple[int, int], b: tuple[int, int]) -> str:
    x1, y1, x2, y2 = a[0] + _WIDE, a[1] + _HIGH // 2, b[0], b[1] + _HIGH // 2
    bend = max(30, (x2 - x1) // 2)
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
