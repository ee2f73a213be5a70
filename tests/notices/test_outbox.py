"""The outbox: one message a key whoever puts it, one holder a lease, workers that die at any moment."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from kaname.notices import outbox, sender
from kaname.notices.models import Outgoing

NOW = datetime(2026, 5, 1, 3, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    def turn(now: datetime) -> None:
        monkeypatch.setattr("kaname.ledger.clock.now", lambda: now)

    turn(NOW)
    return turn


def fill(world, count: int) -> None:
    outbox.put(outbox.message(f"k/{n}", "mail", world.kumo, {"digest": "2026-05-01"}, NOW) for n in range(count))


def test_a_key_is_put_once(world, at):
    fill(world, 3)
    fill(world, 5)
    assert Outgoing.objects.count() == 5


def test_a_leased_message_is_nobody_elses_until_the_lease_ends(world, at):
    fill(world, 2)
    first = outbox.take(NOW)
    assert len(first) == 2 and outbox.take(NOW) == []
    later = NOW + outbox.LEASE
    at(later)
    second = outbox.take(later)
    assert [r.pk for r in second] == [r.pk for r in first]
    assert not outbox.renew(first[0]) and not outbox.done(first[0])  # who was thought dead settles nothing
    assert outbox.failed(first[1], "late") is False and Outgoing.objects.get(pk=first[1].pk).fault == ""
    assert outbox.renew(second[0]) and outbox.done(second[0])
    assert Outgoing.objects.get(pk=second[0].pk).state == "sent"


def test_what_was_given_back_was_not_tried(world, at):
    fill(world, 1)
    (row,) = outbox.take(NOW)
    outbox.back(row)
    (again,) = outbox.take(NOW)
    assert again.tries == 1


def test_what_is_done_is_forgotten_after_a_while_and_what_waits_is_not(world, at):
    fill(world, 2)
    (row, _) = outbox.take(NOW)
    outbox.done(row)
    assert outbox.sweep(NOW + outbox.KEPT) == 0
    assert outbox.sweep(NOW + outbox.KEPT + timedelta(1)) == 1
    assert Outgoing.objects.count() == 1


def test_many_workers_send_each_message_once(world, monkeypatch):
    """Real threads on real connections; each delivery is counted by the receiver's side."""
    monkeypatch.setattr("kaname.ledger.clock.now", lambda: NOW)
    fill(world, 60)
    got, lock = [], threading.Lock()

    def deliver(row, _):
        with lock:
            got.append(row.public_id)
        return "sent"

    monkeypatch.setattr(sender.mail, "deliver", deliver)
    monkeypatch.setattr(sender.mail, "is_set_up", lambda: True)
    faults = []

    def work():
        try:
            sender.send_all(plan=False)
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults, faults
    assert sorted(got) == sorted(Outgoing.objects.values_list("public_id", flat=True)) and len(set(got)) == 60


@pytest.mark.parametrize("when", range(4))
def test_a_worker_that_dies_at_any_moment_loses_nothing(world, at, monkeypatch, when):
    """Killed after the n-th delivery, before it is settled: the message comes again, under its number."""
    fill(world, 3)
    got = []

    class Killed(BaseException):
        pass

    def deliver(row, _):
        got.append(row.public_id)
        if len(got) == when + 1:
            raise Killed
        return "sent"

    monkeypatch.setattr(sender.mail, "deliver", deliver)
    monkeypatch.setattr(sender.mail, "is_set_up", lambda: True)
    try:
        sender.send_all(plan=False)
    except Killed:
        assert Outgoing.objects.filter(state="waiting").count() == 3 - when
    at(NOW + outbox.LEASE)
    sender.send_all(plan=False)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}
    assert set(got) == set(Outgoing.objects.values_list("public_id", flat=True))
    assert len(got) == (4 if when < 3 else 3)
