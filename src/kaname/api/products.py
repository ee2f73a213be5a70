"""Stable supply (Chapter 2): the products of the Cabinet Order, and the judgement of a case."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access import api as access
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import CaseId, Day, language
from kaname.desk import products as desk
from kaname.law import Lang, T
from kaname.ledger import clock
from kaname.regimes.supply.catalogue import ORDERS
from kaname.regimes.supply.judgement import Judged, Shown, product_case

_TAGS = ("supply",)
NO_PRODUCT = T("supply.product の事件でない", "the case is not one of kind supply.product")


class ProductsAsked(Schema):
    """`order`: products under one ministry's certification order; `q`: words in name, parts or ministry."""

    on: Day | None = None
    order: Literal[tuple(ORDERS)] | None = None  # type: ignore[valid-type]  # read off the catalogue
    q: Annotated[str, Field(max_length=100)] = ""


class WiderOut(Schema):
    since: str
    what: str


class CaseOfProductOut(Schema):
    """A case about a product. `name`: what it is about; `product`: null for a candidate."""

    case: str
    number: int
    product: str | None
    name: str
    state: str
    label: str
    since: str
    special_measures: str | None


class ProductOut(Schema):
    """`in_force`: designated on the day asked for. `plans_from`: first day on which a plan can be filed.
    `support_body`: null where it is not known."""

    product: str
    item: int
    name: str
    in_force: bool
    decided_on: str
    designated_on: str
    plans_from: str
    order: str
    ministry: str
    parts: list[str]
    wider: list[WiderOut]
    technology_from: str | None
    support_body: str | None
    confidence: str
    cases: list[CaseOfProductOut]


class ProductsOut(Schema):
    """The products, and the cases about what the Cabinet Order does not name."""

    on: str
    products: list[ProductOut]
    candidates: list[CaseOfProductOut]


class LimbOut(Schema):
    """`found`: null where it is not on record."""

    limb: str
    name: str
    test: str
    found: bool | None


class EvidenceOut(Schema):
    """`threshold`: what a user compared the value with; no law sets one. `apart`: value less threshold."""

    indicator: str | None
    name: str
    figure: str
    value: str
    threshold: str
    apart: str | None
    digest: str
    as_of: str | None
    page: str


class RequirementOut(Schema):
    requirement: str
    name: str
    met: bool | None
    limbs: list[LimbOut]
    reasons: str
    turns_on: str
    evidence: list[EvidenceOut]


class JudgementOut(Schema):
    """`judged_on`: null while nobody has judged; the evidence of the review is there all the same."""

    case: str
    name: str
    state: str
    label: str
    judged_on: str | None
    requirements: list[RequirementOut]


@operation("GET", "/supply/products", T("特定重要物資を見る", "see the specified critical products"), ProductsOut,
           tags=_TAGS)  # fmt: skip
def list_products(request: HttpRequest, asked: Query[ProductsAsked]) -> dict[str, Any]:
    """The products of Order Art. 1 with days, ministries and scopes as of a day, and the cases the caller may see."""
    on, lang = asked.on or clock.today(), language(request)
    known = desk.cases(request.auth)
    found = desk.listed(known, on, asked.order or "", asked.q)
    others = () if asked.order or asked.q else desk.candidates(known)
    return {
        "on": on.isoformat(), "products": [_product(p, lang) for p in found],
        "candidates": [_case(c, lang) for c in others],
    }  # fmt: skip


def _product(of: desk.Listed, lang: Lang) -> dict[str, Any]:
    p = of.product
    return {
        "product": p.id, "item": p.item, "name": p.label[lang], "in_force": of.in_force,
        "decided_on": p.decided_on.isoformat(), "designated_on": p.designated_on.isoformat(),
        "plans_from": p.plans_from.isoformat(), "order": p.order,
        "ministry": p.under.label[lang], "parts": [t[lang] for t in p.parts],
        "wider": [{"since": since.isoformat(), "what": what[lang]} for since, what in p.wider],
        "technology_from": p.technology_from and p.technology_from.isoformat(),
        "support_body": p.support_body and p.support_body.name[lang], "confidence": p.confidence.value,
        "cases": [_case(c, lang) for c in of.cases],
    }  # fmt: skip


def _case(of: desk.Case, lang: Lang) -> dict[str, Any]:
    told = of.told
    return {
        "case": of.case.case.public_id, "number": of.case.case.number, "product": told.product and told.product.id,
        "name": told.name, "state": told.state, "label": told.label[lang], "since": told.since.isoformat(),
        "special_measures": told.special and told.special[lang],
    }  # fmt: skip


@operation("GET", "/supply/judgements/{case}", T("４要件の判断を見る", "see a judgement by the four requirements"),
           JudgementOut, tags=_TAGS)  # fmt: skip
def show_judgement(request: HttpRequest, case: CaseId) -> dict[str, Any]:
    """What was found of each requirement in the case of a product, why, on what evidence, and what it turns on."""
    seen = access.see(request.auth, case)
    if seen.case.kind != desk.KIND:
        raise Problem("invalid", NO_PRODUCT)
    told, lang = product_case(seen.standing), language(request)
    return {
        "case": seen.case.public_id, "name": told.name, "state": told.state, "label": told.label[lang],
        "judged_on": told.judged_on and told.judged_on.isoformat(),
        "requirements": [_judged(j, lang) for j in told.judged],
    }  # fmt: skip


def _judged(of: Judged, lang: Lang) -> dict[str, Any]:
    return {
        "requirement": of.of.id, "name": of.of.name[lang], "met": of.met, "reasons": of.reasons,
        "limbs": [{"limb": limb.id, "name": limb.name[lang], "test": limb.test[lang], "found": found}
                  for limb, found in of.limbs],
        "turns_on": of.turns_on[lang], "evidence": [_evidence(e, lang) for e in of.evidence],
    }  # fmt: skip


def _evidence(of: Shown, lang: Lang) -> dict[str, Any]:
    return {
        "indicator": of.indicator and of.indicator.id, "name": of.indicator.name[lang] if of.indicator else "",
        "figure": of.figure, "value": of.value, "threshold": of.threshold,
        "apart": None if of.apart is None else str(of.apart), "digest": of.digest,
        "as_of": of.as_of and of.as_of.isoformat(), "page": of.page,
    }  # fmt: skip
