"""A strip of days: a dot for each moment, its label hung below, deeper where it would touch another's.

Labels are hung from the last moment to the first, each just below every later one whose leader would stand within its
width: so no leader crosses a text. What is ahead has a hollow dot and a dashed leader.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kaname.law import Lang, T
from kaname.registers.blocks import Moment, Timeline
from kaname.registers.charts.canvas import INK, SMALL, Drawing, Sheet
from kaname.registers.measure import ems, wrap
from kaname.registers.words import NOT_FIXED, UNVERIFIED

AXIS, GAP, LEADING = 34, 8, 16  # y of the axis; between labels; between lines
_WIDE, _MOST = 168, 3  # of a label: its width, its lines below the day
_YEAR = 44  # room that a year's name takes on the axis
_SUMMARY = T("{n} の日付。最初は {first}、最後は {last}。", "{n} dates, from {first} to {last}.")
_NONE = T("日付はありません。", "No dates.")


@dataclass(frozen=True, slots=True)
class Hung:
    """A moment where it is drawn: its dot at `x` on the axis (None: not on it), its lines from `left`, `top` down."""

    moment: Moment
    x: float | None
    left: float
    top: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip laid out for a width: years by place ("" where the name has no room), what hangs from the axis."""

    years: tuple[tuple[float, str], ...]
    end: float
    hung: tuple[Hung, ...]
    height: float


def lay(block: Timeline, lang: Lang, width: int) -> Strip:
    """As high as its labels need; moments without a day come last, after the axis."""
    fixed = sorted([m for m in block.moments if m.day], key=lambda m: m.day or date.min)
    days = [m.day for m in fixed if m.day]
    hung: list[Hung] = []
    years: tuple[tuple[float, str], ...] = ()
    end, y = 0.0, 4.0 - GAP
    if days:
        wide = min(_WIDE, width * 0.4)
        room = width - wide - 16
        per_day = room / ((days[-1] - days[0]).days or 1)
        places = [8 + (day - days[0]).days * per_day for day in days]
        labels = [_label(m, lang, wide) for m in fixed]
        tops = _hang(places, labels)
        hung = [Hung(m, x, x + 6, top, tuple(lines))
                for m, x, top, lines in zip(fixed, places, tops, labels, strict=True)]  # fmt: skip
        y = max(h.top + len(h.lines) * LEADING for h in hung)
        years, end = tuple(_years(days[0], days[-1], per_day)), room + 16
    for moment in (m for m in block.moments if m.day is None):
        lines = _label(moment, lang, width - 24)
        hung.append(Hung(moment, None, 14, y + GAP, tuple(lines)))
        y += GAP + len(lines) * LEADING
    return Strip(years, end, tuple(hung), y + 4)


def parts(block: Timeline, lang: Lang, width: int, height: float) -> list[Timeline]:
    """The strip as one of at most this height, else as several that follow one another, evenly filled."""
    ordered = sorted(block.moments, key=lambda m: m.day or date.max)
    for count in range(1, len(ordered)):
        size = -(-len(ordered) // count)
        found = [replace(block, moments=tuple(ordered[n : n + size])) for n in range(0, len(ordered), size)]
        if all(lay(part, lang, width).height <= height for part in found):
            return found
    return [replace(block, moments=(moment,)) for moment in ordered] or [block]


def draw(block: Timeline, lang: Lang, width: int) -> Drawing:
    """The strip as SVG."""
    sheet, strip = Sheet(block.id.replace(".", "-"), width, 0), lay(block, lang, width)
    if strip.end:
        sheet.line(0, AXIS, strip.end, AXIS, 2, colour=INK)
    for x, year in strip.years:
        sheet.line(x, AXIS - 10, x, AXIS, 1.5, colour=INK)
        sheet.text(x, AXIS - 15, year, SMALL, anchor="middle")
    for h in strip.hung:
        if h.x is not None:
            sheet.line(h.x, AXIS, h.x, h.top + len(h.lines) * LEADING - 4, dashed=h.moment.ahead)
        for n, line in enumerate(h.lines):
            sheet.text(h.left, h.top + SMALL + n * LEADING, line, SMALL, bold=n == 0)
    for h in strip.hung:
        if h.x is not None:
            sheet.dot(h.x, AXIS, 5, not h.moment.ahead)
    return sheet.finish(strip.height, block.title[lang], summary(block, lang))


def _label(moment: Moment, lang: Lang, wide: float) -> list[str]:
    """The day, then the words in at most three lines; the table beside the strip has them whole."""
    day = str(moment.day) if moment.day else NOT_FIXED[lang]
    said = moment.label[lang] + ("" if moment.verified else f" ({UNVERIFIED[lang]})")
    lines = wrap(said, (wide - 8) / SMALL)
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], lines[_MOST - 1].rstrip("。、 ")[:-1] + "…"]
    return [day, *lines]


def _hang(places: list[float], labels: list[list[str]]) -> list[float]:
    tops, under = [0.0] * len(places), [0.0] * len(places)
    for n in range(len(places) - 1, -1, -1):
        ends = places[n] + 6 + max(ems(line, k == 0) for k, line in enumerate(labels[n])) * SMALL + 10
        later = [under[k] for k in range(n + 1, len(places)) if places[k] < ends]
        tops[n] = max([AXIS + 18.0, *later])
        under[n] = tops[n] + len(labels[n]) * LEADING + GAP
    return tops


def _years(first: date, last: date, per_day: float) -> Iterator[tuple[float, str]]:
    seen = 20.0 - _YEAR
    for year in range(first.year + 1, last.year + 1):
        x = 8 + (date(year, 1, 1) - first).days * per_day
        named = x - seen > _YEAR
        seen = x if named else seen
        yield x, str(year) if named else ""


def summary(block: Timeline, lang: Lang) -> str:
    """How many dates, from when to when."""
    days = sorted(m.day for m in block.moments if m.day)
    return _SUMMARY.fill(n=len(days), first=days[0], last=days[-1])[lang] if days else _NONE[lang]
