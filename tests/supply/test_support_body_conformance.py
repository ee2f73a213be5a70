"""The support body against the researched facts: who, from, to, basis, period. Differences are listed with a reason.

The comparison is that of the supply plan. The periods of a business year run in `support_year`; a consequence there
brings what is filed to its clock, so its clocks count as those of the act that it follows.
"""

import re
from collections.abc import Iterator
from typing import Any

from ch2_facts import load
from test_supply_conformance import SYSTEM, cites, fits, near, wanted

from kaname.procedure.declare import Act, Clock, Procedure
from kaname.procedure.index import index
from kaname.regimes import kind

KIND = kind("supply.support_body")
OURS = ("support_corporation", "support_agency", "inspection", "name_change_notice")
BODIES = {"support_body", "institution", "facility_manager"}
MINISTERS = {"body_ministers", "ministers", "product_minister"}
WHO = {
    "corporation": {"support_body"}, "ministers": {"body_ministers"}, "product minister": {"product_minister"},
    "corporation / ministers": {"support_body", "body_ministers"},
    "corporation / State": {"support_body", "body_ministers"},
    "officers and staff, present and past": {"body_staff"}, "former corporation": {"support_body"},
    "minister": {"product_minister"}, "agency": {"support_body"},
    "agency, minister": {"support_body", "product_minister"},
    "legislature": {"legislature"}, "body": BODIES, "ministry staff": {"inspector"}, SYSTEM: {"system"},
    "minister supervising the agency (METI for NEDO and JOGMEC, MHLW for NIBIOHN)": {"product_minister"},
    "institution, corporation or agency": {"support_body", "institution"},
}  # fmt: skip
NOT_BEGUN = {("inspection", "open"), ("name_change_notice", "planned")}
REASONS = {
    "a case begins with the application": ("support_corporation.apply: from",),
    "the ministers of every kind of body": (
        "inspection.demand: who", "inspection.order: who", "inspection.close: who", "name_change_notice.publish: who"),
    "changed rules, approved in operation, are published too (Art. 33(5))": (
        "support_corporation.rules_publish: from to",),
    "plan and budget of the year to come are owed during a suspension too": (
        "support_corporation.plan: from to", "support_corporation.plan_publish: from to"),
    "money was added to the funds of agencies (supplementary budget of fiscal 2023)": ("support_agency.fund: from",),
    "a suspended corporation still accounts for its years, one whose work ended for those before (question 217)": (
        "support_corporation.accounts: from to", "support_corporation.fund_report: from to",
        "support_corporation.books: from to"),
    "the agencies stand in the table of the Act from the start": (
        "support_agency.listed: from", "support_agency.designate: from"),
    "a demand is answered also while an inspection or an order follows": ("inspection.answer: from to",),
}  # fmt: skip
EXTRA_ACTS = {
    "support_corporation.plan_apply": "applied for by the last day, approved later",
    "support_corporation.treasury_pay": "the payment that the order asks for",
    "support_agency.treasury_pay": "the payment that the order asks for",
    "support_corporation.stop_unpermitted": "the deed of Art. 96(iii)",
    "support_corporation.invest_otherwise": "the deed of Art. 99",
    "support_agency.invest_otherwise": "the deed of Art. 99",
    "support_corporation.leak": "the deed of Art. 95(1)(i)",
    "inspection.obstruct": "the deed of Art. 96(v)",
}
AGENCY_LAWS = {"NEDO Act": "nedo_act", "JOGMEC Act": "jogmec_act", "NIBIOHN Act": "nibiohn_act"}


def places(text: str) -> set[str]:
    """The places of a fact's basis; the acts of the agencies and the joint orders under our ids."""
    text, found = text.replace(" and their enforcement orders", ""), set()
    for name, id in AGENCY_LAWS.items():
        for article in re.findall(rf"{name} art\. (\d+-\d+)", text):
            found.add(f"{id} {article}")
        text = re.sub(rf"[;,]? *{name} art\. \S+", "", text)
    text = text.replace("orders of the ", "").replace(" second sentence", "")
    text = re.sub(r"two-ministry order art\. 6, support-corporation orders", "orders", text)
    text = re.sub(r"end of the period stated in the permission \((art\. 40\(1\)).*", r"\1", text)
    text = text.replace("48(5), (6), (7)", "48(5)-(7)")
    return found | set(wanted(text, "support_orders"))


def clocks_of(p: Procedure, act: Act) -> list[Clock]:
    """The clocks an act touches, itself or by what the law does upon it."""
    own = [index(KIND).clocks[n if "." in n else f"{p.id}.{n}"] for n in (*act.starts, *act.meets, *act.stops)]
    for listener in KIND.procedures:
        for c in listener.consequences:
            if any(t.name in (f"{p.id}.{act.id}", act.id if listener is p else "") for t in c.upon):
                own += [index(KIND).clocks[f"{listener.id}.{n}"] for n in (*c.starts, *c.meets)]
    return own


def fact_acts() -> Iterator[tuple[str, dict[str, Any], str]]:
    for p in load()["procedures"]:
        id = p["id"].removeprefix("ch2.")
        if id in OURS:
            for act in p["acts"]:
                yield id, act, act["id"].partition(".")[2]


def compare(procedure: str, fact: dict[str, Any], p: Procedure, ours: Act) -> Iterator[tuple[str, str]]:
    if WHO[fact["who"]] != {r.id for r in ours.roles}:
        yield "who", f"facts {fact['who']}, declared {[r.id for r in ours.roles]}"
    sources = {"" if (procedure, s) in NOT_BEGUN else s for s in fact["from"]}
    if sources != {s for s, _ in ours.moves}:
        yield "from", f"facts {sorted(sources)}, declared {ours.moves}"
    if {fact["to"]} != {t for _, t in ours.moves}:
        yield "to", f"facts {fact['to']}, declared {ours.moves}"
    missing = {w for w in places(fact["legal_basis"]) if not any(near(w, c) for c in cites(ours.basis))}
    if missing:
        yield "basis", f"not cited: {sorted(missing)}; cited {sorted(cites(ours.basis))}"
    for period in fact["periods"]:
        if not any(suits(period, c) for c in clocks_of(p, ours)):
            yield "period", f"facts {period}, declared {[c.id for c in clocks_of(p, ours)]}"


def suits(period: dict[str, Any], clock: Clock) -> bool:
    """A deadline of the Act is one, not in principle; a month counted backward is a day rule (question 101)."""
    if str(period["start_event"]).endswith("counted backward"):
        return clock.id == "plan_due" and clock.question == 101
    if period["kind"] == "deadline":
        period = {**period, "kind": "of the Act"}
    return fits(period, clock)


def differences() -> dict[tuple[str, str], str]:
    found = {}
    for procedure, fact, id in fact_acts():
        p = KIND.procedure(procedure)
        ours = next((a for a in p.acts if a.id == id), None)
        assert ours is not None, f"{procedure}.{id} is not declared"
        found.update({(f"{procedure}.{id}", aspect): told for aspect, told in compare(procedure, fact, p, ours)})
    return found


def listed() -> set[tuple[str, str]]:
    return {
        (entry.partition(": ")[0], aspect)
        for entries in REASONS.values()
        for entry in entries
        for aspect in entry.partition(": ")[2].split()
    }


def test_every_difference_of_a_support_body_is_listed():
    assert {k: v for k, v in differences().items() if k not in listed()} == {}


def test_no_listed_difference_of_a_support_body_is_gone():
    assert listed() - set(differences()) == set()


def test_every_further_act_of_a_support_body_has_a_reason():
    ours = {f"{p.id}.{a.id}" for p in KIND.procedures if p.id in OURS for a in p.acts}
    assert ours - {f"{procedure}.{id}" for procedure, _, id in fact_acts()} == set(EXTRA_ACTS)


def test_states_of_support_bodies_are_those_of_the_facts():
    facts = {(p["id"].removeprefix("ch2."), s) for p in load()["procedures"] for s in p["states"]}
    facts = {(p, s) for p, s in facts if p in OURS} - NOT_BEGUN
    assert facts == {(p.id, s) for p in KIND.procedures if p.id in OURS for s in p.states}
