"""Why a figure: its formula, what went into it, and the rows of the file as they were given."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.desk import trade
from kaname.desk.models import TradeTable
from kaname.law import T, Text
from kaname.web.trade import told
from kaname.web.trade.page import ProductPage
from kaname.web.views.trade.asked import Asked, full

_WORDS = {
    "amounts": T("量", "amounts"), "weights": T("ガバナンス（0良–10悪）", "governance (0 best, 10 worst)"),
    "trade": T("貿易制限の係数 t", "trade parameter t"), "producers": T("生産", "production by country"),
    "instability": T("不安定さ（0良–1悪）", "instability (0 best, 1 worst)"), "imports": T("輸入", "imports"),
    "exports": T("輸出", "exports"), "production": T("国内生産", "domestic production"), "part": T("部分", "the part"),
    "partner": T("相手国", "partner"), "partners": T("相手国", "partners"), "now": T("今年", "now"),
    "before": T("前年", "before"), "years": T("年", "years"), "values": T("値", "values"),
    "risks": T("リスク", "risks"), "hhi_world": T("世界の集中度", "concentration of the world"),
    "hhi_area": T("輸入の集中度", "concentration of imports"), "reliance": T("輸入依存度", "import reliance"),
    "recycled": T("再生材の割合", "recycled input"), "substitution": T("代替の指数", "substitution index"),
    "outside": T("域外", "outside"), "inside": T("域内", "inside"),
    "concentration": T("集中度", "concentration"), "scarcity": T("域外の割合", "scarcity"),
    "substitutability": T("輸入／輸出", "substitutability"), "importer_hhi": T("輸入の集中度", "importer's HHI"),
    "world_hhi": T("世界の輸出の集中度", "HHI of world exports"), "use": T("用途の割合", "shares of use"),
    "value_added": T("付加価値", "value added"), "largest": T("最大の部門", "largest sector"),
}  # fmt: skip
_SORTS = {"trade": ("trade", "production"), "production": ("production",), "uses": ("uses",)}


def why(request: HttpRequest, id: str, number: int) -> HttpResponse:
    found = full(request, id)
    assert found.shown is not None
    if number >= len(found.shown.page.figures):
        raise Http404
    figure = found.shown.page.figures[number]
    page = ProductPage(found.shown, lambda n: found.address("evidence_why", n), found.thresholds)
    file = _file(found, figure.stated.table)
    names, rows = trade.rows_of(file, figure.records) if figure.records else ((), [])
    low, high = figure.drawn or (None, None)
    title, value = told.title(figure), told.value(figure, page.unit)
    return render(request, "web/trade/why.html", {
        "one": found.one, "asked": found, "page": page, "figure": figure, "file": file, "names": names, "rows": rows,
        "title": title, "value": value, "more": len(set(figure.records)) - len(rows),
        "answer": [T(f"{figure.year}年の{title.ja}は{value.ja}です。", f"{figure.year}: {title.en} is {value.en}.")],
        "scalars": _scalars(figure.inputs), "tables": _tables(figure.inputs),
        "bounds": told.span(figure.low, figure.high, figure.measure), "drawn": told.span(low, high, figure.measure),
        "error": found.shown.asked.error * 100, "draws": found.shown.asked.draws,
    })  # fmt: skip


def _file(found: Asked, table: str) -> TradeTable:
    """The file whose rows a figure names."""
    assert found.shown is not None
    return next((one for one in found.shown.tables if one.sort in _SORTS[table]), found.one)


def _scalars(inputs: dict[str, Any]) -> list[tuple[Text, str]]:
    """Single values, and lists in one line."""
    found = []
    for name, value in inputs.items():
        if isinstance(value, dict):
            continue
        said = ", ".join(_plain(one) for one in value) if isinstance(value, list) else _plain(value)
        found.append((_WORDS.get(name, T(name, name)), said))
    return found


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.6g}"
    return "-" if value is None else str(value)


def _tables(inputs: dict[str, Any]) -> dict[str, Any] | None:
    """Values by country side by side, the largest first, with the share where they are amounts."""
    columns = {name: value for name, value in inputs.items() if isinstance(value, dict) and value}
    if not columns:
        return None
    first = next(iter(columns.values()))
    total = sum(float(one) for one in first.values()) or 1.0
    codes = sorted(first, key=lambda code: -float(first[code]))
    is_amounts = next(iter(columns)) in ("amounts", "producers")
    rows = [
        (told.country(code) if (code.isupper() and len(code) == 3) or code.startswith("(") else T(code, code),
         told.percent(float(first[code]) / total) if is_amounts else "",
         [_cell(column.get(code)) for column in columns.values()])
        for code in codes
    ]  # fmt: skip
    return {"heads": [_WORDS.get(name, T(name, name)) for name in columns], "rows": rows, "shares": is_amounts}


def _cell(value: Any) -> str:
    return "" if value is None else f"{float(value):,.6g}" if abs(float(value)) < 1e6 else f"{float(value):,.0f}"
