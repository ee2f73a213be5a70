"""The office in which lists are measured is a true one, and what a list shows survives a refresh between two acts."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from acts import APPLY, key, opened

from kaname.ledger import clock, projection, store
from kaname.ledger.api import perform, verify
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.ledger.models import Entry as Row
from kaname.procedure import Entry

sys.path.append(str(Path(__file__).parents[2] / "bench"))


@pytest.fixture
def act_office(office, settings):
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    yield office
    kinds.cache_clear()


def test_the_office_of_the_benchmarks_is_sound(act_office):
    import make_office

    make_office.make(120)
    report = verify()
    assert (report.cases, report.faults) == (120, [])
    assert 7 * 120 < Row.objects.count() < 9 * 120
    assert Case.objects.filter(placement__isnull=False).count() == 2


@pytest.mark.parametrize("refreshed", [False, True])
def test_an_act_writes_what_differs_whatever_a_refresh_has_written(office, monkeypatch, refreshed):
    case = opened().case
    later = date(2026, 9, 1)
    if refreshed:  # time changes the row after the office's process has written it
        monkeypatch.setattr(clock, "today", lambda: later)
        projection.refresh(later)
        assert store.shown(store.head(case)) is not None  # and the process does not know
        perform(case, Entry("sharing.join", APPLY.on + timedelta(1), {"keeper": "Hana"}, "b0", party="b0"),
                idempotency_key=key())  # fmt: skip
        projection.refresh(later + timedelta(200))
    for day, run in ((2, "b1"), (3, "b2")):
        entry = Entry("sharing.join", APPLY.on + timedelta(day), {"keeper": "Hana"}, run, party=run)
        assert perform(case, entry, idempotency_key=key(), happened=True).seq
    assert verify().faults == []
