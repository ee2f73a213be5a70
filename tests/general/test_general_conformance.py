"""The guidelines and the policy cycle against the researched facts: who, from, to, basis. Differences have a reason."""

import re

import pytest
from general_facts import load

from kaname.law import Provision
from kaname.procedure.declare import Act
from kaname.regimes import KINDS, kind
from kaname.regimes.general.catalogue.guidelines import GUIDELINES

OF = "general.guideline"
WHO = {"prime_minister": "prime_minister", "cabinet": "cabinet"}
# The facts' name of an act -> ours; what the law does of itself is a consequence here.
NAMES = {"replace": "replace", "GDL_DRAFT": "draft", "GDL_HEAR": "hear_experts", "GDL_CABINET": "decide",
         "GDL_PUBLISH": "publish", "GDL_REVISE": "draft"}  # fmt: skip
STATES = {"none": "", "cabinet_decided": "decided"}
DIFFERENCES = {
    ("technology_guideline", "replace", "who"): "the law does it: a decision on a change replaces the edition before",
    ("infrastructure_guideline", "GDL_CABINET", "who"): "the Prime Minister asks, the Cabinet decides (Art. 49(3))",
    ("infrastructure_guideline", "GDL_CABINET", "from"): "asked for in an act of its own, as in the facts on Art. 60",
    (
        "infrastructure_guideline",
        "GDL_REVISE",
        "from",
    ): "a change is an edition of its own, the one before stands",
    ("technology_guideline", "replace", "from"): "one that was decided and not yet published is replaced too",
}
EXTRA_ACTS = {
    ("technology_guideline", "draft"): "the facts begin with the draft, which somebody makes",
    ("technology_guideline", "record_decided"): "decisions taken before an office kept the case are entered",
    ("infrastructure_guideline", "record_decided"): "decisions taken before an office kept the case are entered",
    ("infrastructure_guideline", "request_decision"): "the Prime Minister asks for the decision (Art. 49(3))",
}


def facts():
    t1 = next(p for p in load("ch4_technology")["procedures"] if p["id"] == "T1")
    p01 = next(p for p in load("ch3_infrastructure")["procedures"] if p["id"] == "P01_BASIC_GUIDELINE")
    return {"technology_guideline": t1, "infrastructure_guideline": p01}


def several(value):
    return value if isinstance(value, list) else [value]


def cited(element):
    return {p.citation for p in element.basis if isinstance(p, Provision)}


def differences(procedure, of):
    ours = {e.id: e for e in (*procedure.acts, *procedure.consequences)}
    for act in of["acts"]:
        mine = ours[NAMES.get(act["id"], act["id"])]
        if not isinstance(mine, Act) or {WHO[act["who"]]} != {r.id for r in mine.roles}:
            yield act["id"], "who"
        if {STATES.get(s, s) for s in several(act["from"])} != {s for s, _ in mine.moves}:
            yield act["id"], "from"
        if {STATES.get(act["to"], act["to"])} != {t for _, t in mine.moves}:
            yield act["id"], "to"
        if not set(spread(act["legal_basis"])) <= cited(mine):
            yield act["id"], "basis"


def spread(place):
    """49(2)-(3) as 49(2), 49(3)."""
    found = re.fullmatch(r"(\d+)\((\d+)\)(?:-\((\d+)\))?", place)
    return [f"{found[1]}({n})" for n in range(int(found[2]), int(found[3] or found[2]) + 1)]


def test_every_difference_is_listed_and_none_is_gone():
    found = {(id, *one) for id, of in facts().items() for one in differences(kind(OF).procedure(id), of)}
    assert found == set(DIFFERENCES)


def test_every_further_act_has_a_reason():
    told = {(id, NAMES.get(a["id"], a["id"])) for id, of in facts().items() for a in of["acts"]}
    ours = {(id, a.id) for id in facts() for a in kind(OF).procedure(id).acts}
    assert ours - told == set(EXTRA_ACTS)


@pytest.mark.parametrize("id", ["technology_guideline", "infrastructure_guideline"])
def test_states_are_those_of_the_facts(id):
    wanted = {STATES.get(s, s) for s in facts()[id]["states"]} - {""}
    assert wanted <= set(kind(OF).procedure(id).states)


def test_what_the_general_articles_let_the_prime_minister_do_is_an_act_here():
    roles: dict[str, set[str]] = {}
    for act in (a for p in kind(OF).procedures for a in p.acts):
        for place in cited(act):
            roles.setdefault(place, set()).update(r.id for r in act.roles)
    several_places = {"2(3)-(5)": ["2(3)", "2(4)", "2(5)"]}
    rows = [r for r in load()["articles"] if r["article"][:2] in ("2(", "3(") and r["actor"] == "Prime Minister"]
    for place in (p for r in rows for p in several_places.get(r["article"], [r["article"]])):
        assert "prime_minister" in roles[place], place
    adopted = next(r["adopted"] for r in load()["articles"] if "adopted" in r)
    assert str(GUIDELINES["basic_policy"].editions[0].decided_on) == adopted


def test_publication_has_no_last_day():
    for row in load()["articles"]:
        if row["article"] == "2(3)-(5)":
            assert row["period"].startswith("without delay")
    for id in ("basic_policy", *facts()):
        clock = kind(OF).procedure(id).clocks[0]
        assert (clock.force, clock.counts) == ("without_delay", ())


def test_each_guideline_has_one_owner():
    """Of one article the acts stand in one kind only; the catalogue names it."""
    for guideline in GUIDELINES.values():
        article = guideline.basis[0].citation
        owners = {
            of.id
            for of in KINDS.values()
            for p in of.procedures
            if any(isinstance(b, Provision) and b.citation == article and b.law.id == "espa" for b in p.basis)
            and {"draft", "decide", "publish"} <= {a.id for a in p.acts}
        }
        assert owners == {guideline.kind}, guideline.id
        assert guideline.procedure in {p.id for p in kind(guideline.kind).procedures}
