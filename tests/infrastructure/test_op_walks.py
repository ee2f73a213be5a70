"""Operators and inspections: nothing is wrong with the declarations; walks keep every promise and reach everything."""

import random
from datetime import date

import pytest
from op_world import CASES, KINDS, kind_of

from kaname.procedure.check import check
from kaname.procedure.index import index
from kernel_promises import keeps_every_promise
from walks import read_ledger, walk

SEEDS = [read_ledger(path) for path in sorted(CASES.glob("*.jsonl"))]
MANY = 800  # walks at most; it ends as soon as everything was reached
START = date(2026, 9, 21)


def seeds_of(kind):
    return [entries for entries in SEEDS if kind_of(entries) == kind.id]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_nothing_is_wrong_with_the_declaration(kind):
    assert [(p.code, p.where, p.text.en) for p in check(kind)] == []


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_promises_hold_on_random_walks(kind, seed):
    here = walk(kind, seeds_of(kind), random.Random(seed), 20, START)
    keeps_every_promise(kind, here.entries, here.standing, random.Random(seed))


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_walks_reach_every_act_and_state(kind):
    acts = {of.name for of in index(kind).acts.values()}
    states = {(p.id, s) for p in kind.procedures for s in p.states if s != p.start}
    for seed in range(MANY):
        here = walk(kind, seeds_of(kind), random.Random(seed), 15, START)
        acts -= here.acts
        states -= here.states
        if not (acts or states):
            break
    assert (acts, states) == (set(), set()), "never reached"
