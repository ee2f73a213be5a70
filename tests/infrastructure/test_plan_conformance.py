"""The plan against the researched facts: who, from, to, basis, period. Differences are listed with a reason.

An unlisted difference fails the tests, and so does a listed one that is gone.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from ch3_facts import load

from kaname.days import Move
from kaname.law import Bases, Provision, Shared
from kaname.law.penalties import ALIASES
from kaname.procedure.declare import COUNTED, Act, Clock, Consequence, Force, Procedure
from kaname.procedure.index import index
from kaname.regimes import kind

KIND = kind("infrastructure.plan")

# The procedures of the facts that make up a plan, under our ids.
OURS = {
    "P04_PRIOR_CONSULTATION": "prior_consultation", "P05_INTRODUCTION_PLAN": "introduction_plan",
    "P05M_ENTRUSTED_MAINTENANCE_PLAN": "entrusted_maintenance_plan",
    "P06_CONSULTATION_WITH_PM": "consultation_with_pm", "P07_EXTENSION_SHORTENING": "extension_shortening",
    "P08_RECOMMENDATION_ORDER": "recommendation_order", "P09_EMERGENCY": "emergency", "P10_PLAN_CHANGE": "plan_change",
    "P11_POST_RECOMMENDATION": "post_recommendation", "P13_INFORMATION_AND_COOPERATION": "information_and_cooperation",
}  # fmt: skip
# States that only say "not begun"; run and parent say it here.
NOT_BEGUN = {
    ("prior_consultation", "none"), ("recommendation_order", "none"), ("plan_change", "plan_in_force"),
    ("post_recommendation", "cleared_or_introduced"), ("emergency", "normal"),
}  # fmt: skip
# Facts that give an act another name, and the acts and consequences that are meant.
RENAMED = {
    "extension_shortening.1": "extension_shortening.extend", "extension_shortening.2": "extension_shortening.shorten",
    "extension_shortening.3": "extension_shortening.over", "introduction_plan.extend": "introduction_plan.extended",
    "introduction_plan.shorten": "introduction_plan.shortened",
    "introduction_plan.shorten_ext": "introduction_plan.shortened",
    "introduction_plan.recommend": "introduction_plan.recommended",
    "recommendation_order.silent": "recommendation_order.silent",
}  # fmt: skip
# Whose act it is where the facts name it at the plan too: basis and period are the owner's.
OWNERS = {
    "introduction_plan.extend": "extension_shortening.extend",
    "introduction_plan.shorten": "extension_shortening.shorten",
    "introduction_plan.shorten_ext": "extension_shortening.shorten",
    "introduction_plan.recommend": "recommendation_order.issue",
}
ONE_OWNER = "one act, one owner: the standstill and the recommendation own the act, this is what it does to the plan"
# reason -> the differences it explains, each as `procedure.act: aspects`
REASONS = {
    ONE_OWNER: ("introduction_plan.extend: who", "introduction_plan.shorten: who", "introduction_plan.shorten_ext: who",
        "introduction_plan.recommend: who"),
    "one act shortens both: the thirty days (52(3)) and an extended standstill (52(5))": (
        "introduction_plan.shorten: from", "introduction_plan.shorten_ext: from"),
    "a period shortened but not over is still the period of Art. 52(6)": ("introduction_plan.recommend: from",),
    "the standstill can end while the answer is awaited; then the plan is free too": ("introduction_plan.lapse: from",),
    "a deed can be done in any state, and under a ban it is a breach": (
        "introduction_plan.introduce: from to", "entrusted_maintenance_plan.start: from to"),
    "asked again after an earlier consultation was closed": ("prior_consultation.ask: from",),
    "views given in a voluntary exchange conclude no consultation under Art. 56(1)": (
        "consultation_with_pm.opinion: to",),
    "the heads of other organs are consulted too, and each gives an opinion (Art. 56(1))": (
        "consultation_with_pm.opinion: who from",
    ),
    "one run for each subject: the next recommendation or order opens the gate again": (
        "consultation_with_pm.voluntary: from", "consultation_with_pm.mandatory: from"),
    "late stays late, and an answer within its ten days is open after the standstill (question 321)": (
        "recommendation_order.accept: from to", "recommendation_order.refuse: from to",
        "post_recommendation.reply: from to", "post_recommendation.refuse: from to",
        "recommendation_order.silent: from to"),
    "an authority's ledger does not hold how the operator classified the change": (
        "plan_change.propose: from", "plan_change.emergency: from", "plan_change.report: from",
        "plan_change.record: from"),
    "an authority's ledger begins with the filing, without the drafting in the operator's house": (
        "introduction_plan.file: from",
        "entrusted_maintenance_plan.file: from",
    ),
    "a change is classified anew when more is known": ("plan_change.classify: from",),
    "Art. 54(2) applies Art. 52(4) to (10) too: the same states as a plan": ("plan_change.clear: from",),
    "a new recommendation stays possible after an earlier one": ("post_recommendation.recommend: from",),
}  # fmt: skip

# Acts the facts do not name, and why they are needed.
EXTRA_ACTS = {
    "introduction_plan.draft": "the state of the facts before a filing, entered by who prepares one",
    "entrusted_maintenance_plan.draft": "the state of the facts before a filing, entered by who prepares one",
    "entrusted_maintenance_plan.return": "inherited from the introduction plan",
    "entrusted_maintenance_plan.accept": "inherited from the introduction plan",
    "entrusted_maintenance_plan.stop": "inherited from the introduction plan",
    "plan_change.return": "Art. 54(2): as for a plan",
    "plan_change.stop": "Art. 54(2): as for a plan",
    "plan_change.carry_out": "the deed that the standstill of a change bans",
    "plan_change.file_emergency": "the change comes first, its filing later (Art. 54(3))",
}


LAWS = {"FSA/METI/MLIT Order": "ministry_orders", "MIC Order": "mic_order", "Enforcement Order": "order"}
PLACE = re.compile(rf"({'|'.join(LAWS)})? ?(\d+(?:-\d+)*(?:\([^)]+\))*|\(\d+\))(-\(\d+\))?")


@dataclass(frozen=True)
class Element:
    who: frozenset[str]
    sources: frozenset[str]
    targets: frozenset[str]
    basis: frozenset[str]
    clocks: tuple[Clock, ...]


def declared() -> dict[str, Element]:
    found = {}
    for p in KIND.procedures:
        for e in (*p.acts, *p.consequences):
            found[f"{p.id}.{e.id}"] = element(p, e)
    return found


def element(p: Procedure, e: Act | Consequence) -> Element:
    who = {r.id for r in e.roles} if isinstance(e, Act) else {"system"}
    names = {*e.starts, *e.meets, *(x.clock for x in ((*e.extends, *e.shortens) if isinstance(e, Act) else ()))}
    for event in ("done", "receipt"):  # what the law starts upon it
        for heard in index(KIND).listeners.get((event, f"{p.id}.{e.id}"), ()):
            names |= {c if "." in c else f"{heard.procedure.id}.{c}" for c in heard.consequence.starts}
    clocks = tuple(index(KIND).clocks[n if "." in n else f"{p.id}.{n}"] for n in names)
    return Element(
        frozenset(who), frozenset(s for s, _ in e.moves), frozenset(t for _, t in e.moves), cites(e.basis), clocks
    )


def cites(basis: Bases) -> frozenset[str]:
    """Each provision of the Act, parts of a sentence left out; an order under its law and common number."""
    found = set()
    for b in basis:
        for one in (p for _, ps in b.orders for p in ps) if isinstance(b, Shared) else (b,):
            if isinstance(one, Provision):
                place = re.sub(r" (proviso|main text)$", "", one.citation)
                found.add(place if one.law.id == "espa" else f"{one.law.id} {place}")
    return frozenset(found)


def wanted(text: str) -> list[str]:
    """The places of `52(3) proviso; FSA/METI/MLIT Order 18, MIC Order 19`, in the same form."""
    places = []
    for part in re.split(r";| with | or ", text):
        law = ""
        for one in part.split(","):
            found = PLACE.search(one)
            if not found:
                continue
            law = LAWS.get(found[1], law)
            place = found[2]
            if place.startswith("("):  # 52(8), (10)
                place = places[-1].split()[-1].split("(")[0] + place
            span = re.fullmatch(r"(\d+)-(\d+)", place)
            numbers = range(int(span[1]), int(span[2]) + 1) if span and law else (place,)
            if found[3]:  # 52(8)-(9)
                article, first = re.fullmatch(r"(\d+)\((\d+)\)", place).groups()
                numbers = [f"{article}({n})" for n in range(int(first), int(found[3].strip("-()")) + 1)]
            places += [f"{law} {n}".strip() for n in numbers]
    return places


def fact_acts():
    for p in load()["procedures"]:
        if p["id"] in OURS:
            for act in p["acts"]:
                yield OURS[p["id"]], act, f"{OURS[p['id']]}.{act['id'].partition('_')[2].lower()}"


def differences() -> dict[tuple[str, str], str]:
    found, ours = {}, declared()
    for procedure, act, name in fact_acts():
        other = RENAMED.get(name, name)
        assert other in ours, f"{name} is not declared"
        owner = ours[OWNERS.get(name, other)]
        here = replace(ours[other], basis=owner.basis, clocks=owner.clocks)
        found.update({(name, aspect): detail for aspect, detail in compare(procedure, act, here)})
    return found


def compare(procedure: str, act: dict[str, Any], ours: Element):
    if {act["who"]} != ours.who:
        yield "who", f"facts {act['who']}, declared {sorted(ours.who)}"
    sources = {"" if (procedure, s) in NOT_BEGUN else s for s in act["from"]}
    targets = sources if act["to"] == "same" else {act["to"]}
    if sources != ours.sources:
        yield "from", f"facts {sorted(sources)}, declared {sorted(ours.sources)}"
    if targets != ours.targets:
        yield "to", f"facts {sorted(targets)}, declared {sorted(ours.targets)}"
    missing = {w for w in wanted(act["legal_basis"]) if not any(c == w or c.startswith(f"{w}(") for c in ours.basis)}
    if missing:
        yield "basis", f"not cited: {sorted(missing)}; cited {sorted(ours.basis)}"
    clock = act.get("clock") or {}
    if "length" in clock and not any(fits(clock, c) for c in ours.clocks) and clock["length"] != "no_time_limit":
        yield "period", f"facts {clock}, declared {[c.id for c in ours.clocks]}"


def fits(period: dict[str, Any], clock: Clock) -> bool:
    if period["length"] == "without_delay":
        return clock.force is Force.WITHOUT_DELAY
    count = clock.counts[0] if clock.counts else None
    if count is None or count.length is None or clock.force is Force.TARGET:
        return False
    first = (count.first_day is COUNTED) is period["first_day_counts"]
    moves = (clock.kind.move is not Move.NONE) is period["holiday_shift"]
    return first and moves and getattr(count.length, period["unit"]) == period["length"]


def listed() -> dict[tuple[str, str], str]:
    return {
        (entry.partition(": ")[0], aspect): reason
        for reason, entries in REASONS.items()
        for entry in entries
        for aspect in entry.partition(": ")[2].split()
    }


def test_every_difference_from_the_facts_is_listed():
    known = listed()
    assert {k: v for k, v in differences().items() if k not in known} == {}


def test_no_listed_difference_is_gone():
    assert set(listed()) - set(differences()) == set()


def test_all_procedures_and_acts_of_a_plan_are_declared():
    assert set(OURS.values()) == {p.id for p in KIND.procedures}
    assert len(list(fact_acts())) == 52


def test_the_cap_of_an_extension_is_that_of_the_facts():
    extend = next(a for p in KIND.procedures for a in p.acts if a.id == "extend").extends[0]
    fact = next(a for _, a, name in fact_acts() if name == "extension_shortening.1")["clock"]
    assert (extend.cap.months, extend.counted_from) == (fact["max_length"], "start")


def test_acts_named_twice_in_the_facts_are_known_under_both_names():
    acts = index(KIND).acts
    for name in OWNERS:
        for subject in ("introduction_plan", "entrusted_maintenance_plan", "plan_change"):
            assert acts[name.replace("introduction_plan", subject)].name == OWNERS[name]


def test_every_further_act_has_a_reason():
    named = {RENAMED.get(name, name) for _, _, name in fact_acts()} | {"recommendation_order.issue"}
    acts = {f"{p.id}.{a.id}" for p in KIND.procedures for a in p.acts}
    assert acts - named == set(EXTRA_ACTS)


def test_states_of_the_facts_are_declared():
    facts = {(OURS[p["id"]], s) for p in load()["procedures"] if p["id"] in OURS for s in p["states"]} - NOT_BEGUN
    assert facts - {(p.id, s) for p in KIND.procedures for s in p.states} == set()


def test_penalties_are_those_of_the_facts():
    text = str([p for p in load()["procedures"] if p["id"] in OURS])
    wanted = {ALIASES[found] for found in re.findall(r"PEN_\d+_\d+(?:_\d+)?", text)}
    used = {x.penalty for p in KIND.procedures for x in (*p.bans, *p.duties, *p.acts) if isinstance(x.penalty, str)}
    assert used == wanted


@pytest.mark.parametrize("number", sorted(KIND.notes))
def test_every_open_question_has_its_note(number):
    assert len(list((Path(__file__).parents[2] / "docs" / "law").glob(f"{number:04}-*.md"))) == 1
