"""No day of a consultation is a day of the law: whatever is done in one, the case it is about stands as it stood.

Random legal walks of inquiries and opinions, linked to cases with running clocks, open duties and bans in force; the
parent is compared whole (clocks with their workings, duties, bans, states, pending rows, head of its chain).
"""

import json
import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from access.folk import key, person, recorded
from consult.authorities import INQUIRY, OPINION
from kaname.consult.models import Link
from kaname.ledger import anew, clock, projection, reading
from kaname.ledger.models import Case
from kaname.ledger.perform import open_case, perform
from kaname.procedure import Entry, Refused, as_data, fold
from kaname.procedure.index import index
from kaname.regimes import KINDS, kind
from walks import read_ledger, walk

TODAY = date(2026, 6, 1)
PARENTS = {
    "patents.application": [
        Entry("first_review.file", TODAY - timedelta(20), {
            "application_number": "特願2026-000001", "ipc": ["F41G 7/00"], "title": "空想", "listed": True,
            "made_in_japan": True, "requirement_1": True}, by="applicant", party="甲社"),
    ],
    "infrastructure.plan": "plan", "supply.plan": "plan",
}  # fmt: skip
LINKED = [INQUIRY, OPINION]


@cache
def worked():
    """The worked cases of the kinds that are walked here, and of the parents."""
    found = {id: [] for id in (*LINKED, *PARENTS)}
    for path in sorted(Path(__file__).parents[1].glob("*/*cases/*.jsonl")):
        entries = read_ledger(path)
        for id in found:
            if {e.act for e in entries} <= set(index(kind(id)).acts):
                found[id].append(entries)
    return found


def ledger_of(kind_id):
    """The opening acts of a worked case of the kind, up to where most clocks run."""
    given = PARENTS[kind_id]
    if isinstance(given, list):
        return given
    return max(worked()[kind_id], key=lambda entries: running(kind_id, entries[:3]))[:3]


def running(kind_id, entries):
    stands = fold(KINDS[kind_id], entries, max(e.on for e in entries))
    return sum(r.status == "running" for r in stands.clocks.values())


def picture(case):
    """All that is shown of a case, today and later."""
    row = Case.objects.get(public_id=case)
    last = reading.standing(case).last_on
    days = [as_data(reading.standing(case, last + timedelta(n)), "en") for n in (0, 30, 120, 400)]
    return json.dumps([days, projection.held([row.pk])[row.pk], row.head_digest], default=str, sort_keys=True)


def written(kind_id, entries):
    """A case with these entries, as far as the ledger takes them; its id."""
    first, *later = entries
    case = recorded(open_case(kind_id, first, idempotency_key=key())).case
    for entry in later:
        recorded(perform(case, entry, idempotency_key=key()))
    return case


@pytest.mark.parametrize("parent", list(PARENTS))
@pytest.mark.parametrize("seed", range(4))
def test_any_walk_of_a_consultation_leaves_its_parent_as_it_was(two, monkeypatch, parent, seed):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    case = written(parent, ledger_of(parent))
    by, before = person(f"Linker{seed}"), picture(case)
    assert reading.standing(case).clocks, "a parent whose days could move"
    done: set[str] = set()
    for number, of in enumerate(LINKED):
        rng = random.Random(f"{parent} {seed} {number}")
        entries = walk(kind(of), worked()[of], rng, 14, TODAY).entries
        if not entries:
            continue
        plain = [Entry(e.act, e.on, {k: v for k, v in e.data.items() if k != "context"}, e.run, e.by, e.party)
                 for e in entries]  # fmt: skip
        child = recorded(open_case(of, plain[0], idempotency_key=key())).case
        Link.objects.create(case=Case.objects.get(public_id=child), about=Case.objects.get(public_id=case), made_by=by)
        for entry in plain[1:]:
            answer = perform(child, entry, idempotency_key=key())
            if not isinstance(answer, Refused):  # an answer without its opinion at hand, and what hangs on it
                done.add(entry.act)
            assert picture(case) == before, entry
    assert done <= {a for of in LINKED for a in index(kind(of)).acts}
    anew.rebuild()
    assert picture(case) == before


def test_the_walks_do_something():
    """The walks above are not empty: over the seeds most acts of both kinds are done."""
    seen = set()
    for parent in PARENTS:
        for seed in range(4):
            for number, of in enumerate(LINKED):
                rng = random.Random(f"{parent} {seed} {number}")
                seen |= {e.act for e in walk(kind(of), worked()[of], rng, 14, TODAY).entries}
    assert len(seen) > 15, seen
