"""Critical infrastructure (Chapter 3): scope, change classifier, sectors, and the plans of the board."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Query

from kaname.api.infrastructure_shapes import (
    BoardAsked,
    BoardOut,
    ChangeIn,
    ChangeOut,
    DayAsked,
    ScopeIn,
    ScopeOut,
    SectorsOut,
)
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import language
from kaname.desk.plans import listed
from kaname.law import Lang, T
from kaname.ledger import clock
from kaname.regimes.infrastructure import as_data
from kaname.regimes.infrastructure.board import Plan
from kaname.regimes.infrastructure.catalogue import SECTORS, NotInCatalogue, sector
from kaname.regimes.infrastructure.catalogue.model import Sector
from kaname.regimes.infrastructure.change import Change, NotAChange, Stage
from kaname.regimes.infrastructure.change import Plan as Filed
from kaname.regimes.infrastructure.change_classifier import classify
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.figures import NotAFigure, figure
from kaname.regimes.infrastructure.scope_event import Event
from kaname.regimes.infrastructure.scope_wizard import assess
from kaname.regimes.infrastructure.situation import Grace, Situation

_TAGS = ("infrastructure",)
_CHOICES: dict[str, type[StrEnum]] = {"event": Event, "supplier": Supplier, "grace": Grace}
PAGE = 50


@operation("POST", "/infrastructure/scope", T("届出が要るかを確かめる", "ask whether a plan must be filed"), ScopeOut,
           tags=_TAGS)  # fmt: skip
def assess_scope(request: HttpRequest, asked: ScopeIn) -> dict[str, Any]:
    """Whether operator, facility and event are inside Art. 52(1) on a day, each with why; nothing is recorded."""
    told = asked.model_dump(exclude_none=True)
    try:
        of = sector(told["sector"])
        told |= {"on": told.get("on") or clock.today(), "figures": _figures(of, told["figures"])}
        for name, kind in _CHOICES.items():
            if name in told:
                told[name] = next(one for one in kind if one.value == told[name])
        found = assess(Situation(**told))
    except NotInCatalogue as error:
        raise Problem("invalid", faults=[(error.field, error.text)]) from None
    return {"on": told["on"].isoformat(), **as_data.scope(found, language(request), told["on"])}


def _figures(of: Sector, given: Mapping[str, Any]) -> dict[str, bool | Decimal]:
    """The figures of a sector. Raises Problem for each that is unknown or cannot be read."""
    known = {f.id: f for b in of.businesses for f in b.figures}
    found: dict[str, bool | Decimal] = {}
    faults = []
    for name, value in given.items():
        try:
            if name not in known:
                names = ", ".join(known) or "-"
                raise NotAFigure(
                    T(f"この分野にない数値；{names} のいずれか", f"not of this sector; expected one of {names}")
                )
            found[name] = figure(known[name], value)
        except NotAFigure as error:
            faults.append((f"figures.{name}", error.text))
    if faults:
        raise Problem("invalid", faults=faults)
    return found


@operation("POST", "/infrastructure/change", T("変更を分類する", "classify a change"), ChangeOut, tags=_TAGS)
def classify_change(request: HttpRequest, asked: ChangeIn) -> dict[str, Any]:
    """What a change to a filed plan asks for under Art. 54, with rule, form, penalty and days; nothing is recorded."""
    told = asked.model_dump() | {"plan": Filed(asked.plan), "stage": Stage(asked.stage)}
    try:
        return as_data.change(classify(Change(**told)), language(request))
    except NotAChange as error:
        raise Problem("invalid", faults=[(error.field, error.text)]) from None


@operation("GET", "/infrastructure/sectors", T("分野を見る", "see the sectors"), SectorsOut, tags=_TAGS)
def list_sectors(request: HttpRequest, asked: Query[DayAsked]) -> dict[str, Any]:
    """The sectors of Art. 50(1) with businesses, criteria, facilities and components; ministries as of a day."""
    on = asked.on or clock.today()
    return {"on": on.isoformat(), "sectors": [_sector(s, on, language(request)) for s in SECTORS]}


def _sector(of: Sector, on: date, lang: Lang) -> dict[str, Any]:
    return {
        **as_data.catalogue(of, lang, on), "ministry": of.competence(on).ministry[lang],
        "confidence": of.confidence.value, "unverified": of.confidence.unverified, "question": of.note,
    }  # fmt: skip


@operation("GET", "/infrastructure/plans", T("計画の見通しを見る", "see the plans of the board"), BoardOut, tags=_TAGS)
def list_plans(request: HttpRequest, asked: Query[BoardAsked]) -> dict[str, Any]:
    """The plans the caller may know of, fifty a page: pages follow the ends of the standstills."""
    found = listed(request.auth, asked.state, asked.sector, (asked.page - 1) * PAGE, PAGE)
    lang = language(request)
    return {
        "as_of": clock.today().isoformat(), "total": found.total,
        "plans": [
            {"case": row.case.case.public_id, "number": row.case.case.number,
             "sectors": [s.id for s in row.sectors], **_plan(row.plan, lang)}
            for row in found.rows
        ],
    }  # fmt: skip


def _plan(plan: Plan, lang: Lang) -> dict[str, Any]:
    first, last = plan.standstill or (None, None)
    order = plan.order or (None, None)
    days = {
        "go_live": plan.go_live, "accepted_on": plan.accepted_on, "standstill_first": first, "standstill_last": last,
        "thirty_last": plan.thirty, "free": plan.free, "worst": plan.worst, "last_useful_day": plan.useful,
        "order_first": order[0], "order_last": order[1],
    }  # fmt: skip
    return {
        "operator": plan.operator, "facility": plan.facility, "supplier": plan.supplier, "state": plan.state,
        "label": plan.label[lang], "too_early": plan.too_early, "changes": list(plan.changes),
        **{name: day and day.isoformat() for name, day in days.items()},
    }  # fmt: skip
