"""A strip of days: a dot for each moment, its label hung below on a line of its own where it would touch another's.

Labels are hung from the last moment to the first, each in the highest lane where neither a label nor a leader of a
later one begins within its width: so no leader crosses a text. What is ahead has a hollow dot and a dashed leader.
"""

from datetime import date

from kaname.law import Lang, T
from kaname.registers.blocks import Moment, Timeline
from kaname.registers.charts.canvas import INK, SMALL, Drawing, Sheet
from kaname.registers.measure import ems, wrap
from kaname.registers.words import NOT_FIXED, UNVERIFIED

_AXIS, _LANE, _LINE, _WIDE, _MOST = 34, 14, 16, 168, 3  # y of the axis; gap, line, label's width and most lines
_YEAR = 44  # room that a year's name takes on the axis
_SUMMARY = T("{n} の日付。最初は {first}、最後は {last}。", "{n} dates, from {first} to {last}.")
_NONE = T("日付はありません。", "No dates.")


def draw(block: Timeline, lang: Lang, width: int) -> Drawing:
    """As high as the lanes of its labels need; moments without a day come last, after the axis."""
    sheet = Sheet(block.id.replace(".", "-"), width, 0)
    fixed = sorted([m for m in block.moments if m.day], key=lambda m: m.day or date.min)
    days = [m.day for m in fixed if m.day]
    if not days:
        return _open_only(sheet, block, lang)
    first, last = days[0], days[-1]
    wide = min(_WIDE, width * 0.4)
    room = width - wide - 16
    per_day = room / ((last - first).days or 1)
    _years(sheet, first, last, per_day, room)
    places = [8 + (day - first).days * per_day for day in days]
    labels = [_label(m, lang, wide) for m in fixed]
    lanes = _hang(places, labels)
    heights = [0] * (max(lanes) + 1)
    for lane, lines in zip(lanes, labels, strict=True):
        heights[lane] = max(heights[lane], len(lines) * _LINE)
    tops = [_AXIS + 18 + sum(heights[:n]) + n * _LANE for n in range(len(heights))]
    for moment, x, lane, lines in zip(fixed, places, lanes, labels, strict=True):
        sheet.line(x, _AXIS, x, tops[lane] + len(lines) * _LINE - 4, dashed=moment.ahead)
        _lines(sheet, x + 6, tops[lane], lines)
    for moment, x in zip(fixed, places, strict=True):
        sheet.dot(x, _AXIS, 5, not moment.ahead)
    y = tops[-1] + heights[-1]
    for moment in (m for m in block.moments if m.day is None):
        lines = _label(moment, lang, width - 24)
        _lines(sheet, 14, y + _LANE, lines)
        y += _LANE + len(lines) * _LINE
    return sheet.finish(y + 4, block.title[lang], summary(block, lang))


def _open_only(sheet: Sheet, block: Timeline, lang: Lang) -> Drawing:
    y = 4.0
    for moment in block.moments:
        lines = _label(moment, lang, sheet.width - 24)
        _lines(sheet, 8, y, lines)
        y += len(lines) * _LINE + _LANE
    return sheet.finish(y + 4, block.title[lang], summary(block, lang))


def _lines(sheet: Sheet, x: float, top: float, lines: list[str]) -> None:
    for n, line in enumerate(lines):
        sheet.text(x, top + SMALL + n * _LINE, line, SMALL, bold=n == 0)


def _label(moment: Moment, lang: Lang, wide: float) -> list[str]:
    """The day, then the words in at most three lines; the table beside the strip has them whole."""
    day = str(moment.day) if moment.day else NOT_FIXED[lang]
    said = moment.label[lang] + ("" if moment.verified else f" ({UNVERIFIED[lang]})")
    lines = wrap(said, (wide - 8) / SMALL)
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], lines[_MOST - 1].rstrip("。、 ")[:-1] + "…"]
    return [day, *lines]


def _hang(places: list[float], labels: list[list[str]]) -> list[int]:
    taken: list[float] = []  # by lane: where the nearest label or leader to the right begins
    lanes = [0] * len(places)
    for n in range(len(places) - 1, -1, -1):
        ends = places[n] + 6 + max(ems(line, k == 0) for k, line in enumerate(labels[n])) * SMALL + 10
        lane = next((k for k, begins in enumerate(taken) if begins >= ends), len(taken))
        taken += [float("inf")] * (lane + 1 - len(taken))
        taken[: lane + 1] = [places[n]] * (lane + 1)
        lanes[n] = lane
    return lanes


def _years(sheet: Sheet, first: date, last: date, per_day: float, room: float) -> None:
    sheet.line(0, _AXIS, 8 + room + 8, _AXIS, 2, colour=INK)
    seen = 20.0 - _YEAR
    for year in range(first.year + 1, last.year + 1):
        x = 8 + (date(year, 1, 1) - first).days * per_day
        sheet.line(x, _AXIS - 10, x, _AXIS, 1.5, colour=INK)
        if x - seen > _YEAR:
            sheet.text(x, _AXIS - 15, str(year), SMALL, anchor="middle")
            seen = x


def summary(block: Timeline, lang: Lang) -> str:
    """How many dates, from when to when."""
    days = sorted(m.day for m in block.moments if m.day)
    return _SUMMARY.fill(n=len(days), first=days[0], last=days[-1])[lang] if days else _NONE[lang]
