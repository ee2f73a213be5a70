"""What a project's own page adds to its case: maturity over time, gates, budget by year against what was spent."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.desk.technology import PROJECT, title_of
from kaname.law import T, Text
from kaname.procedure import Standing
from kaname.regimes.technology.budget import total
from kaname.regimes.technology.catalogue import TECHNOLOGIES
from kaname.web.parts import dates
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.views.asked import seen
from kaname.web.views.case import head

_MATURITY = (Column(T("いつ", "on")), Column(T("TRL", "TRL"), num=True), Column(T("動き", "change"), num=True))
_GATES = (
    Column(T("ゲート", "gate")),
    Column(T("時期", "day")),
    Column(T("基準", "criteria")),
    Column(T("様子", "state")),
)
_BUDGET = (
    Column(T("年度", "fiscal year")), Column(T("予算（円）", "budget (yen)"), num=True),
    Column(T("支出（円）", "spent (yen)"), num=True), Column(T("残り（円）", "left (yen)"), num=True),
    Column(T("注意", "to note")),
)  # fmt: skip


def project(request: HttpRequest, case: str) -> HttpResponse:
    found = seen(request, case)
    if found.case.kind != PROJECT:
        raise Http404
    standing = found.standing
    return render(request, "web/technology/project.html", {
        **head(request, found, "technology_project"), "name": title_of(standing), "answer": answer(standing),
        "maturity": _maturity(standing), "gates": _gates(standing), "budget": _budget(standing),
        "technologies": [TECHNOLOGIES[id] for id in _fact(standing, "technologies") or () if id in TECHNOLOGIES],
        "lead": _fact(standing, "lead_researcher") or "", "institutions": _fact(standing, "institutions") or (),
        "needs": _fact(standing, "needs") or (), "concept": _fact(standing, "concept") or "",
    })  # fmt: skip


def answer(standing: Standing) -> list[Text]:
    """The next gate, where maturity stands, and whether money was spent beyond what was foreseen."""
    lines = []
    gate = standing.clocks.get("project.next_gate")
    if gate and gate.status == "running" and gate.last_day:
        day, left = dates.screen(gate.last_day), dates.left(gate.last_day, standing.as_of)
        ja = f"次のステージゲートは{day.ja}（{left.ja}、計画に定めた日）です。"
        lines.append(T(ja, f"Next stage gate: {day.en} ({left.en}, the day set in the plan)."))
    history, goal = _fact(standing, "trl_history") or (), _fact(standing, "trl_goal")
    if history:
        now, aim = history[-1][-1], T(f"、目標は{goal}", f", aimed at {goal}") if goal else T("", "")
        lines.append(T(f"TRLは{now}{aim.ja}です。", f"TRL {now}{aim.en}."))
    amount, spent = _fact(standing, "amount") or 0, total(_fact(standing, "spent_by_year"))
    if spent > amount:
        lines.append(T(f"支出が契約額を{spent - amount:,}円超えています。",
                       f"Spending exceeds the contract by {spent - amount:,} yen."))  # fmt: skip
    elif amount:
        lines.append(T(f"契約額{amount:,}円のうち{spent:,}円を支出しました。", f"{spent:,} of {amount:,} yen spent."))
    return lines


def _maturity(standing: Standing) -> Table:
    rows, before = [], None
    for on, trl in _fact(standing, "trl_history") or ():
        moved = "" if before is None or trl == before else f"{trl - before:+d}"
        rows.append(Row(_day(on), (trl, moved)))
        before = trl
    return Table(T("技術の成熟度", "Technology readiness"), _MATURITY, rows,
                 T("尺度は公募要領による", "on the scale of the call documents"))  # fmt: skip


def _gates(standing: Standing) -> Table:
    held = _fact(standing, "gates_held") or ()
    known = {g.get("gate_no"): g for g in _fact(standing, "gates") or ()}
    rows = [
        Row(T(f"第{number}", f"no. {number}"), (_day(known.get(number, {}).get("due")) or "",
            known.get(number, {}).get("criteria") or "", _state(number, known, held)))
        for number in sorted({*known, *held} - {None})
    ]  # fmt: skip
    return Table(T("ステージゲート", "Stage gates"), _GATES, rows)


def _state(number: Any, known: Any, held: Any) -> Text:
    if number in held:
        done = T("準備・評価に入った", "prepared or reviewed")
        return done if number in known else T(f"{done.ja}（計画に定めがない）", f"{done.en} (not in the plan)")
    return T("これから", "to come")


def _budget(standing: Standing) -> Table:
    planned, spent = dict(_fact(standing, "budget_by_year") or ()), dict(_fact(standing, "spent_by_year") or ())
    rows = [_year(year, planned.get(year), spent.get(year)) for year in sorted({*planned, *spent})]
    if rows:
        of, out = sum(planned.values()), sum(spent.values())
        rows.append(Row(T("計", "total"), (f"{of:,}", f"{out:,}", f"{of - out:,}", _over(of, out))))
    return Table(T("年度ごとの予算", "Budget by year"), _BUDGET, rows)


def _year(year: int, planned: int | None, spent: int | None) -> Row:
    left = "" if planned is None else f"{planned - (spent or 0):,}"
    cells = ("" if planned is None else f"{planned:,}", "" if spent is None else f"{spent:,}", left)
    return Row(T(f"{year}年度", f"FY {year}"), (*cells, _over(planned or 0, spent or 0)))


def _over(planned: int, spent: int) -> Text:
    return T("予算を超過", "over budget") if spent > planned else T("", "")


def _fact(standing: Standing, name: str) -> Any:
    return standing.fact(f"project.{name}")


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and value else value
