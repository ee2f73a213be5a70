"""No act outside the declaration is ever accepted, and every refusal names at least one provision."""

import random
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_kinds import PERMIT

from figures import tries
from kaname.procedure import Accepted, Entry, Refused, decide
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.regimes import KINDS
from walks import Walk, walk

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.floats(), st.dates().map(str),
    st.lists(st.text(max_size=4), max_size=2), st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)  # fmt: skip


@cache
def case(kind: CaseKind, seed: int) -> Walk:
    """A case some acts after its beginning: forty of each kind, to which all is tried."""
    return walk(kind, [], random.Random(seed), 6, date(2026, 1, 6))


@pytest.mark.parametrize("kind", [PERMIT, *KINDS.values()], ids=lambda k: k.id)
@settings(max_examples=tries(100, ci=400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_tried(kind: CaseKind, data: st.DataObject):
    here = case(kind, data.draw(st.integers(0, 40)))
    acts = index(kind).acts
    name = data.draw(
        st.one_of(st.sampled_from([*acts, *KERNEL_ACTS]), st.text(max_size=20), st.just("first_review.aprove"))
    )
    known = list(acts[name].fields) if name in acts else ["entry", "received_on", "data", "on", "run"]
    form = data.draw(
        st.dictionaries(st.one_of(st.sampled_from([*known, "x"]), st.text(max_size=6)), VALUES, max_size=4)
    )
    if name in KERNEL_ACTS:
        form["entry"] = data.draw(st.integers(0, len(here.entries) + 1))
    day = here.entries[-1].on if here.entries else date(2026, 1, 6)
    entry = Entry(
        name, data.draw(st.one_of(st.dates(), st.integers(-3, 400).map(lambda n: day + timedelta(n)))), form,
        run=data.draw(st.sampled_from(["", "a", "b c", "甲"])),
        by=data.draw(st.sampled_from(["", "nobody", *{r.id for of in acts.values() for r in of.act.roles}])),
    )  # fmt: skip
    answer = decide(here.standing, entry, ledger=here.entries)
    if isinstance(answer, Accepted):
        assert name in acts or name in KERNEL_ACTS
        if name in acts:
            assert not entry.by or entry.by in {r.id for r in acts[name].act.roles}
            assert set(form) <= {*acts[name].fields, "context", "note"} | {
                k for k in form if k.startswith("reason_for_")
            }
    else:
        assert isinstance(answer, Refused)
        assert answer.reasons
        assert all(r.basis and r.text.ja and r.text.en for r in answer.reasons)
