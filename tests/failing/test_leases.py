"""A worker that dies gives back what it had under way: another has it within two leases, its effect is there once, and
what nobody survives ends as failed, with its reason. On both databases, with the clock in hand."""

from datetime import timedelta

import pytest

from kaname.ledger import clock
from kaname.notices import outbox
from kaname.notices.models import Outgoing, State
from kaname.papers import texts, turns
from kaname.papers.models import Content, Document, Turn
from kaname.task import jobs
from kaname.task.models import Doing, Outcome

LEASES = {"bulk job": jobs.LEASE, "message": outbox.LEASE, "document": turns.LEASE}


class Died(BaseException):
    """As a killed worker: nothing after it is done, nothing catches it."""


def dies(*args, **more):
    raise Died


@pytest.fixture
def later(monkeypatch):
    """`later(90)`: so many seconds later."""
    passed, now = [0.0], clock.now

    def move(seconds):
        passed[0] += seconds

    monkeypatch.setattr("kaname.ledger.clock.now", lambda: now() + timedelta(seconds=passed[0]))
    return move


def test_no_lease_is_longer_than_a_minute():
    assert max(LEASES.values()) <= timedelta(seconds=60)


# -- documents ---------------------------------------------------------------------------------------------------------


def test_a_document_is_read_by_another_when_its_reader_died(desk, later, monkeypatch):
    document, other = desk.document("一通目"), desk.document("二通目")
    with monkeypatch.context() as patch, pytest.raises(Died):
        patch.setattr("kaname.papers.texts._read", dies)
        texts.read_waiting()
    assert texts.read_waiting() == 1, "the others need not wait"
    assert Content.objects.get().document == other
    later(2 * turns.LEASE.total_seconds())
    assert texts.read_waiting() == 1 and texts.read_waiting() == 0
    assert "一通目" in texts.read(document).pages[0] and not Turn.objects.exists()


def test_a_document_over_which_readers_die_is_given_up_and_says_so(desk, later, monkeypatch):
    document = desk.document("毒")
    with monkeypatch.context() as patch:
        patch.setattr("kaname.papers.texts._read", dies)
        for _ in range(turns.MOST):
            with pytest.raises(Died):
                texts.read_waiting()
            later(turns.LEASE.total_seconds())
        assert texts.read_waiting() == 1 and texts.read_waiting() == 0
    assert texts.read(document).refused == "ended" and texts.WHY["ended"].en and not Turn.objects.exists()


def test_one_that_cannot_be_read_hinders_no_other(desk, later, monkeypatch):
    first, second = desk.document("壊"), desk.document("良")
    real = texts._read
    monkeypatch.setattr("kaname.papers.texts._read", lambda one: 1 / 0 if one.pk == first.pk else real(one))
    assert texts.read_waiting() == 1 and Content.objects.get().document == second


def test_a_document_whose_file_is_away_waits_for_it_and_is_not_given_up(desk, later, monkeypatch):
    desk.document("控")
    with monkeypatch.context() as patch:
        patch.setattr("kaname.papers.texts._read", lambda one: None)
        for _ in range(2 * turns.MOST):
            assert texts.read_waiting() == 0
            later(turns.LEASE.total_seconds())
    assert texts.read_waiting() == 1


def test_two_readers_take_a_document_once(desk):
    document = desk.document("一つ")
    assert [turns.take(document), turns.take(document)] == [1, 0]
    assert not turns.free().exists() and Document.objects.count() == 1


# -- bulk jobs ---------------------------------------------------------------------------------------------------------


def test_a_bulk_job_goes_on_without_anybody_looking(desk, later, monkeypatch):
    job = desk.job(3)
    settle, died = jobs._settle, []

    def once(*args):
        if not died:
            died.append(jobs._done(*args))  # recorded, and not noted
            raise Died
        settle(*args)

    monkeypatch.setattr("kaname.task.jobs._settle", once)
    with pytest.raises(Died):
        jobs.run(job.pk)
    assert jobs.run_free() == 0, "its lease still runs"
    later(2 * jobs.LEASE.total_seconds())
    assert jobs.run_free() == 3
    job.refresh_from_db()
    assert jobs.counts(job) == {Outcome.DONE: 3} and desk.written(job) == 3 and job.state == Doing.DONE


def test_a_case_over_which_workers_die_fails_with_its_reason_and_the_rest_is_done(desk, later, monkeypatch):
    job = desk.job(3)
    poison, settle = job.lines.order_by("place")[1].pk, jobs._settle
    monkeypatch.setattr("kaname.task.jobs._settle", lambda job, line, entry: dies() if line.pk == poison else
                        settle(job, line, entry))  # fmt: skip
    for _ in range(jobs.DEATHS):
        with pytest.raises(Died):
            jobs.run(job.pk)
        later(jobs.LEASE.total_seconds())
    jobs.run_free()
    job.refresh_from_db()
    assert jobs.counts(job) == {Outcome.DONE: 2, Outcome.FAILED: 1} and job.state == Doing.DONE
    assert "broke off three times" in jobs.reasons_of(job.lines.get(pk=poison))[0][0].en
    assert desk.written(job) == 2


# -- messages ----------------------------------------------------------------------------------------------------------


def test_a_message_is_sent_by_another_when_its_sender_died(desk, later):
    desk.message("m1")
    (taken,) = outbox.take(clock.now())
    assert outbox.take(clock.now()) == []
    later(2 * outbox.LEASE.total_seconds())
    (again,) = outbox.take(clock.now())
    assert again.public_id == taken.public_id, "the receiver knows it by its number"
    assert not outbox.done(taken) and outbox.done(again)
    later(86_400)
    assert outbox.take(clock.now()) == []


def test_a_message_over_which_senders_die_is_given_up_and_says_so(desk, later):
    desk.message("m1")
    for _ in range(len(outbox.PAUSES) + 1):
        assert len(outbox.take(clock.now())) == 1
        later(outbox.LEASE.total_seconds())
    assert outbox.take(clock.now()) == []
    one = Outgoing.objects.get()
    assert (one.state, one.fault) == (State.DEAD, outbox.DIED)
