"""Figures of dependence out of the answer of `kaname assess trade` (CSV), for one product.

Taken are shares, from nought to one, with a year: that of a supplier, of the largest, of the three largest, and the
reliance on imports. What is no share, has no value (a year without data) or is itself a change is passed over.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import Product
from kaname.regimes.supply.effect.figures import Figure, Kind
from kaname.regimes.supply.effect.reading import Read
from kaname.regimes.supply.given import Cells, Fault, Row, Unusable, decimal, missing

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "year": (), "measure": (), "partner": (), "of": (), "value": (), "source": ()}  # fmt: skip
OF_ALL: Mapping[str, Text] = {
    "top_1": T("最大の相手国の輸入の割合", "largest supplier's share of imports"),
    "top_3": T("上位3か国の輸入の割合", "share of the three largest suppliers"),
    "import_reliance": T("輸入への依存度", "reliance on imports"),
}
_PERCENT = T("%", "%")
_HEAD = ("product", "kind", "measure", "value", "unit", "on", "source")


def as_table(product: Product, figures: Iterable[tuple[int, str, float]], source: str) -> list[Sequence[str]]:
    """Figures of a page of trade (year, measure, share) as rows of a table of figures, its head first; what is no share
    of all suppliers is passed over."""
    rows = [
        (product.id, Kind.DEPENDENCE.value, OF_ALL[measure].ja,
         f"{(Decimal(repr(share)) * 100).normalize():f}", "%", str(year), source)
        for year, measure, share in figures if measure in OF_ALL
    ]  # fmt: skip
    return [_HEAD, *rows]


def reader(product: Product) -> Callable[[Sequence[Row]], Read]:
    """A reader of that answer for a product."""
    return lambda rows: _read(rows, product)


def _read(rows: Sequence[Row], product: Product) -> Read:
    if lacking := missing(rows, COLUMNS, ("year", "measure", "value", "source")):
        return Read((), tuple(lacking))
    figures: list[Figure] = []
    faults: list[Fault] = []
    for row in rows:
        cells = Cells(row, COLUMNS)
        measure = _measure(cells)
        if measure is None or not cells.text("value") or cells.text("of"):
            continue
        value = cells.read("value", _share)
        on = cells.read("year", _year_end, needed=True)
        source = cells.text("source")
        if not cells.faults:
            figures.append(Figure(product.id, Kind.DEPENDENCE, measure, value, _PERCENT, on, T(source, source),
                                  loaded=True))  # fmt: skip
        faults += cells.faults
    return Read(tuple(figures), tuple(faults))


def _measure(cells: Cells) -> Text | None:
    """What the row measures, where it is a share."""
    id, partner = cells.text("measure"), cells.text("partner")
    if id == "share" and partner:
        return T(f"{partner}からの輸入の割合", f"share of imports from {partner}")
    return OF_ALL.get(id)


def _share(cell: str) -> Decimal:
    found = decimal(cell)
    if not 0 <= found <= 1:
        raise Unusable(f"「{cell}」；0から1までの割合が要る", f"{cell!r}; expected a share from 0 to 1")
    return (found * 100).normalize() + 0


def _year_end(cell: str) -> date:
    if not (cell.isdecimal() and len(cell) == 4):
        raise Unusable(f"「{cell}」は年として読めない；2024 のように",
                       f"cannot read {cell!r}; expected a year such as 2024")  # fmt: skip
    return date(int(cell), 12, 31)
