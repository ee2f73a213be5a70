"""A table of money as lines: each row a product, a fiscal year, a stage, an amount with its unit, a day, a source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaname.law import T
from kaname.regimes.supply.catalogue.products import Product
from kaname.regimes.supply.funds.model import Extent, Line, What
from kaname.regimes.supply.given import Cells, Fault, Row, choice, day, fiscal_year, missing, product, yen

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "product": ("物資", "特定重要物資", "specified_critical_product"), "fiscal_year": ("年度", "会計年度", "year"),
    "what": ("区分", "段階", "stage"), "amount": ("金額", "額"), "unit": ("単位",), "as_of": ("時点", "現在"),
    "extent": ("範囲",), "estimate": ("見込み",), "source": ("出所", "出典"), "label": ("名称", "予算の名称"),
}  # fmt: skip
NEEDED = ("product", "fiscal_year", "what", "amount", "as_of", "source")
_WHAT = choice({
    **{w.value: w.value for w in What}, "予算": "budget", "造成": "contributed", "国費": "contributed",
    "基金造成": "contributed", "交付決定": "decided", "決定": "decided", "執行": "spent", "支払": "spent",
    "支出": "spent", "paid": "spent", "国庫納付": "returned", "返納": "returned",
})  # fmt: skip
_EXTENT = choice({"year": "year", "その年度": "year", "年度": "year", "単年度": "year", "total": "total",
                  "累計": "total"})  # fmt: skip
_YES = choice({"yes": "yes", "true": "yes", "1": "yes", "見込み": "yes", "no": "no", "false": "no", "0": "no",
               "確定": "no"})  # fmt: skip
_ALL = ("all", "全体", "合計", "すべて")


@dataclass(frozen=True, slots=True)
class Read:
    """The lines of a table, and what was wrong with the rows that gave none."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def read(rows: Sequence[Row]) -> Read:
    """The rows as lines. A row that tells the same as an earlier one is refused, with the line it repeats."""
    if lacking := missing(rows, COLUMNS, NEEDED):
        return Read((), tuple(lacking))
    lines: list[Line] = []
    seen: dict[object, int] = {}
    faults: list[Fault] = []
    for row in rows:
        cells = Cells(row, COLUMNS)
        line = _line(cells)
        if line is not None and not cells.faults:
            before = seen.setdefault((line.key, line.as_of), cells.line)
            if before == cells.line:
                lines.append(line)
            else:
                cells.wrong("amount", f"{before}行目と同じ物資・年度・区分・時点；一行だけに",
                            f"the same as line {before}; expected once")  # fmt: skip
        faults += cells.faults
    return Read(tuple(lines), tuple(faults))


def _line(cells: Cells) -> Line | None:
    name = cells.text("product")
    of: Product | None = None if name in _ALL else cells.read("product", product, needed=True)
    year = cells.read("fiscal_year", fiscal_year, needed=True)
    what = cells.read("what", _WHAT, needed=True)
    amount = cells.read("amount", lambda cell: yen(cell, cells.text("unit")), needed=True)
    as_of = cells.read("as_of", day, needed=True)
    extent = cells.read("extent", _EXTENT) or "year"
    estimate = cells.read("estimate", _YES) == "yes"
    source = cells.text("source")
    if not source:
        cells.wrong("source", "空欄；出所の記入が要る", "empty; expected where the amount comes from")
    if name in _ALL and what not in (None, "budget"):
        cells.wrong("what", "全体の行は予算だけ；物資ごとに記入する",
                    "only a budget stands for all; give the rest by product")  # fmt: skip
    if cells.faults:
        return None
    label = cells.text("label")
    return Line(of.id if of else "", year, What(what), amount, as_of, Extent(extent), T(source, source), estimate,
                loaded=True, label=T(label, label))  # fmt: skip
