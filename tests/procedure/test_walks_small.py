"""Random legal walks on the invented kind: whatever the ledger, the kernel's promises hold."""

import random
from datetime import date

import pytest
from small_kinds import PERMIT

from kaname.procedure.index import index
from kernel_promises import keeps_every_promise
from walks import walk


@pytest.mark.parametrize("seed", range(40))
def test_promises_hold_on_random_walks(seed):
    here = walk(PERMIT, [], random.Random(seed), 20, date(2026, 1, 6))
    keeps_every_promise(PERMIT, here.entries, here.standing, random.Random(seed))


def test_walks_reach_every_act_and_state():
    acts, states = set(), set()
    for seed in range(150):
        here = walk(PERMIT, [], random.Random(seed), 25, date(2026, 1, 6))
        acts |= here.acts
        states |= here.states
    assert acts == {of.name for of in index(PERMIT).acts.values()}
    assert states == {(p.id, s) for p in PERMIT.procedures for s in p.states}
