"""`verify` and `rebuild` over several processes: the same findings in the same order; a dead one is told."""

import os
import signal

import pytest
from acts import STORY, key, opened, played
from click.testing import CliRunner
from django.db import DatabaseError, connection

from kaname.cli import root
from kaname.ledger import anew, cores, projection, store, verify
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import CaseParty, Matter, Standing
from kaname.ledger.perform import perform

CASES = 7


@pytest.fixture
def ranged(office, monkeypatch):
    """An office of seven cases in four ranges; their public ids in order."""
    monkeypatch.setattr(cores, "SIZE", 2)
    return [played()[0].case if i % 3 else opened().case for i in range(CASES)]


def rows():
    return [list(of.objects.order_by("case_id", *more).values_list("case_id", *more)) for of, more in (
        (Standing, projection.COLUMNS), (CaseParty, ("role", "party")), (Matter, projection.MATTER_COLUMNS[1:]),
    )]  # fmt: skip


def test_every_case_lies_in_one_range(ranged):
    parts = cores.ranges()
    assert len(parts) == 4
    assert parts[-1].last is None
    assert cores.joined(parts) == [cores.Range(parts[0].first, None)]
    assert cores.joined([parts[0], parts[2], parts[3]]) == [parts[0], cores.Range(parts[2].first, None)]


@pytest.mark.parametrize("place", range(CASES))
def test_a_fault_is_found_in_whichever_range_it_lies(ranged, place):
    Standing.objects.filter(case__public_id=ranged[place]).update(reference="planted")
    receipts = {(ranged[place], 1): "0" * 64, (ranged[place], 99): "0" * 64, ("nowhere", 1): "0" * 64}
    alone, together = (verify.verify(held=receipts, jobs=jobs) for jobs in (1, 3))
    assert alone == together
    assert [(f.case, f.seq) for f in together.faults] == [
        (ranged[place], 0), (ranged[place], 1), (ranged[place], 99), ("nowhere", 1),
    ]  # fmt: skip


def test_many_faults_come_in_the_order_of_the_cases(ranged):
    Standing.objects.update(state="planted")
    done = []
    for jobs in (1, 2, 3, 8):
        assert [f.case for f in verify.verify(jobs=jobs, progress=done.append).faults] == ranged
    assert done == [2, 4, 6, 7] * 4


def test_the_processes_of_verify_cannot_write(ranged, monkeypatch):
    here = os.getpid()

    def writing(*_):
        if os.getpid() != here:
            Standing.objects.update(state="written")

    monkeypatch.setattr(verify, "_page", writing)
    with pytest.raises(DatabaseError):
        verify.verify(jobs=2)
    Standing.objects.update(state="written")  # but this one can, as before
    assert not connection.in_atomic_block


def dying(original, case):
    """The process dies when it comes to a case (or a batch with it), unless it is the one of the test."""
    here = os.getpid()

    def job(heads, *rest):
        of_batch = [heads] if isinstance(heads, store.Head) else heads
        if os.getpid() != here and any(head.public_id == case for head in of_batch):
            os.kill(os.getpid(), signal.SIGKILL)
        return original(heads, *rest)

    return job


@pytest.mark.parametrize("place", [0, 3, CASES - 1])
def test_a_process_that_dies_is_told_and_nothing_is_fine(ranged, monkeypatch, place):
    monkeypatch.setattr(verify, "case_faults", dying(verify.case_faults, ranged[place]))
    assert verify.verify(jobs=1).faults == []
    report = verify.verify(jobs=2)
    assert report.cases < CASES
    assert report.faults
    assert all("were not looked at" in f.text.en and not f.case for f in report.faults)
    told = CliRunner().invoke(root, ["verify", "--jobs", "2"], env={"KANAME_LANG": "en"})
    assert told.exit_code == 1
    assert "ended early" in told.output


def test_rebuild_makes_the_same_rows_with_any_number_of_processes(ranged):
    expected = rows()
    for jobs in (1, 2, 8):
        Standing.objects.update(state="planted", words="planted")
        CaseParty.objects.all().delete()
        Matter.objects.all().delete()
        assert anew.rebuild(jobs=jobs) == CASES
        assert rows() == expected
        assert verify.verify().faults == []


def test_rebuild_names_the_cases_whose_process_died(ranged, monkeypatch):
    Standing.objects.update(state="planted")
    monkeypatch.setattr(projection, "folded", dying(projection.folded, ranged[4]))
    with pytest.raises(LedgerError, match="run kaname rebuild again"):
        anew.rebuild(jobs=2)
    assert Standing.objects.get(case__public_id=ranged[4]).state == "planted"
    assert anew.rebuild(jobs=1) == CASES
    assert verify.verify().faults == []


def test_an_act_that_comes_between_is_in_the_row(ranged, monkeypatch):
    """A batch is folded before its cases are held: a case in which something is recorded then is folded again."""
    original, came = projection.folded, []

    def folded(heads, today):
        found = original(heads, today)
        if not came:
            came.append(perform(ranged[0], STORY[0], idempotency_key=key()))
        return found

    monkeypatch.setattr(projection, "folded", folded)
    assert anew.rebuild(jobs=1) == CASES
    assert Standing.objects.get(case__public_id=ranged[0]).head_digest == came[0].digest
    assert verify.verify().faults == []
