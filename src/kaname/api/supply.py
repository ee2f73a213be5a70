"""Stable supply (Chapter 2): money of the funds, the register of certified plans, what they achieved, tables loaded."""

import io
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.supply_shapes import (
    EffectAsked,
    EffectOut,
    FundsAsked,
    FundsOut,
    MeasuresAsked,
    RegisterAsked,
    RegisterOut,
    SupplyMeasureOut,
    SupplyTableIn,
    SupplyTableOut,
    SupplyTablesOut,
)
from kaname.api.values import language
from kaname.desk import supply
from kaname.desk.models import SupplyTable
from kaname.files.problems import BadInput
from kaname.law import Lang, T
from kaname.ledger import clock
from kaname.regimes.supply import register
from kaname.regimes.supply.catalogue import PRODUCTS
from kaname.regimes.supply.effect.as_data import as_data as effect_data
from kaname.regimes.supply.funds.as_data import as_data as funds_data
from kaname.regimes.supply.register.as_data import count, plan
from kaname.regimes.supply.register.measures import measure_rows

_TAGS = ("supply",)
PAGE = 50
ProductId = Annotated[str, Field(description="the id of a designated product, such as batteries")]
_SHOWN = 200


@operation("GET", "/supply/funds", T("基金の額を見る", "see the money of the funds"), FundsOut, tags=_TAGS)
def supply_funds(request: HttpRequest, asked: Query[FundsAsked]) -> dict[str, Any]:
    """Contributed, decided and spent by product and fiscal year: the deck of 2024-06-04, and what the office loaded."""
    found = supply.money(request.auth, asked.as_of or clock.today())
    return funds_data(found, language(request))


@operation("GET", "/supply/plans", T("認定計画を見る", "see the certified plans"), RegisterOut, tags=_TAGS)
def supply_plans(request: HttpRequest, asked: Query[RegisterAsked]) -> dict[str, Any]:
    """Certified plans of the cases the caller may know of and of imported lists, told apart; counts by product."""
    told = asked.model_dump(exclude={"page"})
    every = supply.plans(request.auth)
    found = register.sifted(every, register.Asked(**told))
    lang, start = language(request), (asked.page - 1) * PAGE
    return {
        "total": len(found), "plans": [plan(p, lang) for p in found[start : start + PAGE]],
        "counts": [count(c, lang) for c in register.counted(every, clock.today())],
    }  # fmt: skip


@operation("GET", "/supply/measures", T("計画の対策の数値を見る", "see the measures of plans in numbers"),
           list[SupplyMeasureOut], tags=_TAGS)  # fmt: skip
def supply_measures(request: HttpRequest, asked: Query[MeasuresAsked]) -> list[dict[str, Any]]:
    """What certified plans in force state in numbers, as `/shocks` and `kaname assess network --measures` take it: of
    the cases the caller may know of and of imported lists."""
    return [asdict(row) for row in measure_rows(supply.plans(request.auth), asked.product, asked.plan)]


@operation("GET", "/supply/effect/{product}", T("依存が下がったかを見る", "see whether the dependence fell"), EffectOut,
           tags=_TAGS)  # fmt: skip
def supply_effect(request: HttpRequest, product: ProductId, asked: Query[EffectAsked]) -> dict[str, Any]:
    """Goals, capacity and stock against demand, dependence before and after, money for a point, open questions."""
    if product not in PRODUCTS:
        raise Problem("not_found")
    day = asked.as_of or clock.today()
    found = supply.review(request.auth, product, day, asked.since)
    return {"as_of": day, **effect_data(found, language(request))}


@operation("GET", "/supply/tables", T("取り込んだ表を見る", "see the tables loaded"), SupplyTablesOut, tags=_TAGS)
def supply_tables(request: HttpRequest) -> dict[str, Any]:
    """The tables of the office, the newest first, each with the rows that could not be used."""
    return {"tables": [_table(one, language(request)) for one in supply.listed(request.auth)]}


@operation("POST", "/supply/tables", T("表を取り込む", "load a table"), SupplyTableOut, scopes=(Scope.ACT,), status=201,
           tags=_TAGS)  # fmt: skip
def load_supply_table(request: HttpRequest, asked: SupplyTableIn) -> dict[str, Any]:
    """Money, certified plans or figures that go on with the deck. Rows that cannot be used are told and left out."""
    try:
        one = supply.keep(request.auth, asked.kind, asked.name, io.BytesIO(asked.text.encode()))
    except BadInput as wrong:
        faults = [("text", T(f"{p.line}行目 {p.field}：{p.text.ja}", f"line {p.line} {p.field}: {p.text.en}"))
                  for p in wrong.problems[:_SHOWN]]  # fmt: skip
        raise Problem("invalid", faults=faults) from None
    return _table(one, language(request))


def _table(one: SupplyTable, lang: Lang) -> dict[str, Any]:
    found = supply.opened(one)
    return {
        "id": one.public_id, "kind": one.kind, "name": one.name, "made_on": one.made_on, "rows": len(found.held),
        "problems": [{"line": p.line, "field": p.field, "detail": p.text[lang]} for p in found.problems[:_SHOWN]],
    }  # fmt: skip
