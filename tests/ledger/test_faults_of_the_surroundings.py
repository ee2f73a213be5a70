"""No room on the disk, a line cut at the commit: nothing half written, nothing twice, reading goes on."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import throwaway
from acts import APPLY, key, opened
from django.db import IntegrityError, connection
from proxy import Proxy

from figures import seeds, tries
from kaname.ledger import persist, reading, roles, store
from kaname.ledger.errors import Busy, CommitUnknown, Full
from kaname.ledger.models import Entry
from kaname.ledger.perform import Receipt, open_case, perform
from kaname.ledger.verify import verify
from kaname.procedure import Entry as Act
from kaname.site.databases import postgresql

LONG = "長" * 3000


def join(run, keeper=LONG):
    return Act("sharing.join", date(2026, 5, 8), {"keeper": keeper}, run=run, party=run)


def pragma(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {statement}")
        return cursor.fetchone()[0]


def test_a_full_disk_is_told_and_reading_goes_on(sqlite_office):
    case = opened().case
    pragma(f"max_page_count = {pragma('page_count') + 6}")
    done = 0
    with pytest.raises(Full):
        for done in range(100):
            assert isinstance(perform(case, join(f"r{done}"), idempotency_key=f"full-disk-{done}"), Receipt)
    assert done > 0
    assert reading.head(case).head_seq == Entry.objects.count() == done + 1
    assert verify().faults == []
    pragma("max_page_count = 100000")
    again = perform(case, join(f"r{done}"), idempotency_key=f"full-disk-{done}")  # without a new start
    assert again.seq == done + 2


def test_a_database_that_others_hold_is_told(sqlite_office):
    import pysqlite3

    case = opened().case
    pragma("busy_timeout = 50")
    other = pysqlite3.connect(sqlite_office.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        perform(case, join("r"), idempotency_key="held-by-another")
    other.rollback()
    assert perform(case, join("r"), idempotency_key="held-by-another").seq == 2


@pytest.fixture
def line(postgresql_office):
    """The office behind a line that can be cut."""
    with tempfile.TemporaryDirectory(prefix="px-", dir="/tmp") as folder:
        proxy = Proxy(Path(folder), postgresql_office.cluster)
        throwaway.connect(postgresql(throwaway.url(folder, roles.WEB, postgresql_office.database)))
        yield proxy
        connection.close()
        proxy.close()


CUTS, CASES, A_LOT = tries(40, ci=200, soak=2_500), 8, 200  # a lot has cases of its own: an act costs by its parties


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_line_cut_at_the_commit_gives_one_act_and_one_receipt(line, how, monkeypatch):
    """Before: the commit never arrived. After: it was done, but nobody heard. The same key makes both the same."""
    monkeypatch.setattr(persist.time, "sleep", lambda _: None)
    cases, cuts = [], 0
    for cuts, _ in enumerate(seeds(CUTS), 1):
        lot, i = divmod(cuts - 1, A_LOT)
        if not i:
            cases += [opened().case for _ in range(CASES)]
        line.cut, act = how, join(f"{how}{cuts}", "花")
        case = cases[lot * CASES + i % CASES]
        assert perform(case, act, idempotency_key=f"{how}-the-commit-{cuts}").seq == i // CASES + 2
    assert cuts == line.cuts >= 40
    assert Entry.objects.count() == cuts + len(cases)
    assert verify().faults == []


def test_a_line_cut_while_opening_opens_one_case(line):
    line.cut = "after"
    receipt = open_case("small.permit", replace(APPLY), idempotency_key="open-over-a-cut-line")
    assert (receipt.seq, receipt.number, line.cuts) == (1, 1, 1)
    assert Entry.objects.count() == 1


def test_a_line_that_stays_cut_is_told_and_the_key_finds_out_later(line, monkeypatch):
    monkeypatch.setattr(persist.time, "sleep", lambda _: None)
    case, own = opened().case, key()
    line.cut, line.stays_cut = "after", True
    with pytest.raises(CommitUnknown):
        perform(case, join("r"), idempotency_key=own)
    line.stays_cut = False
    assert perform(case, join("r"), idempotency_key=own).seq == 2
    assert Entry.objects.count() == 2


def test_without_the_key_a_cut_line_would_write_twice(line, monkeypatch):
    """Planted: the look-up by key left out. What then stands against a second entry is the unique key alone."""
    monkeypatch.setattr(persist.time, "sleep", lambda _: None)
    monkeypatch.setattr(store, "by_key", lambda case, key: None)
    case, pass_on = opened().case, Act("permit.acknowledge", date(2026, 5, 7))
    line.cut = "after"
    with pytest.raises(IntegrityError, match="ledger_entry_key"):
        perform(case, pass_on, idempotency_key="the-same-key-twice")
    assert Entry.objects.count() == 2
