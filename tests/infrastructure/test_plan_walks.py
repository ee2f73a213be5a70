"""Random legal walks from the worked plans: the kernel's promises hold, and every act and state is reached."""

import random
from datetime import date

import pytest
from plan_ledgers import CASES, KIND

from kaname.procedure.check import check
from kaname.procedure.index import index
from kaname.regimes import kind
from kernel_promises import keeps_every_promise
from walks import read_ledger, walk

PLAN = kind(KIND)
SEEDS = [read_ledger(path) for path in sorted(CASES.glob("plan_*.jsonl"))]
MANY = 800  # walks at most; it ends as soon as everything was reached
START = date(2026, 1, 6)


def test_nothing_is_wrong_with_the_declaration():
    assert [(p.code, p.where, p.text.en) for p in check(PLAN)] == []


@pytest.mark.parametrize("seed", range(16))
def test_promises_hold_on_random_walks(seed):
    here = walk(PLAN, SEEDS, random.Random(seed), 20, START)
    keeps_every_promise(PLAN, here.entries, here.standing, random.Random(seed))


def test_walks_reach_every_act_and_state():
    acts = {of.name for of in index(PLAN).acts.values()}
    states = {(p.id, s) for p in PLAN.procedures for s in p.states if s != p.start}
    for seed in range(MANY):
        here = walk(PLAN, SEEDS, random.Random(seed), 15, START)
        acts -= here.acts
        states -= here.states
        if not (acts or states):
            break
    assert (acts, states) == (set(), set()), "never reached"
