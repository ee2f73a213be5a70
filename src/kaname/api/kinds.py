"""Kinds of case: the list, the declaration as of a day, the form of an act as JSON Schema."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from kaname.access import api as access
from kaname.api.act_schema import act_schema
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.shapes import KindDescribed, KindsOut
from kaname.api.values import Day, language
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import CaseKind
from kaname.procedure.describe import describe
from kaname.procedure.index import index

_TAGS = ("kinds",)


class KindOnDay(Schema):
    as_of: Day | None = None


def kind_of(name: str) -> CaseKind:
    """The kind of an id. Raises Problem."""
    found = kinds().get(name)
    if found is None:
        known = ", ".join(kinds())
        raise Problem("no_such_name", T(f"種類は {known} のどれか", f"expected a kind, one of {known}"))
    return found


@operation("GET", "/kinds", T("事件の種類", "kinds of case"), KindsOut, tags=_TAGS,
           gives={"/kinds/{kind}": "body#/kinds/0/id"})  # fmt: skip
def list_kinds(request: HttpRequest, at: Query[KindOnDay]) -> dict[str, Any]:
    """Every kind of case of this office, and whether the caller may open one."""
    day = at.as_of or clock.today()
    return {
        "kinds": [
            {
                "id": k.id, "regime": k.regime, "label": {"ja": k.label.ja, "en": k.label.en},
                "in_force": k.in_force.isoformat(), "version": k.version(day).isoformat(),
                "procedures": [p.id for p in k.procedures], "may_open": bool(access.may_open(request.auth, k.id)),
            }
            for k in kinds().values()
        ]
    }  # fmt: skip


@operation("GET", "/kinds/{kind}", T("事件の種類の説明", "a kind described"), KindDescribed, tags=_TAGS,
           gives={"/kinds/{kind}/acts/{act}": "body#/procedures/0/acts/0/name"})  # fmt: skip
def describe_kind(request: HttpRequest, kind: str, at: Query[KindOnDay]) -> dict[str, Any]:
    """The whole declaration as it stands in law on a day: procedures, states, acts, fields, clocks, duties, bans."""
    return describe(kind_of(kind), at.as_of or clock.today())


@operation("GET", "/kinds/{kind}/acts/{act}/schema", T("行為の様式", "the form of an act"), dict[str, Any], tags=_TAGS)
def act_form(request: HttpRequest, kind: str, act: str, at: Query[KindOnDay]) -> dict[str, Any]:
    """The JSON Schema of `data` for an act done on a day; `x-` members say what is sealed, worked out, conditional."""
    of = index(kind_of(kind)).acts.get(act)
    if of is None:
        text = T("この種類にその行為はない；/kinds/{kind} に一覧がある", "no such act; /kinds/{kind} lists them")
        raise Problem("no_such_name", text)
    return act_schema(of, at.as_of or clock.today(), language(request))
