"""Budgets by fiscal year, as proposals, contracts and changes tell them; whole yen, each year once."""

from collections.abc import Iterable, Mapping
from typing import Any

from kaname.law import Bases, T, Text
from kaname.procedure.declare import Condition, Field, FieldType, condition
from kaname.procedure.view import View
from kaname.regimes.technology.laws import CALL_DOCUMENTS

Years = tuple[tuple[int, int], ...]  # (fiscal year, yen), ascending

YEAR = Field("year", T("年度", "fiscal year"), FieldType.INTEGER)
YEN = Field("yen", T("額（円）", "yen"), FieldType.YEN)


def by_year(basis: Bases, label: Text, id: str = "budget_by_year", required: bool = True) -> Field:
    """A table of years and amounts."""
    return Field(id, label, FieldType.ROWS, basis, required=required, columns=(YEAR, YEN))


def years(rows: Iterable[Mapping[str, Any]] | None) -> Years:
    """The rows of a form, each year with its sum. A row without year or amount counts for nothing."""
    found: dict[int, int] = {}
    for row in rows or ():
        if row.get("year") is not None and row.get("yen") is not None:
            found[row["year"]] = found.get(row["year"], 0) + row["yen"]
    return tuple(sorted(found.items()))


def total(of: Years | None) -> int:
    return sum(yen for _, yen in of or ())


def of_year(of: Years | None, year: int | None) -> int:
    return sum(yen for told, yen in of or () if told == year)


def changed(before: Years | None, rows: Iterable[Mapping[str, Any]] | None) -> Years:
    """The budget with the years of the change put in their place."""
    return tuple(sorted({**dict(before or ()), **dict(years(rows))}.items()))


def added(before: Years | None, year: int | None, yen: int | None) -> Years:
    """Spending with what a report tells of a year added."""
    if year is None or yen is None:
        return tuple(before or ())
    found = dict(before or ())
    found[year] = found.get(year, 0) + yen
    return tuple(sorted(found.items()))


def over(what: Text, asked: int | None, limit: int | None) -> Text:
    """The refusal that names both amounts."""
    asked_, limit_ = asked or 0, limit or 0
    return T(f"{what.ja}を超える（{asked_:,}円、上限 {limit_:,}円、超過 {asked_ - limit_:,}円）",
        f"exceeds {what.en}: {asked_:,} yen, at most {limit_:,} yen, {asked_ - limit_:,} yen too much")


def each_year_once(field: str, required: bool = True) -> Condition:
    """Years that make sense: each once, between 2021 and 2100, no amount below zero."""

    @condition(T("各年度が一度ずつ、負でない額であること", "each fiscal year once, with an amount not below zero"),
        T("同じ年度が二度ある、年度でない数がある、又は負の額がある",
            "a fiscal year stands twice, is no year, or has an amount below zero"), CALL_DOCUMENTS)
    def each_year_is_told_once(v: View) -> bool | None:
        rows = v.given(field)
        if rows is None:
            return None if required else True
        told = [row.get("year") for row in rows]
        return all(y is not None and 2021 <= y <= 2100 for y in told) and len(set(told)) == len(told) and all(
            (row.get("yen") or 0) >= 0 for row in rows)

    return each_year_is_told_once
