"""Random legal walks from the worked cases of every kind there is: the kernel's promises hold, nothing is out of reach.

A new kind is walked as soon as it is declared and has a worked case under tests/*/cases.
"""

import random
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kaname.procedure.check import check
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.regimes import KINDS
from kernel_promises import keeps_every_promise
from walks import read_ledger, walk

MANY = 800  # walks at most; it ends as soon as everything was reached
STARTS = (date(2026, 1, 6), date(2026, 9, 21))  # what came into force on 2026-09-18 is reached from the later one
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.id)


@cache
def worked():
    """The ledgers of the worked cases by kind: the one that knows all their acts."""
    found = {id: [] for id in KINDS}
    for path in sorted(Path(__file__).parent.glob("*/*cases/*.jsonl")):
        entries = read_ledger(path)
        acts = {e.act for e in entries} - set(KERNEL_ACTS)
        of = [id for id, kind in KINDS.items() if acts <= set(index(kind).acts)]
        for id in of[:1]:
            found[id].append(entries)
    return found


@every_kind
def test_nothing_is_wrong_with_the_declaration(kind):
    assert [(p.code, p.where, p.text.en) for p in check(kind)] == []


@pytest.mark.parametrize("seed", range(16))
@every_kind
def test_promises_hold_on_random_walks(kind, seed):
    here = walk(kind, worked()[kind.id], random.Random(seed), 20, STARTS[seed % 2])
    keeps_every_promise(kind, here.entries, here.standing, random.Random(seed))


@every_kind
def test_walks_reach_every_act_and_state(kind):
    acts = {of.name for of in index(kind).acts.values()}
    states = {(p.id, s) for p in kind.procedures for s in p.states if s != p.start}
    for seed in range(MANY):
        here = walk(kind, worked()[kind.id], random.Random(seed), 15, STARTS[seed % 2])
        acts -= here.acts
        states -= here.states
        if not (acts or states):
            break
    assert (acts, states) == (set(), set()), "never reached"
