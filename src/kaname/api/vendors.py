"""Vendors' passports and plans in preparation, from the three sides, with the answers of the pages."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from kaname.access.tokens import Scope
from kaname.api.operation import operation
from kaname.api.problems import Problem
from kaname.api.values import Day, Strict, language
from kaname.law import Lang, T, cited
from kaname.ledger import clock
from kaname.ledger.rows import instant
from kaname.regimes.infrastructure.catalogue.orders import ORDERS
from kaname.regimes.infrastructure.filing import plan_record, record
from kaname.regimes.infrastructure.filing.content import PartyRole
from kaname.regimes.infrastructure.filing.finding import Finding
from kaname.vendors import api as vendors

_OWN, _PLANS, _ACROSS = ("vendors",), ("plans in preparation",), ("vendors across plans",)
_ACTING, _SECRET = (Scope.READ, Scope.ACT), (Scope.READ, Scope.SEALED)
PlanId = Annotated[str, Field(description="the id of a plan in preparation")]
VendorId = Annotated[str, Field(description="the id of a vendor")]
_Line = Annotated[str, Field(min_length=1, max_length=256)]
_MOST_REMINDED = 500  # vendors of one call
_Number = Annotated[int, Field(ge=0, lt=1 << 31)]


# -- plans in preparation ---------------------------------------------------------------------------------------------


class PreparationRow(Schema):
    id: str
    operator: str
    title: str
    begun: str
    filed: bool


class PreparationRows(Schema):
    items: list[PreparationRow]


class PreparationIn(Strict):
    """`sort`: introduction or maintenance."""

    operator: _Line
    title: Annotated[str, Field(min_length=1, max_length=128)]
    sort: Annotated[str, Field(max_length=20)]


class PreparationMade(Schema):
    id: str


class PreparationOut(Schema):
    """`number` goes back with the next change."""

    id: str
    title: str
    number: int
    plan: dict[str, Any]


class FindingOut(Schema):
    """`weight`: missing, wrong (both keep the plan from being filed) or check. Values are never told."""

    id: str
    weight: str
    place: str
    where: str
    text: str
    basis: list[str]


class CheckedOut(Schema):
    filing: str
    can_be_filed: bool
    findings: list[FindingOut]


class Check(Schema):
    filing: Day | None = None
    order: Annotated[str, Field(max_length=20, description="fsa, meti, mic, mlit, ...")] = ""


class AcceptedOut(Schema):
    """Who took the invitation, when and from which network (`host`: by a command on the office's machine)."""

    who: str
    email: str
    at: str
    source: str


class ChasedOut(Schema):
    """`reminded_on`: the day on which it was last asked to finish."""

    party: str
    roles: list[str]
    stage: str
    email: str
    vendor: str
    version: int
    accepted: AcceptedOut | None
    reminded_on: str | None


class ChasedOuts(Schema):
    items: list[ChasedOut]


class InvitationIn(Strict):
    party: _Line
    email: Annotated[str, Field(max_length=254)]


class InvitationOut(Schema):
    """`secret` stands in the link `/vendors/invitation/{secret}/`; it is told this once."""

    party: str
    email: str
    secret: str


class RemindIn(Strict):
    """Names of vendors, as in the plan."""

    parties: Annotated[list[_Line], Field(min_length=1, max_length=_MOST_REMINDED)]


class RemindedOut(Schema):
    """Whom it asked: those of them who came in, have not finished and were not asked within three days."""

    reminded: list[str]


class TakeIn(Strict):
    """A vendor that consents, under the name and in the capacity that it has in the plan."""

    vendor: Annotated[str, Field(max_length=64)]
    party: _Line
    role: Annotated[str, Field(max_length=32)]


class TakenOut(Schema):
    reference: str
    version: int


@operation(
    "GET", "/infrastructure/preparations", T("準備中の計画", "plans in preparation"), PreparationRows, tags=_PLANS,
    gives={"/infrastructure/preparations/{plan}": "body#/items/0/id"}
)  # fmt: skip
def list_preparations(request: HttpRequest) -> dict[str, Any]:
    """The plans of the operators for whom the caller acts, the newest first, up to 200."""
    rows = vendors.preparations(request.auth).defer("sealed")[:200]
    return {"items": [{"id": p.public_id, "operator": p.operator, "title": p.title, "begun": instant(p.made_at),
                       "filed": p.case_id is not None} for p in rows]}  # fmt: skip


@operation("POST", "/infrastructure/preparations", T("計画の準備を始める", "begin a plan"),
           PreparationMade, scopes=_ACTING, status=201,
           tags=_PLANS, gives={"/infrastructure/preparations/{plan}": "body#/id"})  # fmt: skip
def begin_preparation(request: HttpRequest, asked: PreparationIn) -> dict[str, Any]:
    """Begin to prepare a plan of an operator for whom the caller acts."""
    return {"id": vendors.begin(request.auth, asked.operator, asked.title, asked.sort).public_id}


@operation("GET", "/infrastructure/preparations/{plan}", T("準備中の計画を読む", "read a plan"),
           PreparationOut, scopes=_SECRET,
           tags=_PLANS)  # fmt: skip
def read_preparation(request: HttpRequest, plan: PlanId) -> dict[str, Any]:
    """The plan as the operator has entered it, without what came with passports."""
    now = vendors.see(request.auth, plan)
    return {"id": now.id, "title": now.title, "number": now.number, "plan": plan_record.plain(now.plan)}


@operation(
    "GET", "/infrastructure/preparations/{plan}/check", T("足りないもの", "what is missing"), CheckedOut, tags=_PLANS
)
def check_preparation(request: HttpRequest, plan: PlanId, wanted: Query[Check]) -> dict[str, Any]:
    """Everything that the plan lacks for a filing on a day, vendors' disclosures looked at in full."""
    if wanted.order not in ("", *ORDERS):
        known = ", ".join(ORDERS)
        raise Problem("invalid", faults=[("order", T(f"{known} のいずれかを", f"expected one of {known}"))])
    filing, lang = wanted.filing or clock.today(), language(request)
    checked = vendors.check(request.auth, plan, filing, wanted.order)
    found = [_finding(f, lang, filing) for f in checked.findings]
    return {"filing": filing.isoformat(), "can_be_filed": checked.can_be_filed, "findings": found}


def _finding(f: Finding, lang: Lang, on: date) -> dict[str, Any]:
    return {"id": f.id, "weight": f.weight.value, "place": f.place, "where": f.where[lang], "text": f.text[lang],
            "basis": [cited((b,), lang, on) for b in f.basis]}  # fmt: skip


@operation("GET", "/infrastructure/preparations/{plan}/vendors", T("計画の供給者等", "vendors of a plan"),
           ChasedOuts,
           tags=_PLANS,
           gives={"/infrastructure/preparations/{plan}/vendors/{vendor}": "body#/items/0/vendor"})  # fmt: skip
def list_plan_vendors(request: HttpRequest, plan: PlanId) -> dict[str, Any]:
    """Where each vendor of the plan stands: to_invite, waiting, run_out, filling, ready, taken, newer, ended, own."""
    return {"items": [
        {"party": c.party, "roles": [r.value for r in c.roles], "stage": c.stage.value, "email": c.email,
         "vendor": c.vendor, "version": c.version,
         "accepted": asdict(c.accepted) | {"at": instant(c.accepted.at)} if c.accepted else None,
         "reminded_on": c.reminded_on.isoformat() if c.reminded_on else None}
        for c in vendors.of_plan(request.auth, plan)
    ]}  # fmt: skip


@operation("POST", "/infrastructure/preparations/{plan}/invitations", T("供給者を招待する", "invite a vendor"),
           InvitationOut,
           scopes=_ACTING, status=201, tags=_PLANS)  # fmt: skip
def invite_vendor(request: HttpRequest, plan: PlanId, asked: InvitationIn) -> dict[str, Any]:
    """A link for a vendor that the plan names: good once, within 72 hours; an earlier one ends."""
    link = vendors.ask(request.auth, plan, {asked.party: asked.email})[0]
    return asdict(link)


@operation("POST", "/infrastructure/preparations/{plan}/reminders", T("供給者に催促する", "remind vendors"),
           RemindedOut, scopes=_ACTING, tags=_PLANS)  # fmt: skip
def remind_vendors(request: HttpRequest, plan: PlanId, asked: RemindIn) -> dict[str, Any]:
    """Ask vendors who came in and have not finished: on their page, and by mail where the office sends any."""
    return {"reminded": vendors.remind(request.auth, plan, asked.parties)}


@operation("POST", "/infrastructure/preparations/{plan}/passports",
           T("開示を加える", "take a passport in"), TakenOut, scopes=_ACTING, status=201, tags=_PLANS)  # fmt: skip
def take_passport(request: HttpRequest, plan: PlanId, asked: TakeIn) -> dict[str, Any]:
    """Put the newest version of a vendor that consents into the plan; the act that files it names `reference`."""
    use = vendors.attach(request.auth, plan, asked.vendor, asked.party, asked.role)
    return {"reference": use.reference, "version": use.version.number}


# -- a vendor's own ---------------------------------------------------------------------------------------------------


class VendorRow(Schema):
    id: str
    name: str


class VendorRows(Schema):
    items: list[VendorRow]


class DraftOut(Schema):
    """`problems`: what cannot be read, by its path; `lacks`: what is missing for a filing today."""

    number: int
    data: dict[str, Any]
    problems: list[dict[str, str]]
    lacks: list[FindingOut]
    versions: list[dict[str, Any]]


class DraftIn(Strict):
    """The whole draft, as read before and changed; `number` of the one that was changed."""

    number: _Number
    data: dict[str, Any]


class NumberOut(Schema):
    number: int


class VersionIn(Strict):
    """`number` of the draft that is handed over."""

    number: _Number


@operation("GET", "/vendors/own", T("自分の会社", "one's own vendors"),
           VendorRows, tags=_OWN, gives={"/vendors/own/{vendor}": "body#/items/0/id"})  # fmt: skip
def list_own_vendors(request: HttpRequest) -> dict[str, Any]:
    """The vendors for which the caller speaks."""
    return {"items": [{"id": v.public_id, "name": v.name} for v in vendors.own_vendors(request.auth)[:200]]}


@operation("GET", "/vendors/own/{vendor}", T("開示の下書き", "a passport's draft"),
           DraftOut, scopes=_SECRET, tags=_OWN)  # fmt: skip
def read_draft(request: HttpRequest, vendor: VendorId) -> dict[str, Any]:
    """The draft as it was typed, what is wrong with it, and the versions handed over."""
    me, lang, today = request.auth, language(request), clock.today()
    draft, asks = vendors.draft(me, vendor), vendors.asks(me, vendor)
    roles = frozenset(ask.role for ask in asks) or frozenset({PartyRole.SUPPLIER})
    return {
        "number": draft.number, "data": draft.data,
        "problems": [{"field": p.field, "detail": p.text[lang]} for p in draft.problems],
        "lacks": [_finding(f, lang, today) for f in vendors.lacks(me, vendor, today, roles)],
        "versions": [{"number": m.number, "at": instant(m.at), "by": m.by} for m in vendors.versions(me, vendor)],
    }  # fmt: skip


@operation("POST", "/vendors/own/{vendor}/draft", T("下書きを保存する", "save a draft"),
           NumberOut,
           scopes=_ACTING, tags=_OWN)  # fmt: skip
def save_draft(request: HttpRequest, vendor: VendorId, asked: DraftIn) -> dict[str, Any]:
    """Keep a draft, also where something in it cannot be read. Refused where somebody else saved first."""
    return {"number": vendors.save(request.auth, vendor, asked.data, asked.number)}


@operation("POST", "/vendors/own/{vendor}/versions", T("開示を確定して渡す", "hand a passport over"),
           NumberOut,
           scopes=_ACTING, status=201, tags=_OWN)  # fmt: skip
def hand_over(request: HttpRequest, vendor: VendorId, asked: VersionIn) -> dict[str, Any]:
    """Make the draft a version, which never changes. Refused where the draft is another by now."""
    if vendors.draft(request.auth, vendor).number != asked.number:
        raise vendors.Changed
    return {"number": vendors.publish(request.auth, vendor).number}


# -- the authority ----------------------------------------------------------------------------------------------------


class AcrossRow(Schema):
    id: str
    name: str
    country: str
    plans: int


class AcrossRows(Schema):
    items: list[AcrossRow]


class StandingRow(Schema):
    case: str
    number: int
    operator: str
    role: str
    party: str
    version: int
    filed_at: str | None


class StandingRows(Schema):
    name: str
    items: list[StandingRow]


class Names(Schema):
    text: Annotated[str, Field(max_length=256, description="how the name begins")] = ""
    start: _Number = 0


class Start(Schema):
    start: _Number = 0


class OpenIn(Strict):
    case: Annotated[str, Field(max_length=64)]
    version: _Number


class OpenedOut(Schema):
    disclosure: dict[str, Any]


@operation(
    "GET", "/infrastructure/vendors", T("計画を横断する供給者", "vendors across plans"), AcrossRows, tags=_ACROSS,
    gives={"/infrastructure/vendors/{vendor}": "body#/items/0/id"}
)  # fmt: skip
def list_vendors_across(request: HttpRequest, wanted: Query[Names]) -> dict[str, Any]:
    """The vendors in filed plans that the caller may know of, 50 a page, by name."""
    found = vendors.vendors(request.auth, wanted.text.replace("\0", ""), wanted.start)
    return {"items": [asdict(v) for v in found]}


@operation("GET", "/infrastructure/vendors/{vendor}/plans", T("供給者が立つ計画", "the plans of a vendor"),
           StandingRows, tags=_ACROSS)  # fmt: skip
def list_plans_of_vendor(request: HttpRequest, vendor: VendorId, wanted: Query[Start]) -> dict[str, Any]:
    """Where a vendor stands, the newest filing first, 50 a page."""
    found, standings = vendors.plans_of(request.auth, vendor, wanted.start)
    rows = [{**asdict(s), "filed_at": instant(s.filed_at) if s.filed_at else None} for s in standings]
    return {"name": found.name, "items": rows}


@operation("POST", "/infrastructure/vendors/{vendor}/reveal", T("封緘された開示を読む", "read a sealed passport"),
           OpenedOut, scopes=_SECRET, tags=_ACROSS)  # fmt: skip
def reveal_passport(request: HttpRequest, vendor: VendorId, asked: OpenIn) -> dict[str, Any]:
    """All that a vendor said in a version with which a plan was filed. The reading is logged before it is answered."""
    said = vendors.reveal(request.auth, asked.case, vendor, asked.version, "api")
    return {"disclosure": record.plain(said)}
