"""The kinds of Chapter 2 against the researched facts: who, from, to, basis, period. Differences have a reason.

An unlisted difference fails the tests, and so does a listed one that is gone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from ch2_facts import load

from kaname.days import Move
from kaname.law import Bases, Provision, Shared
from kaname.procedure.declare import COUNTED, Act, CaseKind, Clock, Consequence, Force, Procedure, done
from kaname.procedure.index import index
from kaname.regimes import kind

# The procedures of the facts that make up each kind, under our ids.
OURS = {
    "supply.product": ("designation", "special_measures", "facility_manager", "pdca", "essential_services"),
    "supply.policy": ("guideline", "policy", "two_step_guideline"),
    "supply.market": ("tariff", "jftc"),
    "supply.plan": (
        "plan", "plan_change", "plan_minor_change", "plan_cancellation", "annual_report", "jftc", "grant",
        "interest_subsidy", "two_step_loan", "sbic", "credit_insurance",
    ),
    "supply.survey": ("survey",),
}  # fmt: skip
# One act, one owner: what the facts name as an act of one procedure is done in another.
MOVED = {"facility_manager.report": "facility_report.submit"}
# What the law does of itself is a consequence here.
SYSTEM = "system clock"
WHO = {
    "applicant": {"applicant"}, "two or more applicants": {"applicant"}, "product minister": {"product_minister"},
    "certified business": {"certified_business"}, SYSTEM: {"system"}, "support body": {"support_body"},
    "lending institution": {"lending_institution"}, "JFTC": {"jftc"}, "ministers": {"ministers"},
    "institution": {"institution"}, "institution / ministers": {"institution", "ministers"},
    "JFC and institution": {"finance_corporation", "institution"},
    "former institution or its general successor": {"institution"}, "investment company": {"investment_company"},
    "guarantee corporation": {"guarantee_corporation"},
    "product ministry, Cabinet Office": {"product_minister", "cabinet_office"},
    "Cabinet Office with the ministry": {"product_minister", "cabinet_office"},
    "Cabinet Office and ministries": {"product_minister", "cabinet_office"}, "Cabinet Office": {"cabinet_office"},
    "product ministries": {"product_minister"}, "Cabinet, ministries": {"cabinet", "product_minister"},
    "Cabinet": {"cabinet"}, "Prime Minister": {"prime_minister"}, "JFC": {"finance_corporation"},
    "facility manager": {"facility_manager"}, "government": {"government"}, "legislature": {"legislature"},
    "minister": {"minister"}, "business": {"business"}, "business / clock": {"business"},
}  # fmt: skip
IN_PRINCIPLE = ("annual_report",)  # the orders say 原則として
# Acts of the facts that are none here, and procedures the facts do not have.
NO_ACTS = {"survey.secrecy": "a duty that outlasts the survey, and the deed that breaks it"}
WITHOUT_FACTS = {
    "technology_protection": "a checklist of the facts, run as a procedure",
    "facility_report": "the yearly report of a facility manager opens by time, a run for each year",
}
FURTHER_STATES = {("plan", "cancelled"), ("plan_change", "change_withdrawn")}
# States that only say "not begun" or repeat the parent; run and parent say it here.
NOT_BEGUN = {
    ("plan_change", "certified"), ("plan_minor_change", "certified"), ("plan_cancellation", "certified"),
    ("annual_report", "not_due"), ("jftc", "not_needed"),
    ("sbic", "eligible"), ("credit_insurance", "eligible"),
    ("guideline", "none"), ("policy", "none"), ("two_step_guideline", "none"),
    ("special_measures", "designated_product"), ("survey", "planned"),
}  # fmt: skip
# reason -> the differences it explains, each as `procedure.act: aspects`
REASONS = {
    "each grant and loan is a run of its own: it begins with the application": (
        "grant.apply: from", "interest_subsidy.apply: from"),
    "decided and notified in one act; the clock is the day for withdrawing": ("grant.decide: period",),
    "the rules may allow payment before completion, and in instalments (note of the fact)": ("grant.pay: from to",),
    "the dates stand in the rules, which were not read": ("grant.status: period",),
    "possible whenever proper use of the budget calls for it (note of the fact)": ("grant.inspect: from to",),
    "paid for each period of interest": ("interest_subsidy.pay: from",),
    "a withdrawn change ends its own run; the plan itself stays certified": ("plan_change.withdraw: to",),
    "a yearly report opens by time, and an end of its year moves no other run": ("annual_report.year_end: from",),
    "no act of the law marks the day an obstacle is recognised: the report names it": (
        "annual_report.impediment: period", "two_step_loan.trouble: period",
        "two_step_loan.trouble_before_loan: period"),
    "one act, one owner: the contract and the yearly report have effect here": (
        "special_measures.facility: who", "special_measures.facility_report: who period"),
    "the report is a run for each year, which time opens; a suspension changes nothing (note of the fact)": (
        "facility_report.submit: from to",),
    "the first round begins with the request": ("pdca.request: from",),
    "each request is a run of its own, begun by gathering data or at once": (
        "tariff.gather: from", "tariff.request: from"),
    "the law does it; a ministry notes which service it takes to be covered, the text being unread": (
        "essential_services.extend: who from",),
    "the minister may note that no answer came": ("survey.no_answer: who",),
    "an answer that comes late, or the rest of one, is taken too": ("survey.answer: from", "survey.partial: from"),
    "the duty to publish does not end with the investigation": ("tariff.publish: from to",),
    "revoked also after the amount is fixed, and while monitored (Subsidy Act Art. 17)": ("grant.revoke: from",),
    "documents that never come: the application is refused (Administrative Procedure Act Art. 7, note of the fact)": (
        "plan.refuse: from", "plan_change.refuse: from"),
    "rules and agreement change while loans run, and what hinders the work is told then too": (
        "two_step_loan.rules_change: from to", "two_step_loan.rules_order: from to",
        "two_step_loan.agreement_change: from to", "two_step_loan.trouble: from to"),
    "contracts are finished, and their books kept, after a stop or a revocation (note of tsl.finish; Art. 24)": (
        "two_step_loan.books: from to", "two_step_loan.finish: from to"),
    "rules that are not approved are put forward anew": ("facility_manager.rules_apply: from",),
    "an application for approval of rules shuts out no order and no revocation (Art. 45(9), (10))": (
        "facility_manager.order: from to", "facility_manager.revoke: from"),
}  # fmt: skip
# Acts the facts do not name, and why they are needed.
EXTRA_ACTS = {
    "plan.note_numbers": "practice: numbers that a plan states are written down; no law asks for them",
    "two_step_loan.apply": "the facts begin with the application, which somebody makes",
    "grant.repay_part": "a part is paid before the rest (Subsidy Act Art. 19(1))",
    "annual_report.answer": "the answer to a demand, whose lack is punished (Art. 96(iv))",
    "survey.leak": "the deed that Art. 93 punishes",
    "designation.hear_experts": "practice: the products of 2022 were taken up in a meeting of experts",
    "designation.record_designated": "products designated before an office kept their case are entered",
    "facility_manager.apply": "the facts begin with the application, which somebody makes",
    "two_step_guideline.policy_set": "the deed that Art. 98(i) punishes",
    "two_step_loan.stop_unnotified": "the deed of Art. 96(ii)",
    "two_step_loan.agree_unapproved": "the deed of Art. 98(ii)",
    "tariff.extend": "the periods can be extended by up to six months (note of the fact)",
    "tariff.extend_surge": "that of a safeguard as needed (note of the fact)",
}

LAWS = {
    "orders": "supply_orders", "Administrative Procedure Act": "administrative_procedure_act",
    "Act No. 179 of 1955": "subsidy_act", "two-ministry order": "loan_order", "order": "loan_order",
    "Cabinet Order": "order", "amendment of Cabinet Order": "order", "Customs Tariff Act": "customs_tariff_act",
}  # fmt: skip
NO_LENGTH = ("starts_clock", "reasonable_interval")
PLACE = re.compile(r"\d+(?:-\d+)*(?:\([ivx0-9]+\))*(?:-\([ivx0-9]+\))?")


@dataclass(frozen=True)
class Element:
    who: set[str]
    sources: set[str]
    targets: set[str]
    basis: set[str]
    clocks: list[Clock]


def declared(of: CaseKind) -> dict[str, Element]:
    return {f"{p.id}.{e.id}": element(of, p, e) for p in of.procedures for e in (*p.acts, *p.consequences)}


def element(of: CaseKind, p: Procedure, e: Act | Consequence) -> Element:
    who = {r.id for r in e.roles} if isinstance(e, Act) else {"system"}
    started = {n for c in p.consequences if isinstance(e, Act) and done(e.id) in c.upon for n in c.starts}
    names = (*e.starts, *e.meets, *e.stops, *started)
    clocks = [index(of).clocks[n if "." in n else f"{p.id}.{n}"] for n in names]
    sources, targets = {s for s, _ in e.moves}, {t for _, t in e.moves}
    if p.start and not p.recurs:
        sources |= {p.start} & sources
    return Element(who, sources, targets, cites(e.basis), clocks)


def cites(basis: Bases) -> set[str]:
    """Each provision, parts of a sentence left out; that of an order under its common number."""
    found = set()
    for b in basis:
        for one in b.orders[0][1] if isinstance(b, Shared) else (b,):
            for cited in (one, *(p for _, p in one.renumbered)) if isinstance(one, Provision) else ():
                law = "" if cited.law.id == "espa" else cited.law.id
                found.update(f"{law} {n}".strip() for n in spread(cited.citation))
    return found


def spread(place: str) -> Iterator[str]:
    """`9(1)-(3)` as 9(1), 9(2), 9(3); anything else as it stands, without parts of a sentence."""
    place = re.sub(r" (proviso|main text|first sentence|second sentence)$", "", place)
    found = re.fullmatch(r"(\d+(?:-\d+)*)\((\d+)\)-\((\d+)\)", place)
    if not found:
        yield place
        return
    for n in range(int(found[2]), int(found[3]) + 1):
        yield f"{found[1]}({n})"


def wanted(text: str, orders: str = "supply_orders") -> Iterator[str]:
    """The places of `arts. 10(3), 9(6); orders art. 5(6) (MLIT art. 6(6))`, in the same form."""
    text = re.sub(
        r"\([^()]*(?:MLIT|breach|changed circumstances|discretion|optional|paid|after)[^()]*(?:\([^()]*\))*[^()]*\)",
        "",
        text,
    )
    for _ in range(3):  # 11(1) or (2); 16(1), (4); 13(1)-(2), (5); 30(1) subsidies, (2) dumping, (3) circumvention
        text = re.sub(r"(\d+)(\(\d+\)(?:-\(\d+\))?)(?: +[a-z]+)*(?: +or|,) (\(\d+\))", r"\1\2, \1\3", text)
    law = ""
    for part in re.split(r"; *| or (?=art)", text):
        if not part.startswith("art."):
            law = next((id for name, id in LAWS.items() if part.startswith(name)), "")
        law = orders if law == "supply_orders" else law
        _, several, places = (
            re.sub("Act No. 179 of 1955", "", part).partition("arts. ") if "arts." in part else ("", "", part)
        )
        for place in PLACE.findall(re.sub("Act No. 179 of 1955", "", places)) if re.search(r"\barts?\.", part) else ():
            span = re.fullmatch(r"(\d+)-(\d+)", place)
            if several and span and int(span[1]) < int(span[2]):  # arts. 6-8, which is no branch article
                yield from (f"{law} {n}".strip() for n in range(int(span[1]), int(span[2]) + 1))
            else:
                yield from (f"{law} {n}".strip() for n in spread(place))


def fact_acts(kind_id: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    for p in load()["procedures"]:
        procedure = p["id"].removeprefix("ch2.")
        for act in p["acts"] if procedure in OURS[kind_id] else ():
            name = f"{procedure}.{act['id'].partition('.')[2]}"
            if name not in NO_ACTS:
                yield procedure, act, MOVED.get(name, name)


def differences() -> dict[tuple[str, str], str]:
    found = {}
    for kind_id in OURS:
        ours = declared(kind(kind_id))
        for procedure, act, name in fact_acts(kind_id):
            assert name in ours, f"{name} is not declared"
            found.update({(name, aspect): detail for aspect, detail in compare(procedure, act, ours[name])})
    return found


def compare(procedure: str, act: dict[str, Any], ours: Element) -> Iterator[tuple[str, str]]:
    if WHO[act["who"]] != ours.who:
        yield "who", f"facts {act['who']}, declared {sorted(ours.who)}"
    sources = {"" if (procedure, s) in NOT_BEGUN else s for s in act["from"]}
    if sources != ours.sources:
        yield "from", f"facts {sorted(sources)}, declared {sorted(ours.sources)}"
    if {act["to"]} != ours.targets:
        yield "to", f"facts {act['to']}, declared {sorted(ours.targets)}"
    missing = {
        w
        for w in wanted(
            act["legal_basis"], "support_maff_order" if procedure == "interest_subsidy" else "supply_orders"
        )
        if not any(near(w, c) for c in ours.basis)
    }
    if missing:
        yield "basis", f"not cited: {sorted(missing)}; cited {sorted(ours.basis)}"
    for period in act["periods"]:
        if period["kind"] not in NO_LENGTH and not any(fits(period, c, procedure) for c in ours.clocks):
            yield "period", f"facts {period['kind']}, declared {[c.id for c in ours.clocks]}"


def near(w: str, c: str) -> bool:
    return c == w or c.startswith(f"{w}(") or w.startswith(f"{c}(")


def fits(period: dict[str, Any], clock: Clock, procedure: str = "") -> bool:
    sort = period["kind"]
    if sort == "without_delay":
        return clock.force is Force.WITHOUT_DELAY
    if sort == "set_by_authority":
        return any(count.length is None for count in clock.counts)
    deadline = Force.IN_PRINCIPLE if procedure in IN_PRINCIPLE else Force.DEADLINE
    force = {"processing_target": Force.TARGET, "deadline": deadline}.get(sort, clock.force)
    moves = (clock.kind.move is not Move.NONE) is str(period["holiday_shift"]).startswith("yes")
    unit = f"{period['unit'].rstrip('s')}s"
    return (
        clock.force is force
        and moves
        and any(
            (count.first_day is COUNTED) is period["first_day_counts"]
            and getattr(count.length, unit) == period["length"]
            for count in clock.counts
            if count.length is not None
        )
    )


def listed() -> dict[tuple[str, str], str]:
    return {
        (entry.partition(": ")[0], aspect): reason
        for reason, entries in REASONS.items()
        for entry in entries
        for aspect in entry.partition(": ")[2].split()
    }


def test_every_difference_of_chapter_2_is_listed():
    known = listed()
    assert {k: v for k, v in differences().items() if k not in known} == {}


def test_no_listed_difference_of_chapter_2_is_gone():
    assert set(listed()) - set(differences()) == set()


def test_every_further_act_of_chapter_2_has_a_reason():
    ours = {f"{p.id}.{a.id}" for id in OURS for p in kind(id).procedures if p.id in OURS[id] for a in p.acts}
    told = {name for id in OURS for _, _, name in fact_acts(id)}
    assert ours - told == set(EXTRA_ACTS)


@pytest.mark.parametrize("kind_id", OURS)
def test_states_of_the_facts_are_declared_and_cancelled_is_added(kind_id):
    named = {p["id"].removeprefix("ch2."): p["states"] for p in load()["procedures"]}
    facts = {(id, s) for id in OURS[kind_id] for s in named[id]} - NOT_BEGUN
    ours = {(p.id, s) for p in kind(kind_id).procedures if p.id in OURS[kind_id] for s in p.states}
    assert facts - ours == set()
    assert ours - facts == {(p, s) for p, s in FURTHER_STATES if p in OURS[kind_id]}


@pytest.mark.parametrize("kind_id", OURS)
def test_every_procedure_of_a_kind_is_compared_or_has_a_reason(kind_id):
    assert {p.id for p in kind(kind_id).procedures} - set(OURS[kind_id]) <= set(WITHOUT_FACTS)
