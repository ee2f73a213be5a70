"""The kinds of Chapter 4 against the researched facts: who, from, to, basis, nature, fields, period, penalty.

An unlisted difference fails, and so does a listed one that is gone. What each part lists, and why, stands in its module
(`programme_part`, ...).
"""

import pytest
from ch4_facts import Part, differences, fact_acts, listed, load, places
from ch4_parts import PARTS

from kaname.regimes import KINDS

every_part = pytest.mark.parametrize("part", PARTS, ids=lambda p: "+".join(p.procedures))


@every_part
def test_every_difference_is_listed(part: Part):
    known = listed(part)
    assert {k: v for k, v in differences(part).items() if k not in known} == {}


@every_part
def test_no_listed_difference_is_gone(part: Part):
    assert set(listed(part)) - set(differences(part)) == set()


@every_part
def test_every_further_act_has_a_reason(part: Part):
    ours = {f"{p.id}.{a.id}" for id in part.procedures for p in part.ours(id) for a in p.acts}
    told = {f"{p.id}.{a.id}" for id, act in fact_acts(part) for p, a in (part.act(id, act),)}
    assert ours - told == set(part.extra)


@every_part
def test_states_and_ends_are_those_of_the_facts(part: Part):
    for told in load()["procedures"]:
        if told["id"] not in part.procedures:
            continue
        ours = {s: p for p in part.ours(told["id"]) for s in p.states}
        further = {s for s in ours if f"{ours[s].id}.{s}" in part.states}
        assert set(told["states"]) - set(part.states) == set(ours) - further
        assert {s for s in ours if ours[s].is_end(s)} - further == set(told["terminal"]) - set(part.states)


def test_every_kind_of_the_chapter_is_compared():
    compared = {of for part in PARTS for of, _ in part.procedures.values()}
    assert {id for id, k in KINDS.items() if k.regime == "technology"} == compared


@pytest.mark.parametrize(("text", "found"), [
    ("62(8) via 63(5)", ["62(8)", "63(5)"]), ("63(4),(5)", ["63(4)", "63(5)"]), ("61", ["61"]),
    ("62(4)-(7)", ["62(4)", "62(5)", "62(6)", "62(7)"]), ("sti 27-3(1)", ["sti 27-3(1)"]), ("K Program rules", []),
    ("62(4)(iii)", ["62(4)(iii)"])])  # fmt: skip
def test_places_are_read_out_of_a_basis(text, found):
    assert [f"sti {place}" if law == "sti_act" else place for law, place in places(text)] == found
