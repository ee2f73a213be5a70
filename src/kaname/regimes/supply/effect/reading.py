"""A table of figures: goals, capacity, stock, demand, output and dependence, each with its unit, day and source.

Figures of dependence are those of `assess trade` (the share of the largest supplier, in percent) or of anybody else; a
plain row is all that is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaname.law import T
from kaname.regimes.supply.effect.figures import Figure, Kind
from kaname.regimes.supply.given import Cells, Fault, Row, Unusable, choice, day, decimal, missing, plain, product

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "product": ("物資", "特定重要物資"), "kind": ("区分", "種類", "what"), "measure": ("名称", "指標", "測るもの"),
    "value": ("数", "値"), "unit": ("単位",), "on": ("時点", "日", "year", "年"), "source": ("出所", "出典"),
}  # fmt: skip
NEEDED = tuple(COLUMNS)
PERCENT = ("%", "percent", "パーセント")
_KIND = choice({
    **{k.value: k.value for k in Kind}, **{k.label.ja: k.value for k in Kind}, "能力": "capacity",
    "実績": "output", "依存": "dependence",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    figures: tuple[Figure, ...]
    faults: tuple[Fault, ...]


def read(rows: Sequence[Row]) -> Read:
    """The rows as figures. The same figure of one day twice is refused on its second line."""
    if lacking := missing(rows, COLUMNS, NEEDED):
        return Read((), tuple(lacking))
    figures: list[Figure] = []
    seen: dict[object, int] = {}
    faults: list[Fault] = []
    for row in rows:
        cells = Cells(row, COLUMNS)
        figure = _figure(cells)
        if figure is not None:
            before = seen.setdefault((figure.product, figure.kind, figure.key, figure.on), cells.line)
            if before == cells.line:
                figures.append(figure)
            else:
                cells.wrong("value", f"{before}行目と同じ名称と日；一行だけに",
                            f"the same measure and day as line {before}; expected once")  # fmt: skip
        faults += cells.faults
    return Read(tuple(figures), tuple(faults))


def _figure(cells: Cells) -> Figure | None:
    of = cells.read("product", product, needed=True)
    kind = cells.read("kind", _KIND, needed=True)
    value: Decimal | None = cells.read("value", decimal, needed=True)
    on = cells.read("on", day_or_year, needed=True)
    for id in ("measure", "unit", "source"):
        if not cells.text(id):
            cells.wrong(id, "空欄；記入が要る", "empty; expected a value")
    measure, unit, source = (plain(cells.text(id)) for id in ("measure", "unit", "source"))
    if value is not None and value < 0:
        cells.wrong("value", "負の数；0以上の数が要る", "below zero; expected zero or more")
    if kind == Kind.DEPENDENCE and unit and unit.lower() not in PERCENT:
        cells.wrong("unit", f"依存度の単位「{unit}」；% が要る", f"unit {unit!r} of a dependence; expected %")
    if kind == Kind.DEPENDENCE and value is not None and value > 100:
        cells.wrong("value", "100%を超える依存度；0から100までの数が要る",
                    "a dependence above 100 percent; expected 0 to 100")  # fmt: skip
    if cells.faults or value is None:
        return None
    unit = "%" if kind == Kind.DEPENDENCE else unit
    return Figure(of.id, Kind(kind), _both(measure), value, _both(unit), on, _both(source), loaded=True)


def _both(text: str) -> T:
    """The words of a person, in the language they were given in; those of our own goals and measures find their other
    language."""
    from kaname.regimes.supply.effect.figures import GOALS
    from kaname.regimes.supply.effect.from_trade import OF_ALL

    named = [*(t for g in GOALS for t in (g.measure, g.unit)), *OF_ALL.values()]
    known = {w: t for t in named for w in (t.ja, t.en)}
    return known.get(text, T(text, text))


def day_or_year(cell: str) -> date:
    """A day, or a year for its last day."""
    text = plain(cell).removesuffix("年")
    if text.isdecimal() and len(text) == 4:
        return date(int(text), 12, 31)
    try:
        return day(text)
    except Unusable:
        raise Unusable(f"「{cell}」は日又は年として読めない；2024-06-04 又は 2024 のように",
                       f"cannot read {cell!r} as a day or a year; expected 2024-06-04 or 2024") from None  # fmt: skip
