"""A published list of certified plans as entries; columns in either language, the money in the unit that it names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaname.regimes.supply.given import Cells, Fault, Row, Unusable, day, missing, plain, product, yen
from kaname.regimes.supply.plan_numbers import SORTS, SOURCE, Number
from kaname.regimes.supply.register.plan import Certified

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "product": ("specified_critical_product", "物資", "特定重要物資"),
    "applicants": ("申請者", "事業者", "事業者名", "認定供給確保事業者", "applicant"),
    "certified_on": ("認定日", "認定の日", "certified"), "item": ("品目",), "number": ("認定番号", "番号"),
    "ministry": ("所管", "所管省", "主務省"), "funds": ("資金", "必要な資金の額", "事業総額"),
    "grant": ("助成金", "助成金の額", "最大助成額", "max_subsidy"), "unit": ("単位",),
    "grant_oku": ("max_subsidy_oku_yen", "最大助成額(億円)", "助成金(億円)"),
    "funds_oku": ("funds_oku_yen", "事業総額(億円)"), "cancelled_on": ("取消日", "取消しの日"),
    "source": ("出所", "出典"), "numbers": ("対策の数値", "measures_in_numbers"),
}  # fmt: skip
NEEDED = ("product", "applicants", "certified_on")
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_BETWEEN = (";", "；", "、", "/", "／")


@dataclass(frozen=True, slots=True)
class Read:
    plans: tuple[Certified, ...]
    faults: tuple[Fault, ...]


def read(rows: Sequence[Row]) -> Read:
    """The rows as entries. A plan told twice is refused on its second line."""
    if lacking := missing(rows, COLUMNS, NEEDED):
        return Read((), tuple(lacking))
    plans: list[Certified] = []
    seen: dict[object, int] = {}
    faults: list[Fault] = []
    for row in rows:
        cells = Cells(row, COLUMNS)
        plan = _plan(cells)
        if plan is not None:
            key = plan.number or (plan.product.id, plan.certified_on, plan.parties, plan.item)
            before = seen.setdefault(key, cells.line)
            if before == cells.line:
                plans.append(plan)
            else:
                cells.wrong("applicants", f"{before}行目と同じ計画；一行だけに",
                            f"the same plan as line {before}; expected once")  # fmt: skip
        faults += cells.faults
    return Read(tuple(plans), tuple(faults))


def names(cell: str) -> tuple[str, ...]:
    """Several applicants in one cell, divided by a semicolon (or the Japanese comma, or a slash)."""
    for mark in _BETWEEN:
        if mark in cell:
            return tuple(name.strip() for name in cell.split(mark) if name.strip())
    return (cell.strip(),) if cell.strip() else ()


def numbers_in(cell: str) -> tuple[Number, ...]:
    """Measures in one cell, divided by semicolons: `stock FIRM 60`, `capacity FIRM 0.2`, `source FIRM SUPPLIER 0.5`;
    a name with blanks in it stands in double quotes. Raises Unusable."""
    found = []
    for text in filter(None, (one.strip() for one in cell.replace("；", ";").split(";"))):
        words = [quoted or bare for quoted, bare in _WORD.findall(text)]
        sort, firm, *goods = words[:-1] if len(words) > 2 else ("", "")
        try:
            amount = float(words[-1])
        except ValueError:
            amount = -1.0
        if sort not in SORTS or amount < 0 or len(goods) != (sort == SOURCE):
            raise Unusable(f"「{text[:40]}」；「stock 事業者 日数」「capacity 事業者 割合」"
                             "「source 事業者 供給者 割合」のいずれか",
                             f"{text[:40]!r}; expected `stock FIRM DAYS`, `capacity FIRM PART` or"
                             " `source FIRM SUPPLIER PART`")  # fmt: skip
        found.append(Number(sort, firm, goods[0] if goods else "", amount))
    return tuple(found)


def _plan(cells: Cells) -> Certified | None:
    of = cells.read("product", product, needed=True)
    who = cells.read("applicants", names, needed=True)
    on = cells.read("certified_on", day, needed=True)
    cancelled = cells.read("cancelled_on", day)
    money = {id: _money(cells, id) for id in ("funds", "grant")}
    ministry = plain(cells.text("ministry"))
    if of is not None and ministry and ministry not in of.under.label.ja and ministry.upper() not in of.under.label.en:
        cells.wrong("ministry", f"{of.label.ja}の所管は{of.under.label.ja}",
                    f"{of.label.en} is in the charge of {of.under.label.en}; expected that")  # fmt: skip
    if of is not None and on is not None and on < of.designated_on:
        cells.wrong("certified_on", f"指定（{of.designated_on}）の前の日；指定の後の日が要る",
                    f"before the designation on {of.designated_on}; expected a later day")  # fmt: skip
    if on is not None and cancelled is not None and cancelled < on:
        cells.wrong("cancelled_on", "認定の日より前；認定の後の日が要る",
                    "before the certification; expected a later day")  # fmt: skip
    if money["funds"] is not None and money["grant"] is not None and money["grant"] > money["funds"]:
        cells.wrong("grant", "助成金が資金の額を超える", "the grant is more than the funds; expected at most as much")
    stated = cells.read("numbers", numbers_in) or ()
    if cells.faults:
        return None
    return Certified(of, who, on, cells.text("item"), cells.text("number"), money["funds"], money["grant"], cancelled,
                     cells.text("source"), numbers=stated, line=cells.line)  # fmt: skip


def _money(cells: Cells, id: str) -> int | None:
    """An amount in the row's unit, or in a column that names 億円 itself."""
    own: int | None = cells.read(id, lambda cell: yen(cell, cells.text("unit")))
    if own is not None or cells.text(id):
        return own
    in_oku: int | None = cells.read(f"{id}_oku", lambda cell: yen(cell, "億円"))
    return in_oku
